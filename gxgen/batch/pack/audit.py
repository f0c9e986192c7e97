"""Whether a .docx is what Word expects, by openxml-audit, which is there for whoever keeps packs."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

LIBRARY = "openxml_audit"
INSTALL = "pipx inject gxgen openxml-audit"


def is_there() -> bool:
    """Whether the library is installed."""
    return find_spec(LIBRARY) is not None


def problems(raw: bytes) -> tuple[str, ...]:
    """What the library has against a .docx, in its own words."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        path.write_bytes(raw)
        return tuple(str(error) for error in _validator().validate(path).errors)


@cache
def _validator() -> Any:
    from openxml_audit import OpenXmlValidator

    return OpenXmlValidator()
