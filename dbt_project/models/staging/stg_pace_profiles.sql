{{ plan_table('pace_profiles') }}
