"""What the containers' health checks run: is a part of Airflow well, by what a service says of it.

`python -IS healthy.py URL PART` ends with status 0 where the JSON at URL calls PART healthy. It imports
nothing of Airflow, which takes seconds of a processor to start.
"""

from __future__ import annotations

import json
import sys
import urllib.request

_SECONDS = 5


def status_of(url: str, part: str) -> str:
    """Return the status of that part, as `healthy`; raises OSError where nothing answers."""
    with urllib.request.urlopen(url, timeout=_SECONDS) as answer:  # noqa: S310  # an address of docker-compose.yml
        return str(json.load(answer)[part]["status"])


if __name__ == "__main__":
    found = status_of(sys.argv[1], sys.argv[2])
    if found != "healthy":
        sys.exit(f"{sys.argv[2]} is {found}")
