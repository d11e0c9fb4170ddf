{{ plan_table('supervision_rules') }}
