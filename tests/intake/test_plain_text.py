"""What the fast reader of large files takes as plain: what Python decodes, in lines of bounded length."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.intake.readers import plain_text

BLOCK = 32
SHORT_LINES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=3), max_size=30).map(
    "\n".join
)
CONTENTS = st.one_of(
    SHORT_LINES.map(str.encode),
    st.binary(max_size=100),
    st.tuples(SHORT_LINES.map(str.encode), st.binary()).map(b"".join),
)


@pytest.fixture(scope="module")
def small_blocks() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_text, "_BLOCK_BYTES", BLOCK)
        yield


@settings(deadline=None)
@given(CONTENTS)
@pytest.mark.usefixtures("small_blocks")
def test_what_is_plain_decodes_without_a_quote_or_a_nul(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "plain.csv"
    path.write_bytes(content)

    if plain_text.is_plain(path):
        assert not set('"\0') & set(content.decode())


@settings(deadline=None)
@given(SHORT_LINES.filter(lambda text: not set('"\0') & set(text)))
@pytest.mark.usefixtures("small_blocks")
def test_text_in_short_lines_is_plain(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "plain.csv"
    path.write_text(text, encoding="utf-8", newline="")

    assert plain_text.is_plain(path)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("before", [b"", b"a\n" * 5])
@pytest.mark.parametrize("length", [BLOCK + 1, 3 * BLOCK])
def test_a_line_longer_than_a_block_is_not_plain(tmp_path: Path, before: bytes, length: int) -> None:
    path = tmp_path / "plain.csv"
    path.write_bytes(before + b"a" * length + b"\n")

    assert not plain_text.is_plain(path)
