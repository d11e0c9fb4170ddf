-- The submissions that fed an edition, in the order of their arrival.
select submission_id, organization_code, file_name, sha256
from ledger.submissions
where list_contains(?, submission_id)
order by sequence
