"""Tests of one running Airflow: they share it, and each looks at months of its own."""
