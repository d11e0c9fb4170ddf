-- Rows that two ledgers judge differently; an empty text where one does not have the row.
select
    coalesce(submissions.file_name, other_submissions.file_name, '') as file_name,
    coalesce(sheet, '') as sheet,
    row_number,
    coalesce(verdicts.verdict, '') as verdict,
    coalesce(other_verdicts.verdict, '') as other_verdict
from verdicts
full join other_verdicts using (submission_id, sheet, row_number)
left join ledger.submissions as submissions using (submission_id)
left join other_submissions using (submission_id)
where verdicts.verdict is distinct from other_verdicts.verdict
order by coalesce(submissions.sequence, other_submissions.sequence), sheet, row_number
