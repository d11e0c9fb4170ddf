{{ plan_table('organizations') }}
