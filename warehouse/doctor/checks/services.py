"""The services around the warehouse, each asked over the network with a time-out of its own."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from warehouse.doctor.probes import answers, health
from warehouse.doctor.registry import Installation, NotApplicable, check, warning
from warehouse.errors import MinshengError
from warehouse.notifications import settings as notifications

_POSTGRESQL, _REDIS, _HTTPS, _HTTP = 5432, 6379, 443, 80
_READ_FILE = re.compile(r"cat (\S+)")
_LIBPQ = re.compile(r"\b(host|port)\s*=\s*'?([^\s']+)")
_SEE_SERVICES = "see `docker compose ps`, or the log of the service, and start it again"


@check(_SEE_SERVICES)
def metadata_database(installation: Installation) -> str | None:
    """Airflow's database can be reached."""
    return _reached(_told(installation, "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"), _POSTGRESQL)


@check(_SEE_SERVICES)
def broker(installation: Installation) -> str | None:
    """The broker between scheduler and workers can be reached."""
    if "Celery" not in installation.environment.get("AIRFLOW__CORE__EXECUTOR", ""):
        raise NotApplicable("tasks run in the scheduler")
    return _reached(_told(installation, "AIRFLOW__CELERY__BROKER_URL"), _REDIS)


@check(_SEE_SERVICES)
def api_server(installation: Installation) -> str | None:
    """Airflow's API server answers, and reaches its database."""
    return _part(installation, "metadatabase")


@check(_SEE_SERVICES)
def scheduler(installation: Installation) -> str | None:
    """The scheduler lives."""
    return _part(installation, "scheduler")


@check(_SEE_SERVICES)
def dag_processor(installation: Installation) -> str | None:
    """The process that reads the DAGs lives."""
    return _part(installation, "dag_processor")


@check("see that the database of the lakehouse runs, and what MINSHENG_LEDGER names")
def ledger_catalog(installation: Installation) -> str | None:
    """The database with the lakehouse's catalog can be reached."""
    given = dict(_LIBPQ.findall(installation.settings.ledger))
    if "host" not in given or given["host"].startswith("/"):
        raise NotApplicable("the ledger's catalog is on no other machine")
    return answers(given["host"], int(given.get("port", _POSTGRESQL)))


@check("see that the store runs, and what DUCKDB_S3_ENDPOINT names")
def ledger_store(installation: Installation) -> str | None:
    """The store with the lakehouse's rows can be reached."""
    endpoint = installation.environment.get("DUCKDB_S3_ENDPOINT", "")
    if not endpoint or not installation.settings.ledger_data.startswith("s3:"):
        raise NotApplicable("the ledger's rows are in no store of one's own")
    return _reached(endpoint if "//" in endpoint else f"http://{endpoint}", _HTTP)


@warning("see MINSHENG_NOTIFY_SMTP_HOST and MINSHENG_NOTIFY_SMTP_PORT, and the network's rules")
def mail_server(installation: Installation) -> str | None:
    """The mail server can be reached."""
    settings = _notices(installation)
    if settings.smtp_host is None:
        raise NotApplicable("no notice goes by mail")
    return answers(settings.smtp_host, settings.smtp_port)


@warning("see the address of the webhook, and the network's rules")
def webhooks(installation: Installation) -> str | None:
    """The hosts of DingTalk's and WeCom's webhooks can be reached."""
    settings = _notices(installation)
    secrets = [one for one in (settings.dingtalk_webhook, settings.wecom_webhook) if one is not None]
    if not secrets:
        raise NotApplicable("no notice goes to a webhook")
    found = [_reached(one.get_secret_value(), _HTTPS) for one in secrets]
    return "; ".join(filter(None, found)) or None


def _notices(installation: Installation) -> notifications.NotificationSettings:
    try:
        return notifications.load(installation.settings)
    except MinshengError:
        raise NotApplicable("the settings are wrong: another check says how") from None


def _part(installation: Installation, part: str) -> str | None:
    url = installation.environment.get("AIRFLOW__CORE__EXECUTION_API_SERVER_URL", "")
    if not url:
        raise NotApplicable("no Airflow is set up in this environment")
    address = urlsplit(url)
    return health(f"{address.scheme}://{address.netloc}/api/v2/monitor/health", part)


def _told(installation: Installation, name: str) -> str:
    """Return an address from Airflow's setting, or from the file that its `…_CMD` reads."""
    reads = _READ_FILE.fullmatch(installation.environment.get(f"{name}_CMD", ""))
    if reads is None:
        return installation.environment.get(name, "")
    with open(reads[1], encoding="utf-8") as secret:  # noqa: PTH123  # a path from the environment, as it is
        return secret.read().strip()


def _reached(url: str, port: int) -> str | None:
    """Ask the host of an address; what comes back names host and port, never what else the address holds."""
    address = urlsplit(url)
    if address.hostname is None:
        raise NotApplicable("no Airflow with a server is set up in this environment")
    default = {"https": _HTTPS}.get(address.scheme, port)
    return answers(address.hostname, address.port or default)
