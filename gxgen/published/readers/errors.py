"""Why a file cannot be read at all."""

from __future__ import annotations

from gxgen.core.errors import GxgenError


class ReaderError(GxgenError):
    """A file that its reader cannot read."""
