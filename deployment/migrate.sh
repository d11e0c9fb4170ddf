# What a server does before any of its services starts; every line may run again.
airflow db migrate
# The first account, for making the others. An account that is there keeps its password, which may begin with a dash.
airflow users create --role Admin --username admin --firstname 系统 --lastname 管理员 --email admin@localhost \
    --password="$(cat /run/secrets/admin_password)" >/dev/null
python -m deployment.districts
if [ -n "${MINSHENG_DISTRICTS:-}" ]; then
    # A district at fault has no home; the others go on.
    minsheng districts init || echo "minsheng: see the faults above; the other districts run" >&2
else
    minsheng init
fi
