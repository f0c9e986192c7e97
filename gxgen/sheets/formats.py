"""Number formats of spreadsheets: what they write beside a number, which the number itself does not say.

A cell that holds 125000 may show ``125,000元``, ``12.5万`` or ``¥125,000``: in a column of 万元 that is another amount.
"""

from __future__ import annotations

import re
from functools import lru_cache

SCALED = "缩小了的数"
"""Stands for the unit of a number that is shown divided by a thousand or a million."""
PADDING = re.compile(r"_.|\*.")
"""Room as wide as a character, or filled up with it: neither is written."""
CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
CONDITION = re.compile(r"\[[^\]]*\]")
LITERAL = re.compile(r'"([^"]*)"|[\\!](.)')
UNIT = re.compile(r"[十百千万亿]*[元圆]|[十百千万亿]+|[¥￥$€£]|RMB|CNY")
SCALE = re.compile(r"[0#?],+(?![0#?,])")


@lru_cache(maxsize=1000)
def unit_in(number_format: str) -> str:
    """The unit that a number format writes beside a number, or :data:`SCALED`; empty where it writes none."""
    bare = PADDING.sub("", number_format.split(";", maxsplit=1)[0])
    bare = CONDITION.sub("", CURRENCY.sub(r'"\1"', bare))
    if SCALE.search(LITERAL.sub("", bare)):
        return SCALED
    unit = UNIT.search(LITERAL.sub(lambda found: found[1] or found[2] or "", bare))
    return unit[0] if unit else ""
