"""Plain TOML data to a :class:`Report`, with every problem of the data told by its address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from gxgen import codes
from gxgen.characters import UNPRINTABLE
from gxgen.findings import Code, Finding
from gxgen.model import DEFAULT_PACK, Figure, Report
from gxgen.source.figures import kind_of, read_figure
from gxgen.spec import Address, Entry, Layout, Node, address_book, first_years, join, keys_labelled, layout_for, layouts

PLAIN_KEYS = ("year", "agency", "pack", "title", "published", "narrative")
OVERVIEW_LEAD = "lead"
PREAMBLE = "preamble"

Data = Mapping[str, Any]


def looks_like_report(data: Data) -> bool:
    """Whether plain TOML data is meant as a report: it has a key that only a report has."""
    if "year" in data:
        return True
    own = {"agency", "narrative", *(key for layout in layouts() for key in address_book(layout).outline.children)}
    return not own.isdisjoint(data)


def read_report(data: Data) -> tuple[Report | None, tuple[Finding, ...]]:
    """The report that *data* holds and everything wrong with it; no report without a year that has a form."""
    layout, findings = _layout(data)
    if layout is None:
        return None, tuple(findings)
    reader = _Reader(layout, findings)
    reader.unknown_keys(data, "", (*PLAIN_KEYS, *address_book(layout).outline.children))
    report = Report(
        year=data["year"],
        layout=layout,
        agency=reader.line(data, "agency"),
        pack=reader.line(data, "pack") or DEFAULT_PACK,
        title=reader.line(data, "title"),
        published=reader.date(data, "published"),
        narrative=reader.narrative(data.get("narrative", {})),
        figures=MappingProxyType(reader.figures_of(data)),
        assertions=MappingProxyType(reader.assertions),
        unread=_unread(layout, reader.findings),
    )
    return report, tuple(reader.findings)


def _layout(data: Data) -> tuple[Layout | None, list[Finding]]:
    if "year" not in data:
        return None, [Finding(codes.YEAR, "year", "没有写报告年度", "在文件开头写一行，例如 year = 2023")]
    year = data["year"]
    if not isinstance(year, int) or isinstance(year, bool):
        digits = re.fullmatch(r"\s*(\d{4})\s*年?\s*", year) if isinstance(year, str) else None
        hint = f"写成 year = {digits[1]}" if digits else "写成四位整数，例如 year = 2023"
        return None, [Finding(codes.YEAR, "year", "报告年度须是整数", hint)]
    layout = layout_for(year) if year < 10_000 else None
    if layout is None:
        message = f"{year} 年没有对应的版式：本工具支持 {first_years()[0]} 年及以后的报告"
        return None, [
            Finding(codes.YEAR, "year", message, "核对年份；2018 年及以前的报告用另一套统计表（国办发〔2014〕32号）")
        ]
    return layout, []


def _unread(layout: Layout, findings: list[Finding]) -> frozenset[Address]:
    """The figures that the errors concern; a key that is not known may have meant any of its neighbours."""
    neighbourly = (codes.UNKNOWN_KEY, codes.OTHER_LAYOUT)
    branches = {found.where.rpartition(".")[0] if found.code in neighbourly else found.where for found in findings}
    entries = address_book(layout).entries if branches else ()
    return frozenset(
        address for address in entries if any(branch and f"{address}.".startswith(f"{branch}.") for branch in branches)
    )


class _Reader:
    """Reads the parts of one file into figures and texts; what is wrong goes to *findings*."""

    def __init__(self, layout: Layout, findings: list[Finding]) -> None:
        self._layout = layout
        self.findings = findings
        self.figures: dict[Address, Figure] = {}
        self.assertions: dict[Address, Figure] = {}

    def _tell(self, code: Code, where: str, message: str, hint: str = "", **place: Any) -> None:
        self.findings.append(Finding(code, where, message, hint, **place))

    # Keys

    def unknown_keys(self, data: Data, where: Address, known: tuple[str, ...]) -> None:
        """Tell every key that is not known here, with the nearest one that is."""
        for key in data:
            if key not in known:
                self._unknown_key(key, join(where, key), known)

    def _unknown_key(self, key: str, where: Address, known: tuple[str, ...]) -> None:
        from difflib import get_close_matches

        others = (layout for layout in layouts() if layout is not self._layout)
        for other in others:
            if node := _find(other, where):
                message = f"「{node.label}」（{key}）是 {other.name} 年版式的项目，本年度的表里没有"
                self._tell(codes.OTHER_LAYOUT, where, message, self._keys_here(known), at_key=True)
                return
        labelled = [name for name in keys_labelled(key) if name in known]
        nearest = labelled or get_close_matches(key, known, n=1)
        hint = f"是否想写 {nearest[0]}？" if nearest else self._keys_here(known)
        self._tell(codes.UNKNOWN_KEY, where, f"不认识的项目「{key}」", hint, at_key=True)

    @staticmethod
    def _keys_here(known: tuple[str, ...]) -> str:
        return f"这里可以写：{'、'.join(known)}"

    # Texts

    def line(self, data: Data, key: str) -> str:
        """A text that stands on one line."""
        text = self._text(data.get(key, ""), key).strip()
        if "\n" in text:
            self._tell(codes.TEXT, key, f"{key} 须写在一行内", "删去换行")
        return text

    def _text(self, value: object, where: Address) -> str:
        if not isinstance(value, str):
            self._tell(codes.WRONG_TYPE, where, f"这里应是文字，写的是{kind_of(value)}", "用英文双引号把文字括起来")
            return ""
        for found in UNPRINTABLE.finditer(value):
            self._tell(
                codes.TEXT,
                where,
                f"文字中有看不见的控制字符 U+{ord(found[0]):04X}",
                "删去该字符",
                offset=found.start(),
            )
        return value

    def date(self, data: Data, key: str) -> date | None:
        """A date without a time."""
        value = data.get(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self._tell(codes.WRONG_TYPE, key, f"这里应是日期，写的是{kind_of(value)}", "写成 2024-01-12，不加引号")
            return None
        return value

    def narrative(self, data: object) -> Mapping[str, str]:
        """The texts by place; a section with topics may be a table of them."""
        if not isinstance(data, dict):
            self._tell(
                codes.WRONG_TYPE, "narrative", f"narrative 应是一组文字，写的是{kind_of(data)}", "写成 [narrative]"
            )
            return MappingProxyType({})
        sections = {section.key: section for section in self._layout.sections}
        self.unknown_keys(data, "narrative", (PREAMBLE, *sections))
        texts: dict[str, str] = {}
        for key, value in data.items():
            topics = sections[key].topics if key in sections else ()
            if topics and isinstance(value, dict):
                known = (OVERVIEW_LEAD, *(topic.key for topic in topics))
                self.unknown_keys(value, f"narrative.{key}", known)
                texts |= {
                    f"{key}.{name}": self._text(value[name], f"narrative.{key}.{name}")
                    for name in known
                    if name in value
                }
            elif key in (PREAMBLE, *sections):
                texts[key] = self._text(value, f"narrative.{key}")
        return MappingProxyType(texts)

    # Figures

    def figures_of(self, data: Data) -> dict[Address, Figure]:
        """The figures of every top-level table; typed totals go to :attr:`assertions`."""
        for key, node in address_book(self._layout).outline.children.items():
            if key in data:
                self._node(node, data[key])
        return self.figures

    def _node(self, node: Node, value: object) -> None:
        if node.entry:
            self._figure(node.entry, value)
        elif isinstance(value, dict):
            self.unknown_keys(value, node.address, tuple(node.children))
            for key, child in node.children.items():
                if key in value:
                    self._node(child, value[key])
        elif isinstance(value, list) and node.columns:
            self._row(node, value)
        else:
            self._misplaced(node, value)

    def _misplaced(self, node: Node, value: object) -> None:
        keys = tuple(node.children)
        message = f"「{node.label}」（{node.key}）下面还有项目，不能直接写{kind_of(value)}"
        hint = f"写成 {node.key} = {{ {keys[0]} = … }}" if node.columns else self._keys_here(keys)
        self._tell(codes.WRONG_TYPE, node.address, message, hint)

    def _row(self, node: Node, values: list[object]) -> None:
        """A row in the form's order, with or without its total at the end."""
        given = tuple(child for child in node.columns if child.entry and not child.entry.column.head.is_total)
        full = node.columns
        if len(values) not in (len(given), len(full)):
            wanted = " 或 ".join(str(count) for count in sorted({len(given), len(full)}))
            message = f"「{node.label}」这一行应有 {wanted} 个数字，写了 {len(values)} 个"
            order = "、".join(child.label for child in full)
            self._tell(codes.ROW_LENGTH, node.address, message, f"依次是：{order}")
            return
        for child, value in zip(given if len(values) == len(given) else full, values, strict=True):
            assert child.entry, "the columns of a row are figures"
            self._figure(child.entry, value)

    def _figure(self, entry: Entry, value: object) -> None:
        figure = read_figure(entry, value, self._tell)
        if figure is not None:
            (self.assertions if entry.is_total else self.figures)[entry.address] = figure


def _find(layout: Layout, address: Address) -> Node | None:
    node: Node | None = address_book(layout).outline
    for key in address.split("."):
        node = node.children.get(key) if node else None
    return node
