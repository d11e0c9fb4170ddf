"""Known vulnerabilities of what the lock file pins, as a public service knows them; `make audit` asks it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from deployment import licences


def main() -> None:
    """Write the licences and ask for vulnerabilities; ends with status 0 only if every package is sound."""
    licences.main()
    words = ["--requirement", str(licences.LOCK), "--disable-pip", "--require-hashes", "--format", "json"]
    command = [sys.executable, "-m", "pip_audit", *words, "--progress-spinner", "off"]
    asked = subprocess.run(command, check=False, capture_output=True, text=True)
    if not asked.stdout.strip():
        reason = asked.stderr.strip().splitlines()[-1:] or ["no answer"]
        sys.exit(f"No vulnerability service could be reached, so nothing was audited: {reason[0]}")
    packages = json.loads(asked.stdout)["dependencies"]
    if faults := faults_of(packages):
        sys.exit("\n".join(faults))
    sys.stdout.write(f"{len(packages)} packages, none with a known vulnerability\n")


def faults_of(packages: list[dict[str, Any]]) -> list[str]:
    """Say which packages are vulnerable, and how many were not audited: an audit that skips is none."""
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    vulnerable = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or '-'}"
        for one in packages
        for fault in one.get("vulns", [])
    ]
    unknown = f"{len(skipped)} of {len(packages)} packages were not audited, since the service does not know "
    return vulnerable + ([f"{unknown}them: {', '.join(skipped[:5])} …"] if skipped else [])


if __name__ == "__main__":
    main()
