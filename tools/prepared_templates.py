"""Write gxgen/prepared: what preparing the Word templates of the packs that come with gxgen works out.

    python tools/prepared_templates.py

The first report that a user makes then needs neither docxtpl nor lxml, as all later ones.  What another version of
gxgen has made of other bytes is never used (gxgen/core/user_folders.py); tests/tools/test_prepared_templates.py
fails where a file is missing or is not what this script makes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gxgen.core.user_folders import SHIPPED
from gxgen.engine.formats import prepared_file
from gxgen.packs import find_pack, folders_in

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def files() -> Mapping[str, bytes]:
    """The files by name."""
    packs = (find_pack(folder.name, TEMPLATES.parent) for folder in folders_in(TEMPLATES))
    return dict(prepared_file(pack) for pack in packs)


def main() -> None:
    """Write the files, and remove those of other versions."""
    made = files()
    SHIPPED.mkdir(exist_ok=True)
    for path in SHIPPED.iterdir():
        if path.name not in made:
            path.unlink()
    for name, content in made.items():
        (SHIPPED / name).write_bytes(content)


if __name__ == "__main__":
    main()
