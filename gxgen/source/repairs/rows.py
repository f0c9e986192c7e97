"""A row of numbers pasted from a table: quoted as it is, so that the reader of figures takes it apart."""

from __future__ import annotations

import re
from functools import cache

from gxgen.source.repairs.edits import Edit, Edits, Typed
from gxgen.spec import address_book, layouts

_PASTED = re.compile(
    r"""[^\S\n]*(?:[\w.]+\.)?(?P<key>\w+)[^\S\n]*=[ ]*
    (?P<open>[\[(［【（][ ]*)?
    (?P<cells>[^\[\](){}［］【】（）｛｝"'“”‘’＂＇=＝\n]*[^\[\](){}［］【】（）｛｝"'“”‘’＂＇=＝\s])
    (?(open)(?P<close>[ ]*[\])］】）]))[^\S\n]*$""",
    re.VERBOSE,
)
_NUMBERS = re.compile(r"\d+")


def pasted(typed: Typed) -> Edits:
    """Several numbers on one line after the key of a row, whatever stands between them."""
    found = _PASTED.match(typed.signs)
    if not found or found["key"] not in row_keys() or len(_NUMBERS.findall(found["cells"])) < 2:
        return ()
    start, end = found.span("cells")
    first = found.start("open") if found["open"] else start
    last = found.end("close") if found["open"] else end
    if "\\" in typed.signs[start:end]:
        return ()
    return (Edit(first, start, '"'), Edit(end, last, '"'))


@cache
def row_keys() -> frozenset[str]:
    """The keys of rows with several figures."""
    nodes = (node for layout in layouts() for node in address_book(layout).outline.walk())
    return frozenset(node.key for node in nodes if len(node.columns) > 1)
