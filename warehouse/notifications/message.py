"""A message as a person gets it, whatever the channel."""

from __future__ import annotations

from dataclasses import dataclass

_SHORTENED = "……（全文见发件箱）"


@dataclass(frozen=True)
class Message:
    """One message: a title of one line, and plain text of several."""

    title: str
    text: str

    def __post_init__(self) -> None:
        # A line break in a title would be a header of its own in a mail.
        object.__setattr__(self, "title", " ".join(self.title.split()))

    def within(self, size: int) -> str:
        """Return title and text as at most `size` bytes of UTF-8; a text that was cut says so."""
        whole = f"{self.title}\n{self.text}"
        content = whole.encode()
        if len(content) <= size:
            return whole
        return content[: size - len(_SHORTENED.encode())].decode(errors="ignore") + _SHORTENED
