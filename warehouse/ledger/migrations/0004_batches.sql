-- Each batch of submissions with its record in the archive: the record names the digest of the record before it, so that the
-- ledger and the archive can be held against each other. An archive is one home's; a lakehouse may have several.
create table ledger.batches (
    archive varchar not null,
    batch varchar not null,
    first_sequence bigint not null,
    last_sequence bigint not null,
    submissions bigint not null,
    record_sha256 varchar not null
);
