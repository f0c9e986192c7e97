"""Every setting of a pack as it is written, with where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gxgen.batch.pack.lookup import FILES, holder
from gxgen.packs import Pack
from gxgen.packs.settings import SETTINGS

GXGEN = "gxgen"
"""Where a value comes from that no pack sets."""
PLAIN = ("title_lines", "topics", "page_number")
TABLES = ("headings", "texts", "table", "severity", "wording", "values")


class Shown(NamedTuple):
    """One setting in force."""

    key: str
    value: str
    """As pack.toml writes it."""
    origin: str
    """The pack that sets it; :data:`GXGEN` for what stands where no pack does."""


def shown(pack: Pack) -> Iterator[Shown]:
    """Every setting in force, in the order in which a keeper reads about them."""
    for key in PLAIN:
        yield Shown(key, written(getattr(pack, key)), pack.origins.get(key, GXGEN))
    for number, row in enumerate(pack.rows):
        value = f"{{ after = {written(row.after)}, key = {written(row.key)}, label = {written(row.label)} }}"
        yield Shown(f"rows[{number}]", value, row.pack)
    for style, attributes in pack.styles.items():
        for name, attribute in attributes.items():
            key = f"styles.{style}.{name}"
            yield Shown(key, written(attribute), pack.origins.get(key, GXGEN))
    for table in TABLES:
        yield from _of_table(pack, table)


def _of_table(pack: Pack, table: str) -> Iterator[Shown]:
    values = dict(getattr(pack, table))
    for name, value in values.items():
        yield Shown(f"{table}.{name}", written(value), pack.origins.get(f"{table}.{name}", GXGEN))
    for setting in SETTINGS:
        group, _, name = setting.key.partition(".")
        if group == table and setting.default not in (None, "") and name not in values:
            yield Shown(setting.key, written(setting.default), GXGEN)


def files(pack: Pack) -> Iterator[tuple[str, str]]:
    """Each template with the path of the file that is used; gxgen's own has none."""
    for name in FILES:
        path = holder(pack, name)
        yield name, str(path) if path else ""


def written(value: object) -> str:
    """A value as TOML writes it, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return str(value)
    # A basic string of TOML escapes as JSON does; DEL, which JSON leaves alone, cannot be in a pack.
    return json.dumps(str(value), ensure_ascii=False)
