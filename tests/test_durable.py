from __future__ import annotations

from pathlib import Path

import pytest

from warehouse import durable


def test_a_written_file_holds_its_content_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    durable.write(tmp_path / "folder" / "file.json", b"{}")

    assert (tmp_path / "folder" / "file.json").read_bytes() == b"{}"
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["file.json"]


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    durable.write(path, b"old")

    def full_disk(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "sync", full_disk)
    with pytest.raises(OSError, match="No space"):
        durable.write(path, b"new")

    assert path.read_bytes() == b"old"


def test_a_link_moves_in_one_step_from_one_target_to_the_next(tmp_path: Path) -> None:
    durable.link(tmp_path / "current", "2025-01/r1")
    durable.link(tmp_path / "current", "2025-02/r1")

    assert (tmp_path / "current").readlink() == Path("2025-02/r1")


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")

    assert durable.sha256_of(tmp_path / "empty").startswith("e3b0c44298fc1c14")
