"""The JSON Schema of the data file, for editors: completion, the form's labels, and validation.

Draft 4 is all that it uses, because that is what TOML editors (Taplo, Even Better TOML) understand.  It says what a
data file should look like; the reader takes more than that and is the one to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gxgen.core.codes import CODES, UNUSED_WAIVER
from gxgen.core.findings import Severity
from gxgen.model import DEFAULT_PACK, LARGEST_FIGURE
from gxgen.source.figures import MONEY
from gxgen.source.reader import LAST_YEAR
from gxgen.spec import LEAD, PREAMBLE, Entry, Kind, Layout, Node, Section, address_book, layouts

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-04/schema#"
ONE_LINE = r"^[^\n]*$"
NOT_EMPTY = r"\S"
PATH = r"^[^\n]*\S[^\n]*$"
IF_LEFT_OUT = "；不写就印模板包里的文字"
DATE = r"^\d{4}-\d{2}-\d{2}$"


def schema(layout: Layout) -> Schema:
    """Return the schema of the data files of a form."""
    last = next((other.first_year - 1 for other in layouts() if other.first_year > layout.first_year), LAST_YEAR)
    year = {"type": "integer", "minimum": layout.first_year, "maximum": last}
    keys = {
        "year": _titled("报告年度", year, f"{layout.first_year} 版表格（{layout.authority}）"),
        "agency": _text("机关名称", "印在标题里；不写时标题不带机关名称", pattern=ONE_LINE),
        "title": _text("标题", "不写时是“机关名称＋年度＋年政府信息公开工作年度报告”", pattern=ONE_LINE),
        "published": _titled("公布日期", _date(), "写成 2024-01-12，不加引号"),
        "pack": _text("地区模板包", "不写时是全国通用模板", pattern=ONE_LINE, default=DEFAULT_PACK),
        "narrative": _narrative(layout),
        **{key: _node(node) for key, node in address_book(layout).outline.children.items()},
        "waiver": _waivers(),
        "vertical": _titled("垂直管理", {"type": "boolean"}, "垂直管理的机关写 true，政府汇总时不计入"),
        "departments": _departments(),
    }
    title = f"政府信息公开工作年度报告（{layout.name} 版，{layout.authority}）"
    return {"$schema": DRAFT, "title": title, **_table(keys, required=("year",))}


def _titled(title: str, schema: Schema, description: str = "") -> Schema:
    """Return a schema with title and description."""
    about = {"title": title, "description": description} if description else {"title": title}
    return {**{key: text for key, text in about.items() if text}, **schema}


def _table(keys: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    """Return the schema of a table with known keys and no others."""
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": dict(keys), **needed, "additionalProperties": False}


def _text(title: str, description: str = "", **more: Any) -> Schema:
    return _titled(title, {"type": "string", **more}, description)


def _date() -> Schema:
    """Return the schema of a date, which TOML editors pass as a string."""
    return {"type": "string", "pattern": DATE}


def _departments() -> Schema:
    path: Schema = {"type": "string", "pattern": PATH}
    several = {"type": "array", "items": path, "minItems": 1}
    return _titled(
        "所属机关", {"anyOf": [path, several]}, "政府的数据文件写：放着所属机关数据文件的文件夹，核对各机关之和"
    )


# Texts


def _narrative(layout: Layout) -> Schema:
    stock = frozenset(place for place, _ in layout.stock)
    opening = f"第一部分之前的文字{IF_LEFT_OUT if PREAMBLE in stock else ''}"
    sections = {section.key: _section(section, has_stock=section.key in stock) for section in layout.sections}
    texts = {PREAMBLE: _text("开头语", opening), **sections}
    return _titled("正文", _table(texts), "一行是一段；**两个星号之间**印成粗体；{{ 地址 }} 引用表中的数字")


def _section(section: Section, *, has_stock: bool) -> Schema:
    what = "表格之前的文字" if section.table else "这一部分的文字"
    if has_stock:
        what += IF_LEFT_OUT
    elif section.default:
        what += f"；不写就印“{section.default}”"
    if not section.topics:
        return _text(section.heading, what)
    topics = {LEAD: _text("总述"), **{topic.key: _text(topic.label) for topic in section.topics}}
    return _titled(section.heading, {"anyOf": [{"type": "string"}, _table(topics)]}, f"{what}，或分几个方面写")


# Figures


def _node(node: Node) -> Schema:
    """Return the schema of a node: a figure, a row (as table or array), or a table of further keys."""
    if node.entry:
        return _titled(node.label, _figure(node.entry), node.entry.printed)
    table = _table({key: _node(child) for key, child in node.children.items()})
    return _titled(node.label, {"anyOf": [table, _array(node)]} if node.columns else table)


def _array(row: Node) -> Schema:
    """Return the schema of a row as an array, with or without its total at the end."""
    columns = [child.entry for child in row.columns if child.entry]
    typed = sum(not entry.column.head.is_total for entry in columns)
    figures = [_figure(entry) for entry in columns]
    is_uniform = all(figure == figures[0] for figure in figures)
    items = {"items": figures[0]} if is_uniform else {"items": figures, "additionalItems": False}
    order = "、".join(column.label for column in row.columns)
    return {"type": "array", **items, "minItems": typed, "maxItems": len(columns), "description": f"依次是：{order}"}


def _figure(entry: Entry) -> Schema:
    if entry.kind is Kind.CHANGE:
        return {"type": "integer", "minimum": -LARGEST_FIGURE, "maximum": LARGEST_FIGURE}
    if entry.kind is Kind.COUNT:
        return {"type": "integer", "minimum": 0, "maximum": LARGEST_FIGURE}
    number: Schema = {"type": "number", "minimum": 0, "maximum": LARGEST_FIGURE}
    return number if entry.unit else {"anyOf": [number, {"type": "string", "pattern": rf"^\s*{MONEY.pattern}\s*$"}]}


# Waivers


def _waivers() -> Schema:
    can_be_waived = [code for code in CODES if code.severity is not Severity.ERROR and code is not UNUSED_WAIVER]
    keys = {
        "code": _text("代码", "豁免哪一种警告或提示", enum=[code.name for code in can_be_waived]),
        "where": _text("地址", "豁免哪一处，也可以写前几级；不写就是各处"),
        "reason": _text("理由", "为什么属实", pattern=NOT_EMPTY),
        "by": _text("核实人"),
        "date": _titled("日期", _date()),
    }
    waiver = _table(keys, required=("code", "reason"))
    return _titled("豁免", {"type": "array", "items": waiver}, "经核实属实的警告，写明理由后不再计入")
