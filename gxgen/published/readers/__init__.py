"""The formats that published reports come in; a module for each, loaded when a file is of it.

A file is what its content says, whatever it is called.  Each reader has a function ``read(raw: bytes) -> Pages`` and
raises :class:`ReaderError` for a file that it cannot read.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from msgspec.structs import replace

from gxgen.published.characters import RARE, ordinary
from gxgen.published.document import Pages, Paragraph, Table
from gxgen.published.readers.errors import ReaderError
from gxgen.published.readers.formats import SUFFIXES, Format, detect

__all__ = ["SUFFIXES", "ReaderError", "read"]


def read(raw: bytes, suffix: str) -> Pages:
    """Read a file by what it is; its suffix only tells text from a web page.

    Raises:
        ReaderError: it cannot be read, and why.
    """
    return _with_ordinary_characters(_read(raw, suffix))


def _read(raw: bytes, suffix: str) -> Pages:
    found = detect(raw, suffix.lower())
    if found.converted_to:
        from gxgen.published.readers.libreoffice import convert

        return _read(convert(raw, found.suffix, found.converted_to, found.name), found.converted_to)
    return _reader(found)(raw)


def _with_ordinary_characters(pages: Pages) -> Pages:
    """The document with ordinary ideographs for those that only look the same, one for one."""
    blocks = tuple(
        block._replace(text=ordinary(block.text)) if isinstance(block, Paragraph) else _ordinary_table(block)
        for block in pages.blocks
    )
    return replace(pages, blocks=blocks, text=ordinary(pages.text))


def _ordinary_table(table: Table) -> Table:
    if not any(RARE.search(text) for text in table.texts()):
        return table
    return replace(table, cells=tuple(cell._replace(text=ordinary(cell.text)) for cell in table.cells))


def _reader(found: Format) -> Callable[[bytes], Pages]:
    module = import_module(f"{__name__}.{found.module}")
    return cast("Callable[[bytes], Pages]", module.read)
