{{ plan_table('settings') }}
