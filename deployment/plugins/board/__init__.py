"""The page 民生看板: months by departments, behind Airflow's own sign-in."""
