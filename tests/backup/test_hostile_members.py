"""A backup that nobody vouches for: a member that no home has is refused, and nothing is written."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from warehouse import backup
from warehouse.errors import MinshengError
from warehouse.settings import Settings

INVENTORY = "minsheng-backup.json"


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, target
    return made


HOSTILE = {
    "climbs out": [member("../evil")],
    "climbs out from within": [member("inbox", tarfile.DIRTYPE), member("inbox/../../evil")],
    "starts at the root": [member("/tmp/evil")],
    "is a link out": [member("inbox", tarfile.SYMTYPE, "/etc")],
    "is a current that leads out": [
        member("editions", tarfile.DIRTYPE),
        member("editions/current", tarfile.SYMTYPE, "../../etc"),
    ],
    "is written through a link": [
        member("editions", tarfile.DIRTYPE),
        member("editions/current", tarfile.SYMTYPE, "2023-12/r1"),
        member("editions/current/evil"),
    ],
    "is a hard link": [member("evil", tarfile.LNKTYPE, "/etc/hostname")],
    "is a device": [member("evil", tarfile.CHRTYPE)],
    "is a pipe": [member("evil", tarfile.FIFOTYPE)],
    "is there twice": [member("evil"), member("evil")],
    "is sparse": [member("evil", tarfile.GNUTYPE_SPARSE)],
}


@pytest.mark.parametrize("members", HOSTILE.values(), ids=HOSTILE)
def test_a_member_that_no_home_has_is_refused(
    elsewhere: Settings, tmp_path: Path, members: list[tarfile.TarInfo]
) -> None:
    file = tmp_path / "hostile.tar"
    inventory = {"format": 1, "made_at": "", "code_version": "", "current": None, "files": {}}
    with tarfile.open(file, "w") as tar:
        for one in members:
            tar.addfile(one)
        last = member(INVENTORY)
        content = json.dumps(inventory).encode()
        last.size = len(content)
        tar.addfile(last, io.BytesIO(content))

    with pytest.raises(MinshengError, match="refused"):
        backup.restore(elsewhere, file)

    assert not elsewhere.home.exists()
    assert not (tmp_path / "evil").exists()
