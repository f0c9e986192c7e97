"""Plain TOML data to a :class:`Report`, with a finding at the address of every problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from types import MappingProxyType
from typing import Any

from gxgen.core import codes
from gxgen.core.findings import Code, Finding
from gxgen.core.text import UNPRINTABLE, is_printable
from gxgen.model import DEFAULT_PACK, Figure, Report
from gxgen.source.departments import read_departments, read_vertical
from gxgen.source.figures import MONEY, Tell, kind_of, plain_figure
from gxgen.source.keys import PLAIN_KEYS, keys_here, unknown_key
from gxgen.source.parsed import ILLEGIBLE
from gxgen.source.waivers import read_waivers
from gxgen.spec import (
    LEAD,
    PREAMBLE,
    Address,
    Entry,
    Kind,
    Layout,
    Node,
    address_book,
    first_years,
    layout_for,
    layouts,
)

LAST_YEAR = 9999
MOST_UNPRINTABLE = 50
"""Maximum unprintable characters reported per text; a file with more is not worth repairing one by one."""

Data = Mapping[str, Any]
Form = Callable[[int, str], Layout | None]
"""Takes a report year and the name of a region pack, and gives the form to fill in; None for a year without one."""


def official(year: int, pack: str) -> Layout | None:  # noqa: ARG001  # a form for whatever pack
    """Return the form that the year's circular prescribes."""
    return layout_for(year)


def looks_like_report(data: Data) -> bool:
    """Whether plain TOML data is a report: it has a key that only reports have."""
    if "year" in data:
        return True
    own = {"agency", "narrative", *(key for layout in layouts() for key in address_book(layout).outline.children)}
    return not own.isdisjoint(data)


def pack_named(data: Data) -> str:
    """Return the name of the region pack; the default's if none is given."""
    written = data.get("pack")
    name = written.strip() if isinstance(written, str) else ""
    return name if name and "\n" not in name else DEFAULT_PACK


def read_report(data: Data, form: Form = official) -> tuple[Report | None, tuple[Finding, ...]]:
    """Return the report in *data* and the findings; no report without a year that has a form."""
    year, of_year = _year(data)
    layout = form(year or layouts()[-1].first_year, pack_named(data))
    assert layout, "a year that was read has a form"
    reader = _Reader(layout)
    report = reader.report(data, year or 0)
    if year:
        return report, (*of_year, *reader.findings)
    # The form is a guess, so nothing is said of keys that another one has.
    return None, (*of_year, *(found for found in reader.findings if found.code is not codes.OTHER_LAYOUT))


def _year(data: Data) -> tuple[int | None, list[Finding]]:
    """Return the report year, if there is a form for it."""
    year = data.get("year")
    if year is ILLEGIBLE:
        return None, []
    if year is None:
        return None, [Finding(codes.YEAR, "year", "没有写报告年度", "在文件开头写一行，例如 year = 2023")]
    if not isinstance(year, int) or isinstance(year, bool):
        from gxgen.source.misspelt import quoted, year_spelled

        meant = year_spelled(year)
        if meant is None:
            return None, [Finding(codes.YEAR, "year", "报告年度须是整数", "写成四位整数，例如 year = 2023")]
        message = f"报告年度写的是{quoted(year)}，已读作 {meant}"
        of_spelling = Finding(codes.SPELLING, "year", message, f"写成 year = {meant}")
        known, of_year = _year({"year": meant})
        return known, of_year or [of_spelling]
    if year > LAST_YEAR or layout_for(year) is None:
        shown = f"{year} 年" if abs(year) <= LAST_YEAR else "这个年份"
        message = f"{shown}没有对应的版式：本工具支持 {first_years()[0]} 年及以后的报告"
        hint = "核对年份；2018 年及以前的报告用另一套统计表（国办发〔2014〕32号）"
        return None, [Finding(codes.YEAR, "year", message, hint)]
    return year, []


def read_figure(entry: Entry, value: object, tell: Tell) -> Figure | None:
    """Read a TOML value as the figure of a cell; None, and a finding, if it is none."""
    if type(value) is not int and _may_be_misspelt(entry, value):
        from gxgen.source.misspelt import read_misspelt

        assert isinstance(value, str | Decimal), "these may be misspelt"
        return read_misspelt(entry, value, tell)
    return plain_figure(entry, value, tell)


def _may_be_misspelt(entry: Entry, value: object) -> bool:
    """Whether a value of the wrong type may spell a figure."""
    if entry.kind is not Kind.AMOUNT:
        return isinstance(value, str | Decimal)
    return isinstance(value, str) and not (MONEY.fullmatch(value.strip()) and not entry.unit)


class _Reader:
    """Reads the parts of one file into figures and texts, and collects findings."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._book = address_book(layout)
        self.findings: list[Finding] = []
        self._figures: dict[Address, Figure] = {}
        self._assertions: dict[Address, Figure] = {}
        self._unread: set[Address] = set()

    def report(self, data: Data, year: int) -> Report:
        """Return the report of the whole file."""
        self._unknown_keys(data, "", (*PLAIN_KEYS, *self._book.outline.children))
        for key, node in self._book.outline.children.items():
            if key in data:
                self._node(node, data[key])
        return Report(
            year=year,
            layout=self._layout,
            agency=self._line(data, "agency"),
            pack=self._pack(data),
            title=self._line(data, "title"),
            published=self._date(data, "published"),
            narrative=self._narrative(data.get("narrative", {})),
            figures=MappingProxyType(self._figures),
            assertions=MappingProxyType(self._assertions),
            unread=frozenset(self._unread),
            waivers=read_waivers(data.get("waiver", []), self._tell),
            vertical=read_vertical(data, self._tell),
            departments=read_departments(data, self._tell),
        )

    def _tell(self, code: Code, where: Address, message: str, hint: str = "", **place: Any) -> None:
        self.findings.append(Finding(code, where, message, hint, **place))

    def _leave_unread(self, branch: Address) -> None:
        """Mark the figures at and below an address as unread."""
        below = {address for address in self._book.entries if f"{address}.".startswith(f"{branch}.")}
        self._unread |= below or {branch}

    def _unknown_keys(self, data: Data, where: Address, known: tuple[str, ...]) -> None:
        """Report every unknown key; it may have meant any figure beside it."""
        for key in data:
            if key not in known:
                finding, nearest = unknown_key(self._layout, key, where, known)
                self.findings.append(finding)
                self._leave_unread(where or nearest)

    # Texts

    def _line(self, data: Data, key: str) -> str:
        """Read a text of one line."""
        text = self._text(data.get(key, ""), key).strip()
        if "\n" in text:
            self._tell(codes.TEXT, key, f"{key} 须写在一行内", "删去换行")
        return text

    def _pack(self, data: Data) -> str:
        """Read the name of the region pack."""
        self._line(data, "pack")
        return pack_named(data)

    def _text(self, value: object, where: Address) -> str:
        if not isinstance(value, str):
            self._tell(codes.WRONG_TYPE, where, f"这里应是文字，写的是{kind_of(value)}", "用英文双引号把文字括起来")
            self._leave_unread(where)
            return ""
        unprintable = () if is_printable(value) else UNPRINTABLE.finditer(value)
        for found in islice(unprintable, MOST_UNPRINTABLE):
            self._tell(
                codes.TEXT,
                where,
                f"文字中有看不见的控制字符 U+{ord(found[0]):04X}",
                "删去该字符",
                offset=found.start(),
            )
        return value

    def _date(self, data: Data, key: str) -> date | None:
        """Read a date without a time."""
        value = data.get(key)
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        from gxgen.source.misspelt import day_spelled, quoted

        day = day_spelled(value)
        if day is None:
            written = f"「{value}」" if isinstance(value, str) else kind_of(value)
            self._tell(codes.WRONG_TYPE, key, f"这里应是日期，写的是{written}", "写成 2024-01-12，不加引号")
            return None
        self._tell(codes.SPELLING, key, f"日期写的是{quoted(value)}，已读作 {day}", f"写成 {key} = {day}")
        return day

    def _narrative(self, data: object) -> Mapping[str, str]:
        """Read the narrative: texts by section; a section with topics may be a table of them."""
        if not isinstance(data, dict):
            self._tell(
                codes.WRONG_TYPE, "narrative", f"narrative 应是一组文字，写的是{kind_of(data)}", "写成 [narrative]"
            )
            self._leave_unread("narrative")
            return MappingProxyType({})
        sections = {section.key: section for section in self._layout.sections}
        self._unknown_keys(data, "narrative", (PREAMBLE, *sections))
        texts: dict[str, str] = {}
        for key, value in data.items():
            topics = sections[key].topics if key in sections else ()
            if topics and isinstance(value, dict):
                known = (LEAD, *(topic.key for topic in topics))
                self._unknown_keys(value, f"narrative.{key}", known)
                texts |= {
                    f"{key}.{name}": self._text(value[name], f"narrative.{key}.{name}")
                    for name in known
                    if name in value
                }
            elif key in (PREAMBLE, *sections):
                texts[key] = self._text(value, f"narrative.{key}")
        return MappingProxyType(texts)

    # Figures

    def _node(self, node: Node, value: object) -> None:
        if node.entry:
            self._keep(node.entry, read_figure(node.entry, value, self._tell))
        elif isinstance(value, dict):
            self._unknown_keys(value, node.address, tuple(node.children))
            for key, child in node.children.items():
                if key in value:
                    self._node(child, value[key])
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            self._doubly_bracketed(node)
        elif isinstance(value, list) and node.columns:
            self._row(node, value)
        elif isinstance(value, str) and len(node.columns) > 1:
            self._pasted(node, value)
        else:
            self._misplaced(node, value)

    def _misplaced(self, node: Node, value: object) -> None:
        keys = tuple(node.children)
        message = f"「{node.label}」（{node.key}）下面还有项目，不能直接写{kind_of(value)}"
        hint = f"写成 {node.key} = {{ {keys[0]} = … }}" if node.columns else keys_here(keys)
        if node.columns and type(value) is int and value == 0:
            hint = f"整行是 0 就删去 {node.key} = 0：不写就是 0"
        self._tell(codes.WRONG_TYPE, node.address, message, hint)
        self._leave_unread(node.address)

    def _doubly_bracketed(self, node: Node) -> None:
        message = f"「{node.label}」的标题写成了双层方括号"
        self._tell(codes.WRONG_TYPE, node.address, message, f"写成 [{node.address}]", points_at_key=True)
        self._leave_unread(node.address)

    def _row(self, node: Node, values: list[object]) -> None:
        """Read a row in the form's order, with or without its total at the end."""
        given = tuple(child for child in node.columns if child.entry and not child.entry.column.head.is_total)
        full = node.columns
        if len(values) not in (len(given), len(full)):
            wanted = " 或 ".join(str(count) for count in sorted({len(given), len(full)}))
            message = f"「{node.label}」这一行应有 {wanted} 个数字，写了 {len(values)} 个"
            order = "、".join(child.label for child in full)
            self._tell(codes.ROW_LENGTH, node.address, message, f"依次是：{order}")
            self._leave_unread(node.address)
            return
        misspelt: list[tuple[Any, ...]] = []

        def tell(*told: Any) -> None:
            if told[0] is codes.SPELLING:
                misspelt.append(told)
            else:
                self._tell(*told)

        for child, value in zip(given if len(values) == len(given) else full, values, strict=True):
            assert child.entry, "the columns of a row are figures"
            self._keep(child.entry, read_figure(child.entry, value, tell))
        if len(misspelt) > 1 and all(child.address not in self._unread for child in node.columns):
            self._misspelt_row(node, values, len(misspelt))
        else:
            for told in misspelt:
                self._tell(*told)

    def _misspelt_row(self, node: Node, values: list[object], count: int) -> None:
        """Read a row of numbers that are spelled as texts, with one finding for all."""
        from gxgen.source.misspelt import as_toml

        read = {**self._figures, **self._assertions}
        figures = [read[child.address] for child in node.columns if child.address in read][: len(values)]
        row = f"[{', '.join(map(as_toml, figures))}]"
        message, hint = f"「{node.label}」这一行有 {count} 个数字写法不规范，已读作 {row}", f"写成 {node.key} = {row}"
        self._tell(codes.SPELLING, node.address, message, hint)

    def _pasted(self, node: Node, text: str) -> None:
        """Read a row pasted from a table as one text."""
        from gxgen.source.pasted_rows import read_pasted

        if not any(char.isdigit() for char in text):
            self._misplaced(node, text)
            return
        figures = read_pasted(node, text, self._tell)
        if figures is None:
            self._leave_unread(node.address)
        for entry, figure in (figures or {}).items():
            self._keep(entry, figure)

    def _keep(self, entry: Entry, figure: Figure | None) -> None:
        if figure is None:
            self._unread.add(entry.address)
        else:
            (self._assertions if entry.is_total else self._figures)[entry.address] = figure
