-- Rows for a table of the ledger, from {source}, into a file, each column of the type that it has in the ledger.
copy (
    select {columns}
    from {source}
) to {path} (format parquet);
