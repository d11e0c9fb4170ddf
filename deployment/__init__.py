"""How an installation is run: Airflow embedded on one machine, and the image for a server."""
