{{ plan_table('target_revisions') }}
