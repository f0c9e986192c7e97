"""Keys that a form does not know, and what was probably meant."""

from __future__ import annotations

from gxgen import codes
from gxgen.findings import Finding
from gxgen.spec import Address, Layout, Node, address_book, join, keys_labelled, layouts


def unknown_key(layout: Layout, key: str, where: Address, known: tuple[str, ...]) -> tuple[Finding, str]:
    """What to say of *key*, which stands at address *where* and is none of *known*; and the key it comes nearest to."""
    address = join(where, key)
    for other in layouts():
        if other is not layout and (node := _find(other, address)):
            message = f"「{node.label}」（{key}）是 {other.name} 年版式的项目，本年度的表里没有"
            return Finding(codes.OTHER_LAYOUT, address, message, keys_here(known), at_key=True), ""
    nearest = _nearest(key, known)
    hint = f"是否想写 {nearest}？" if nearest else keys_here(known)
    return Finding(codes.UNKNOWN_KEY, address, f"不认识的项目「{key}」", hint, at_key=True), nearest


def keys_here(known: tuple[str, ...]) -> str:
    """The keys that can be written at a place."""
    return f"这里可以写：{'、'.join(known)}"


def _nearest(key: str, known: tuple[str, ...]) -> str:
    """The known key that the forms label *key*, or the one that is spelled most like it."""
    from difflib import get_close_matches

    labelled = [name for name in keys_labelled(key) if name in known]
    return next(iter(labelled or get_close_matches(key, known, n=1)), "")


def _find(layout: Layout, address: Address) -> Node | None:
    node: Node | None = address_book(layout).outline
    for key in address.split("."):
        node = node.children.get(key) if node else None
    return node
