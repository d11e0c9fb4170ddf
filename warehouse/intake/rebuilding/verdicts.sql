-- What became of each row of each submission, in one text: its figure, and the rules that it failed.
with

observations as (from ledger.observations),

refusals as (from ledger.refusals),

warnings as (from ledger.warnings),

verdicts as (
    select
        submission_id,
        sheet,
        row_number,
        concat_ws(' ', 'accepted', indicator_code, area_code, period, kind, value, numerator, denominator) as verdict
    from observations
    union all
    select submission_id, sheet, row_number, 'refused ' || rule as verdict from refusals
    union all
    select submission_id, sheet, row_number, 'warned ' || rule as verdict from warnings
)

select submission_id, sheet, row_number, string_agg(verdict, '; ' order by verdict) as verdict
from verdicts
group by submission_id, sheet, row_number
