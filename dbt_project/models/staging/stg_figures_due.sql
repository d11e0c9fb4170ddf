{{ plan_table('figures_due') }}
