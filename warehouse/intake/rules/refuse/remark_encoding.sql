-- Bytes of another encoding that would be a mark there: 期初 in Big5 or Shift-JIS, 撤回 in UTF-7.
select
    rows.row_id,
    'remark' as column_name,
    rows.remark as text,
    remark_texts.mark as expected,
    null as actual
from data_rows as rows
inner join remark_texts on rows.remark = remark_texts.text
where remark_texts.mark is not null
