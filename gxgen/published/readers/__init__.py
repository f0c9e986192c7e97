"""The formats that published reports come in; a module for each, loaded when a file is of it.

A file is what its content says, whatever it is called.  Each reader has a function ``read(raw: bytes) -> Pages`` and
raises :class:`CarrierError` for a file that it cannot read.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from gxgen.published.document import Pages
from gxgen.published.readers.errors import CarrierError
from gxgen.published.readers.formats import SUFFIXES, Format, detect

__all__ = ["SUFFIXES", "CarrierError", "read"]


def read(raw: bytes, suffix: str) -> Pages:
    """Read a file by what it is; its suffix only tells text from a web page.

    Raises:
        CarrierError: it cannot be read, and why.
    """
    found = detect(raw, suffix.lower())
    if found.converted_to:
        from gxgen.published.readers.libreoffice import convert

        return read(convert(raw, found.suffix, found.converted_to, found.name), found.converted_to)
    return _reader(found)(raw)


def _reader(found: Format) -> Callable[[bytes], Pages]:
    module = import_module(f"{__name__}.{found.module}")
    return cast("Callable[[bytes], Pages]", module.read)
