"""Write the tables of docs/data-file.md, which name every key with its official label, from gxgen/spec.

    python tools/data_file_page.py

A table stands between the lines ``<!-- 生成：NAME -->`` and ``<!-- 生成完 -->``; the text around is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from gxgen.spec import Kind, Layout, Node, Section, Table, address_book, entries, layouts
from gxgen.spec.addresses import row_leaves

PAGE = Path(__file__).resolve().parent.parent / "docs" / "data-file.md"
GENERATED = re.compile(r"(?<=<!-- 生成：)(?P<name>\S+) -->\n.*?(?=<!-- 生成完 -->)", re.DOTALL)

Row = tuple[str, ...]


def page(written: str) -> str:
    """The page with its tables made anew.

    Raises:
        KeyError: the page asks for a table that is not known.
    """
    return GENERATED.sub(lambda found: f"{found['name']} -->\n\n{TABLES[found['name']]()}\n", written)


def markdown_table(heads: Row, rows: Iterable[Row]) -> str:
    """A table in Markdown, ending with a line end."""
    lines = (heads, ("---",) * len(heads), *rows)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def narrative_table() -> str:
    """The sections of the report and the keys of their texts."""
    return markdown_table(
        ("键", "报告中的部分", "写什么"),
        ((f"`{section.key}`", section.heading, _what_to_write(section)) for section in layouts()[-1].sections),
    )


def _what_to_write(section: Section) -> str:
    if section.topics:
        return "这一部分的文字；也可以分几个方面写，见下"
    if section.table:
        return "表格之前的文字，可以不写"
    return f"这一部分的文字；不写就印“{section.default}”" if section.default else "这一部分的文字"


def topics_table() -> str:
    """What section 一 has to cover."""
    topics = (topic for section in layouts()[-1].sections for topic in section.topics)
    return markdown_table(("键", "标题"), ((f"`{topic.key}`", topic.label) for topic in topics))


def figures_tables() -> str:
    """Every address of every form, the newest form first."""
    following = (*(layout.first_year for layout in layouts()[1:]), None)
    return "\n".join(_form_tables(layout, end) for layout, end in reversed([*zip(layouts(), following, strict=True)]))


def _form_tables(layout: Layout, end: int | None) -> str:
    """A form's heading, and a heading with tables for each of its sections with figures."""
    years = f"{layout.first_year}—{end - 1} 年" if end else f"{layout.first_year} 年及以后"
    heading = f"## {layout.name} 版表格的键（{years}，{layout.authority}）\n"
    sections = (
        f"### {section.heading}（{layout.name} 版）\n\n{_section_tables(layout, section, table)}"
        for section, table in layout.tables
    )
    return "\n".join((heading, *sections))


def _section_tables(layout: Layout, section: Section, table: Table) -> str:
    """Columns once and then the rows, where all rows have the same columns; otherwise each row with its own."""
    rows = tuple(_rows(layout, section, table))
    kinds_of_rows = [tuple(group) for _, group in groupby(rows, key=lambda row: _columns(row[1]))]
    if len(kinds_of_rows) > 1:
        captions = {row.address: block.caption for block in table.blocks for row in row_leaves(block)}
        return markdown_table(
            ("地址", "表上的行", "键和表上的列"),
            ((f"`{node.address}`", f"{captions[node.address]}：{label}", _columns(node)) for label, node in rows),
        )
    columns = rows[0][1].columns
    return "\n".join(
        (
            markdown_table(
                ("键", "表上的列"), ((f"`{column.key}`", column.label + _note(column)) for column in columns)
            ),
            markdown_table(("地址", "表上的行"), ((f"`{node.address}`", label + _note(node)) for label, node in rows)),
        )
    )


def _rows(layout: Layout, section: Section, table: Table) -> Iterator[tuple[str, Node]]:
    """The rows of figures with their labels from the outermost in."""
    here = {entry.address for entry in entries(table)}

    def walk(node: Node, labels: tuple[str, ...]) -> Iterator[tuple[str, Node]]:
        if node.columns and node.columns[0].address in here:
            yield "—".join(labels), node
        for child in node.children.values():
            yield from walk(child, labels if child.label == section.heading else (*labels, child.label))

    yield from walk(address_book(layout).outline, ())


def _columns(row: Node) -> str:
    return "、".join(f"`{column.key}` {column.label}{_note(column)}" for column in row.columns)


def _note(node: Node) -> str:
    """What a clerk has to know of a number besides its label."""
    if node.key == "total":
        return "（由程序计算；写上只作核对）"
    if node.entry is None or node.entry.kind is Kind.COUNT:
        return ""
    if node.entry.kind is Kind.CHANGE:
        return "（减少写负数）"
    return "（可以有小数）" if node.entry.unit else "（可以有小数，可以自带单位）"


TABLES: Mapping[str, Callable[[], str]] = {
    "narrative": narrative_table,
    "topics": topics_table,
    "figures": figures_tables,
}
"""What the page may ask for."""


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    print(PAGE)
