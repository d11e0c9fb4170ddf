# Airflow's records of runs from before half a year go, so that its database does not grow for ever.
airflow db clean --clean-before-timestamp "$(date --date '-180 days' +%Y-%m-%d)" --skip-archive --yes
