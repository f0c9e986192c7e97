"""Unknown keys, and the known keys that were probably meant."""

from __future__ import annotations

from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.spec import Address, Layout, Node, address_book, as_step, join, keys_labelled, layouts, unnumbered

PLAIN_KEYS = {
    "year": ("年份", "年度", "报告年度", "年"),
    "agency": ("机关", "机关名称", "单位", "单位名称", "部门"),
    "pack": ("模板", "模板包"),
    "title": ("标题", "报告标题"),
    "published": ("发布日期", "公布日期", "公开日期"),
    "narrative": ("正文", "文字"),
    "waiver": ("豁免",),
    "vertical": ("垂直管理", "垂管"),
    "departments": ("所属机关", "所属部门", "下属机关", "下属部门", "下属单位"),
}
"""The keys of a data file that are no tables of the form, and what a clerk may call them."""


def keys_called(name: str) -> tuple[str, ...]:
    """Return the keys that a Chinese name may mean."""
    plain = tuple(key for key, names in PLAIN_KEYS.items() if name in names)
    return plain or keys_labelled(name)


def address_called(name: str) -> Address:
    """Return the address of the one table with a label in the newest form; empty if none or several have it."""
    wanted = unnumbered(name)
    tables = [node for node in address_book(layouts()[-1]).outline.walk() if node.children and node.key]
    exact = [node.address for node in tables if unnumbered(node.label) == wanted]
    loose = [node.address for node in tables if len(wanted) > 1 and wanted in node.label]
    found = exact or loose
    return found[0] if len(found) == 1 else ""


def unknown_key(layout: Layout, key: str, where: Address, known: tuple[str, ...]) -> tuple[Finding, str]:
    """Return the message on an unknown *key* at an address, and the nearest of the *known* keys."""
    address = join(where, as_step(key))
    for other in layouts():
        if other.first_year != layout.first_year and (node := _find(other, address)):
            message = f"「{node.label}」（{key}）是 {other.name} 年版式的项目，本年度的表里没有"
            return Finding(codes.OTHER_LAYOUT, address, message, keys_here(known), points_at_key=True), ""
    nearest = _nearest(key, known)
    hint = f"是否想写 {nearest}？" if nearest else _other_place(layout, key, where) or keys_here(known)
    return Finding(codes.UNKNOWN_KEY, address, f"不认识的项目「{key}」", hint, points_at_key=True), nearest


def keys_here(known: tuple[str, ...]) -> str:
    """Return the keys that may be written at an address."""
    return f"这里可以写：{'、'.join(known)}"


def _nearest(key: str, known: tuple[str, ...]) -> str:
    """Return the known key with the label *key*, or the one with the most similar spelling."""
    from difflib import get_close_matches

    labelled = [name for name in keys_called(key) if name in known]
    return next(iter(labelled or get_close_matches(key, known, n=1)), "")


def _other_place(layout: Layout, key: str, where: Address) -> str:
    """Return the address of a key that stands under the wrong table header."""
    if where and key in PLAIN_KEYS:
        return f"{key} 要写在文件开头，第一个方括号标题之前"
    for section in layout.sections:
        if key == section.key:
            return f'正文写在 [narrative] 下面：{key} = """……"""'
        if key in (topic.key for topic in section.topics):
            return f"{key} 写在 [narrative.{section.key}] 下面"
    return _place_in_form(layout, key)


def _place_in_form(layout: Layout, key: str) -> str:
    """Return the address of *key* if the form has it in one place only."""
    found = [node for node in address_book(layout).outline.walk() if node.key == key]
    if len(found) != 1:
        return ""
    (node,) = found
    parent = node.address.rpartition(".")[0]
    header = "" if node.entry or node.columns else f"，标题写成 [{node.address}]"
    return f"「{node.label}」（{key}）写在 [{parent}] 下面{header}" if parent else ""


def _find(layout: Layout, address: Address) -> Node | None:
    node: Node | None = address_book(layout).outline
    for key in address.split("."):
        node = node.children.get(key) if node else None
    return node
