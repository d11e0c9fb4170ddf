{{ plan_table('status_rules') }}
