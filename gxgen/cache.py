"""Bytes kept between runs in the user's cache folder.  Losing them costs time only, so no failure here matters.

What is kept is kept together with all that it was made of, and both are compared byte by byte when it is looked for:
nothing else can be taken for it, and no digest has to be worked out.  What was made of the packs that come with gxgen
comes with it, in the same manner (``tools/prepared_templates.py``).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from gxgen import __version__
from gxgen.files import write_whole
from gxgen.folders import Kind, user_folder

SWITCH = "GXGEN_CACHE"
"""Environment variable: the folder to use instead, or ``off``."""
SHIPPED = Path(__file__).with_name("prepared")
LENGTH, CHECKSUM = 8, 4
"""Bytes of the numbers in a file."""


def load(made_of: Sequence[bytes]) -> bytes | None:
    """What was stored, or is shipped, as made of just these parts by this version of gxgen."""
    origin = _origin(made_of)
    for folder in (SHIPPED, cache_folder()):
        with suppress(OSError):
            content = _content((folder / _name(origin)).read_bytes(), origin) if folder else None
            if content is not None:
                return content
    return None


def store(made_of: Sequence[bytes], content: bytes) -> None:
    """Keep *content* for later runs, if the cache folder can be written."""
    if folder := cache_folder():
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            name, whole = file_of(made_of, content)
            write_whole({folder / name: whole}, lasting=False)


def file_of(made_of: Sequence[bytes], content: bytes) -> tuple[str, bytes]:
    """The name and the bytes of a file that keeps *content*."""
    origin = _origin(made_of)
    return _name(origin), origin + crc32(content).to_bytes(CHECKSUM, "big") + content


def cache_folder() -> Path | None:
    """Where things are kept between runs; None where nothing is to be kept, or can be."""
    chosen = os.environ.get(SWITCH)
    if chosen == "off":
        return None
    return Path(chosen) if chosen else user_folder(Kind.CACHE)


def _origin(made_of: Sequence[bytes]) -> bytes:
    """The version and the parts, each with its length: no two lists of parts are the same bytes in a row."""
    parts = (__version__.encode(), *made_of)
    numbers = (len(parts), *map(len, parts))
    return b"".join([*(number.to_bytes(LENGTH, "big") for number in numbers), *parts])


def _name(origin: bytes) -> str:
    """Where two origins share a name, each takes the place of the other."""
    return f"{crc32(origin):08x}"


def _content(whole: bytes, origin: bytes) -> bytes | None:
    """What a file keeps; None if it was made of something else, or is damaged."""
    start = len(origin) + CHECKSUM
    content, checksum = whole[start:], whole[len(origin) : start]
    return content if whole.startswith(origin) and checksum == crc32(content).to_bytes(CHECKSUM, "big") else None
