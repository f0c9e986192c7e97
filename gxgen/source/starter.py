"""The starter data file: every key of the form with its official label, ready to be filled in.

Rows of figures that are 0 stand as remarks; taking the mark away is all that a clerk does.  What a report says already
stands as in any data file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from gxgen.model import DEFAULT_PACK, Report
from gxgen.source.writer import Remarks, Writer, labelled, number, string
from gxgen.spec import LEAD, PREAMBLE, Address, Kind, Layout, Node, Section, entries
from gxgen.spec.addresses import row_leaves
from gxgen.spec.vocabulary import Crosstab

OFF = "#"
"""What turns a line into a remark; without it the line counts."""
SCHEMA = "gxgen.schema.json"
MOST_LINES = 4
"""A row of up to so many figures stands with one on each line; of more, as one row of numbers."""
EMPTY = '"""\n"""'
EMPTY_ON_ONE_LINE = '""" """'


def starter_file(report: Report, remarks: Remarks | None = None) -> str:
    """Return a data file with every key of the report's form."""
    return "\n".join((f"#:schema ./{SCHEMA}", *_Starter(report, remarks or {}).lines())) + "\n"


class _Starter(Writer):
    """Writes what the report has as usual, and what it lacks as commented lines to fill in."""

    def _plain(self) -> Iterator[str]:
        report = self._report
        pack = f" --pack {report.pack}" if report.pack != DEFAULT_PACK else ""
        yield "# 井号（#）后面是说明，不印出来。用得着的项目，去掉行首的 #，把 0 改成数字；没有去掉 # 的都是 0。"
        yield f"# 想让编辑器提示项目名称：gxgen schema {report.year}{pack} -o {SCHEMA}"
        yield "# 写好后检查：gxgen check 这个文件；生成报告：gxgen build 这个文件"
        yield ""
        yield from super()._plain()
        yield from (labelled(_off(line), label) for line, label in self._left_open())

    def _left_open(self) -> Iterator[tuple[str, str]]:
        """Yield the optional plain keys, each with its explanation."""
        report = self._report
        official = report.layout.title.format(year=report.year)
        if not report.agency:
            yield 'agency = ""', "机关名称，印在标题里"
        if not report.title:
            yield f"title = {string(report.agency + official)}", "标题与此不同时才写"
        yield f"published = {report.year + 1}-01-31", "公布日期：部门不迟于 1 月 31 日，政府不迟于 3 月 31 日"

    # Texts

    def _narrative(self) -> Iterator[str]:
        yield ""
        yield '# 文字部分：写在两行三引号（"""）中间，一行是一段，段首不要空格；**两个星号之间**印成粗体。'
        yield "# 可以引用表里的数字，例如 {{ requests.received.total }}，改了表格文字跟着变。"
        _, *lines = super()._narrative()
        yield from lines

    def _has_topics(self, section: Section) -> bool:
        return bool(section.topics) and section.key not in self._report.narrative

    def _text(self, place: str, label: str) -> Iterator[str]:
        if self._report.narrative.get(place):
            yield from super()._text(place, label)
            return
        yield from self._remarks_at(f"narrative.{place}")
        yield f"# {label}{self._text_said(place)}"
        key = place.rpartition(".")[2]
        yield _off(f"{key} = {EMPTY_ON_ONE_LINE}") if self._may_be_left_out(place) else f"{key} = {EMPTY}"

    def _text_said(self, place: str) -> str:
        """Return the comment on a text besides its heading."""
        layout = self._report.layout
        section = next((each for each in layout.sections if each.key == place), None)
        if place in dict(layout.stock):
            return "；不写就印模板包里的文字，要写就去掉下一行的 #"
        if section and section.default:
            return f"；不写就印“{section.default}”，要写就去掉下一行的 #"
        before = "；表格之前的文字" if section and section.table else ""
        return f"{before}；可以不写，要写就去掉下一行的 #" if self._may_be_left_out(place) else ""

    def _may_be_left_out(self, place: str) -> bool:
        layout = self._report.layout
        optional = {section.key for section in layout.sections if section.table or section.default}
        return place in {PREAMBLE, *optional, *dict(layout.stock)} or place.endswith(f".{LEAD}")

    # Figures

    def _table(self, node: Node) -> Iterator[str]:
        if not node.address.count(".") and node.address in self._openings:
            yield from ("", f"# ────────── {self._openings[node.address]} ──────────")
        if node.columns:
            yield from self._table_of_a_row(node)
            return
        yield from self._table_of_rows(node)
        for child in node.children.values():
            if not child.columns or _stands_alone(child):
                yield from self._table(child)

    def _table_of_a_row(self, row: Node) -> Iterator[str]:
        """Yield a row as a table of its own, one figure a line."""
        caption = self._captions.get(row.address, "")
        yield from ("", *([f"# {caption}"] if caption else []), labelled(f"[{row.address}]", self._labels[row.address]))
        yield from self._remarks_at(row.address)
        for column in _given(row):
            yield from self._remarks_at(column.address)
            figure = self._figure(column) or 0
            line = f"{column.key} = {number(figure)}"
            yield labelled(line if figure else _off(line), f"{column.label}{_hint(column)}")
        yield from self._totals(row)

    def _table_of_rows(self, node: Node) -> Iterator[str]:
        rows = [child for child in node.children.values() if child.columns and not _stands_alone(child)]
        if not rows:
            return
        yield from ("", labelled(f"[{node.address}]", self._labels[node.address]))
        yield from self._remarks_at(node.address)
        yield from (f"# {note}" for note in self._notes.get(node.address, ()))
        yield f"# 数字依次是：{'、'.join(column.label for column in _given(rows[0]))}"
        for row in rows:
            yield from self._whole_row(row)

    def _whole_row(self, row: Node) -> Iterator[str]:
        if _is_total(row):
            yield f"# {row.label}：由程序计算，不用写"
            return
        if any(self._figure(column) for column in row.columns):
            yield from self._row(row)
            return
        for address in (row.address, *(column.address for column in row.columns)):
            yield from self._remarks_at(address)
        zeros = ", ".join("0" for _ in _given(row))
        yield labelled(_off(f"{row.key} = [{zeros}]"), row.label)

    def _totals(self, row: Node) -> Iterator[str]:
        yield from (f"# {column.label}：由程序计算，不用写" for column in row.columns if column not in _given(row))

    @cached_property
    def _labels(self) -> Mapping[Address, str]:
        """Return the comment of a table header: its label and those of the heads above it, without the section's."""
        labels = {"": ""}
        for node in self._outline.walk():
            above = labels.get(node.address.rpartition(".")[0], "")
            own = "" if node.label in self._openings.values() else node.label
            labels[node.address] = f"{above}：{own}" if above and node.columns and own else own
        return labels

    @cached_property
    def _openings(self) -> Mapping[Address, str]:
        """Return the top-level table of each section, with the section's heading."""
        firsts = (
            (entries(table)[0].address.partition(".")[0], section) for section, table in self._report.layout.tables
        )
        return {first: section.heading for first, section in firsts}

    @cached_property
    def _captions(self) -> Mapping[Address, str]:
        """Return the caption above the first row of each block."""
        return {row_leaves(block)[0].address: block.caption for block in _blocks(self._report.layout) if block.caption}

    @cached_property
    def _notes(self) -> Mapping[Address, tuple[str, ...]]:
        """Return the notes on sums that the form prints in its corner, by table."""
        return {block.key: (block.corner,) for block in _blocks(self._report.layout) if block.balances}


def _off(line: str) -> str:
    return f"{OFF}{line}"


def _given(row: Node) -> tuple[Node, ...]:
    """Return the figures of a row that are not computed."""
    return tuple(each for each in row.columns if each.entry and not each.entry.column.head.is_total)


def _hint(column: Node) -> str:
    """Return a hint on how to write a number that is no plain count."""
    entry = column.entry
    if entry and entry.kind is Kind.CHANGE:
        return "（减少写负数）"
    return '（可以带单位，例如 "103.3万元"）' if entry and entry.kind is Kind.AMOUNT and not entry.unit else ""


def _stands_alone(row: Node) -> bool:
    return len(_given(row)) <= MOST_LINES


def _is_total(row: Node) -> bool:
    return all(column.entry and column.entry.row.head.is_total for column in row.columns)


def _blocks(layout: Layout) -> Iterator[Crosstab]:
    for _, table in layout.tables:
        yield from table.blocks
