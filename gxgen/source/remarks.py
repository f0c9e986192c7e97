"""The remarks by which a data file that gxgen wrote says what is left for a person to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen import codes
from gxgen.findings import Finding, Position
from gxgen.patterns import regex

TO_VERIFY = "待核"
"""A figure that could not be read for certain, or is not known yet: it counts as 0."""
TO_REVISE = "待改"
"""Words or a figure of last year's, taken over as they were."""
REMARK = regex(rf"^[ \t]*#[ \t]*((?:{TO_VERIFY}|{TO_REVISE})[：（][^\r\n]*)", re.MULTILINE)


def left_to_do(text: str) -> Iterator[Finding]:
    """A finding for each remark that still stands: somebody takes it out who has seen to it."""
    if TO_VERIFY not in text and TO_REVISE not in text:
        return
    line, counted_to = 1, 0
    for found in REMARK.finditer(text):
        line += text.count("\n", counted_to, found.start())
        counted_to = found.start()
        place = Position(line, found.start(1) - found.start() + 1, len(found[1]))
        yield Finding(codes.LEFT_TO_DO, "", found[1], codes.LEFT_TO_DO.mend, position=place)
