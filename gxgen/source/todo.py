"""Comments in a data file that mark what is left to do, written by gxgen and removed by the clerk once done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.core import codes
from gxgen.core.findings import Finding, Position
from gxgen.core.regex import regex

TO_VERIFY = "待核"
"""A figure that could not be read for certain, or is not known yet: it counts as 0."""
TO_REVISE = "待改"
"""Words or a figure of last year's, carried over unchanged."""
REMARK = regex(rf"^[ \t]*#[ \t]*((?:{TO_VERIFY}|{TO_REVISE})[：（][^\r\n]*)", re.MULTILINE)


def left_to_do(text: str) -> Iterator[Finding]:
    """Yield a finding for each comment that still stands."""
    if TO_VERIFY not in text and TO_REVISE not in text:
        return
    line, counted_to = 1, 0
    for found in REMARK.finditer(text):
        line += text.count("\n", counted_to, found.start())
        counted_to = found.start()
        place = Position(line, found.start(1) - found.start() + 1, len(found[1]))
        yield Finding(codes.LEFT_TO_DO, "", found[1], codes.LEFT_TO_DO.remedy, position=place)
