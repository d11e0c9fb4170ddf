{{ plan_table('areas') }}
