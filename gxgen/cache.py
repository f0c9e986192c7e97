"""Bytes kept between runs in the user's cache folder.  Losing them costs time only, so no failure here matters."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from gxgen import __version__
from gxgen.files import write_whole

SWITCH = "GXGEN_CACHE"
"""Environment variable: the folder to use instead, or ``off``."""


def key_of(*parts: bytes) -> str:
    """A name for what was made from *parts* by this version of gxgen."""
    digest = sha256(__version__.encode())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def load(key: str) -> bytes | None:
    """What was stored under *key*, if it is still there."""
    folder = cache_folder()
    with suppress(OSError):
        return (folder / key).read_bytes() if folder else None
    return None


def store(key: str, content: bytes) -> None:
    """Keep *content* for later runs, if the cache folder can be written."""
    if folder := cache_folder():
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            write_whole({folder / key: content}, lasting=False)


def cache_folder() -> Path | None:
    """Where things are kept between runs; None where nothing is to be kept, or can be."""
    chosen = os.environ.get(SWITCH)
    if chosen == "off":
        return None
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path

    with suppress(RuntimeError):  # a user without a home, as in some containers
        return user_cache_path("gxgen", appauthor=False)
    return None
