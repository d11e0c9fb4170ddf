"""What the installed program starts: signals first, then the commands."""

from __future__ import annotations

import sys

from warehouse.cli import signals


def main() -> None:
    """Run the command line; a signal is answered from the first moment, while the commands are imported."""
    signals.listen()
    try:
        from warehouse.cli.main import run_command_line

        status = run_command_line()
    except KeyboardInterrupt:
        number = signals.received()
        status = signals.ended_by(number) if number else 1
    sys.exit(status)
