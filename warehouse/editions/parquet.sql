-- {table} is a mart's name as the database itself gives it; each file says of which edition it is, and how fresh.
copy marts."{table}" to $file (
    format parquet,
    compression zstd,
    kv_metadata {{
        edition: $edition,
        known_through: $known_through,
        coverage_pct: $coverage_pct,
        next_deadline: $next_deadline
    }}
);
