"""The containers' health check: asks a service over HTTP whether it is healthy.

`python -IS healthy.py URL` ends with status 0 where the URL answers without an error; `healthy.py URL PART`,
where the JSON at it calls PART healthy. It imports nothing of Airflow, which takes seconds to start.
"""

from __future__ import annotations

import json
import sys
import urllib.request

_SECONDS = 5


def fault_of(url: str, part: str | None = None) -> str | None:
    """Return what is wrong, or None where all is well."""
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as answer:  # noqa: S310  # one of docker-compose.yml
            status = json.load(answer)[part]["status"] if part else "healthy"
    except (OSError, ValueError, KeyError) as error:
        return f"{url} does not say that all is well: {error}"
    return None if status == "healthy" else f"{part} is {status}"


if __name__ == "__main__":
    sys.exit(fault_of(*sys.argv[1:]))
