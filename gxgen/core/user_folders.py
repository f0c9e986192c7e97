"""Bytes kept between runs in the user's cache folder.  Losing them costs time only, so no failure here matters.

What is kept is kept together with all that it was made of, and both are compared byte by byte when it is looked for:
nothing else can be taken for it, and no digest has to be worked out.  What was made of the packs that come with gxgen
comes with it, in the same manner (``tools/prepared_templates.py``).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from pathlib import Path
from zlib import crc32

from gxgen import __version__
from gxgen.core.files import write_whole

NAME = "gxgen"


class Kind(Enum):
    """What a folder is for: the environment variable that names its parent, and where that is in a home otherwise."""

    CONFIG = "XDG_CONFIG_HOME", ".config"
    CACHE = "XDG_CACHE_HOME", ".cache"


def user_folder(kind: Kind) -> Path | None:
    """Gxgen's own folder of a kind; None for a user without a home, as in some containers."""
    return _by_xdg(*kind.value) or _by_system(kind)


def _by_xdg(variable: str, usual: str) -> Path | None:
    """The folder as the XDG Base Directory Specification has it; None where that is not all there is to it.

    platformdirs says the same, but on Linux loads much that it needs for other folders.
    """
    if sys.platform != "linux" or "ANDROID_ROOT" in os.environ:
        return None
    base, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if base.startswith("/"):
        return Path(base, NAME)
    return Path(home, usual, NAME) if home.startswith("/") else None


def _by_system(kind: Kind) -> Path | None:
    import platformdirs

    find = platformdirs.user_config_path if kind is Kind.CONFIG else platformdirs.user_cache_path
    with suppress(RuntimeError):  # a user without a home
        return find(NAME, appauthor=False)
    return None


SWITCH = "GXGEN_CACHE"
"""Environment variable: the folder to use instead, or ``off``."""
SHIPPED = Path(__file__).resolve().parent.parent / "prepared"
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
