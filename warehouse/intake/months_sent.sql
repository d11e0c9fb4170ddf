-- The distinct texts of a chunk's months that were not read yet.
with texts as (
    select text
    from chunk_months
)

select distinct blank_as_null(texts.text) as text
from texts
anti join period_texts on blank_as_null(texts.text) = period_texts.text
where blank_as_null(texts.text) is not null;
