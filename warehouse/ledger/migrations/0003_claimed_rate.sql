-- The rate of attainment that a department claims.
alter table ledger.observations add column if not exists claimed_rate decimal(24, 6);
