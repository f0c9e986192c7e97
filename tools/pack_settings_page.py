"""Write the tables of docs/pack-settings.md, which name every setting of a pack, from gxgen/packs/settings.py.

    python tools/pack_settings_page.py

A table stands between the lines ``<!-- 生成：NAME -->`` and ``<!-- 生成完 -->``; the text around is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from gxgen.packs.settings import GROUPS, SETTINGS, Setting
from gxgen.spec import layouts, unnumbered
from gxgen.spec.amendments import places

PAGE = Path(__file__).resolve().parent.parent / "docs" / "pack-settings.md"
GENERATED = re.compile(r"(?<=<!-- 生成：)(?P<name>\S+) -->\n.*?(?=<!-- 生成完 -->)", re.DOTALL)
ANY_NAME = "名称"
"""Stands for a name that the keeper chooses."""


def page(written: str) -> str:
    """The page with its tables made anew.

    Raises:
        KeyError: the page asks for a table that is not known.
    """
    return GENERATED.sub(lambda found: f"{found['name']} -->\n\n{TABLES[found['name']]()}\n", written)


def settings_table(group: str) -> str:
    """The settings below one header; without a name, those above all headers."""
    rows = (_row(setting) for setting in SETTINGS if _group(setting) == group)
    return "\n".join(("| 键 | 作用 | 写什么 | 不写时 | 例如 |", "| --- | --- | --- | --- | --- |", *rows, ""))


def _group(setting: Setting) -> str:
    return setting.key.partition(".")[0].removesuffix("[]") if "." in setting.key else ""


def _row(setting: Setting) -> str:
    key = setting.key.partition(".")[2] if "." in setting.key else setting.key
    key = key.replace("*", ANY_NAME)
    description, default = setting.constraint.description.replace('"', "`"), setting.default
    shown = "" if default is None else f"`{default}`" if default != "" else "照模板"
    return (
        f"| `{key}` | {setting.explanation} | {description} | {shown} | `{key.rpartition('.')[2]} = {setting.shown}` |"
    )


def wordings_table() -> str:
    """What each section can be headed."""
    rows = (
        f"| `{section.key}` | {'；'.join((unnumbered(section.heading), *section.variants))} |"
        for section in layouts()[-1].sections
    )
    return "\n".join(("| 名称 | 可以写的标题 |", "| --- | --- |", *rows, ""))


def places_list() -> str:
    """Every place that can have a stock text."""
    return "、".join(f"`{place}`" for place in places(layouts()[-1])) + "\n"


TABLES: Mapping[str, Callable[[], str]] = {
    "top": partial(settings_table, ""),
    **{group: partial(settings_table, group) for group in GROUPS},
    "wordings": wordings_table,
    "places": places_list,
}
"""What the page may ask for."""


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    print(PAGE)
