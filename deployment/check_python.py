"""Say in one sentence what this machine lacks before anything is installed.

Runs with whatever Python the machine has, so it uses nothing newer than Python 3.6.
"""

import importlib.util
import sys

OLDEST, NEWEST = (3, 11), (3, 13)


def main():
    """Exit 0 when this Python can make the environment, else 1 with what to do."""
    version = sys.version_info[:2]
    if not OLDEST <= version <= NEWEST:
        return "Python {}.{} to {}.{} is needed, this is {}.{}: run make PYTHON=python3.11".format(
            *(OLDEST + NEWEST + version)
        )
    if importlib.util.find_spec("ensurepip") is None:
        return "Python lacks its venv module: on Debian run apt-get install python3-venv, then make again"
    return 0


if __name__ == "__main__":
    sys.exit(main())
