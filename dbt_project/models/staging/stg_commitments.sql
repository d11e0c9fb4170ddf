{{ plan_table('commitments') }}
