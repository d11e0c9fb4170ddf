{{ plan_table('commitment_organizations') }}
