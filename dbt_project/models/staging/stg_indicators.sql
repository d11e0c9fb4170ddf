{{ plan_table('indicators') }}
