select
    submission_id,
    sheet,
    row_number as "row",
    column_name as "column",
    text,
    rule,
    reason_zh,
    reason_en,
    fix_zh
from ledger.warnings
semi join answered using (submission_id)
order by submission_id, sheet, row_number nulls first, column_name, rule, text;
