"""What this deployment adds to Airflow; Airflow loads the files of this folder, not those of its folders."""
