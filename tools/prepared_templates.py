"""Prepare the Word templates of the packs that come with gxgen, and write what that gives to gxgen/prepared.

    python tools/prepared_templates.py

With these files the first report of a user needs neither docxtpl nor lxml nor Jinja, as all later ones.  They are no
part of the sources: hatch_build.py writes them for the wheel, ``make demo`` and ``make test`` for a checkout.  Without
them gxgen prepares a template when it is first used, and keeps the result in the user's cache folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gxgen.core.user_folders import SHIPPED
from gxgen.engine.formats import prepared_file
from gxgen.packs import find_pack, folders_in

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def files() -> Mapping[str, bytes]:
    """Prepare every template; the files by name."""
    packs = (find_pack(folder.name, TEMPLATES.parent) for folder in folders_in(TEMPLATES))
    return dict(prepared_file(pack) for pack in packs)


def write(folder: Path = SHIPPED) -> None:
    """Write the files to *folder*, and remove any other."""
    made = files()
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in made:
            path.unlink()
    for name, content in made.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write()
