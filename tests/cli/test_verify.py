"""`minsheng verify` and `--version`, as a person types them."""

from __future__ import annotations
