{{ plan_table('targets') }}
