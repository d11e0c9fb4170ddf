{{ plan_table('target_values') }}
