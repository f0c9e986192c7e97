"""Why a file cannot be read at all."""

from __future__ import annotations

from gxgen.core.errors import GxgenError


class CarrierError(GxgenError):
    """A file that its carrier cannot read."""
