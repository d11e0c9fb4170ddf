# Airflow's metadata (accounts, history) into one file, whole or not there; the newest fourteen are kept.
file="/srv/backups/airflow-$(date +%Y%m%d-%H%M%S).dump"
PGPASSWORD="$(cat /run/secrets/database_password)" \
    pg_dump --host postgres --username airflow --format custom --file "$file.part" airflow
pg_restore --list "$file.part" >/dev/null
mv "$file.part" "$file"
ls -1 /srv/backups/airflow-*.dump | sort | head -n -14 | xargs -r rm --
