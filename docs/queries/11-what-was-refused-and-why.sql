-- What was refused of the files of the edition's month, where, why, and what is the department to do?
with

refusals as (from marts.submission_refusals),

month as (select period from marts.freshness),

final as (
    select
        refusals.organization_name,
        refusals.file_name,
        refusals.sheet,
        refusals.row_number,
        refusals.column_name,
        refusals.text,
        refusals.reason_zh,
        refusals.fix_zh
    from refusals
    semi join month using (period)
    where refusals.outcome = 'refused'
)

from final
order by organization_name, file_name, sheet, row_number, column_name, reason_zh
