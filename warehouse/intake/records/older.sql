-- Every submission, where no batch was ever recorded, as the record of its arrival: an old archive may have lost its own.
select
    submission_id,
    sequence,
    'before-batches' as batch,
    organization_code,
    file_name,
    sha256,
    size_bytes,
    cast(received_at as varchar) as received_at,
    (select plan_version from plan.current_version) as plan_version
from ledger.submissions
where not exists (from ledger.batches)
order by sequence;
