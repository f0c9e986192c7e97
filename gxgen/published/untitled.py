"""Reports without a title that names their year: pages that were copied without it.

The year is then the one whose figures the report says it counts: 统计期限自2022年1月1日起，至2022年12月31日止.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from gxgen.published.blocks import Block, Paragraph, Place
from gxgen.published.folding import fold, squeezed
from gxgen.published.titles import AGENCY, ENDS_SENTENCE, REGION, Title

PERIOD = re.compile(r"(20\d\d)年1月1日起?,?(?:-{1,2}|[至到~])(20\d\d)?年?12月31日")
COUNTED = re.compile(r"统计|期限|报告期|数据")
"""What a sentence speaks of that gives the report's period; others tell of plans and of last year."""
SENTENCE = re.compile(r"[^.;]+")
NAME = re.compile(rf"({AGENCY.pattern}|{REGION.pattern}(?:人民政府)?)(政府信息公开(?:工作)?(?:年度报告|年报))")
"""A title that has lost its year, or never had one."""


def untitled(blocks: tuple[Block, ...], first: int) -> tuple[Title | None, int]:
    """A title for a report whose first section begins at *first*, and where what belongs to it begins.

    None where the year is not said, or not the same wherever it is said.  What comes before the first sentence is of
    the page around it.
    """
    year = year_counted(blocks)
    if not year:
        return None, 0
    _, place = next(_periods(blocks))
    before = [(at, block.words.strip()) for at, block in enumerate(blocks[:first]) if isinstance(block, Paragraph)]
    named = [(at, found) for at, words in before if (found := NAME.fullmatch(squeezed(words)))]
    if named:
        at, found = named[-1]
        return Title(found[1], year, found[2], place, printed=found[0], says_year=False), at + 1
    begin = next((at for at, words in before if ENDS_SENTENCE.search(words)), first)
    return Title("", year, "", place, printed="", says_year=False), begin


def year_counted(blocks: Iterable[Block]) -> int:
    """The year whose figures the report says it counts; 0 if it is not said, or not the same wherever it is said."""
    years = {year for year, _ in _periods(blocks)}
    return years.pop() if len(years) == 1 else 0


def _periods(blocks: Iterable[Block]) -> Iterator[tuple[int, Place]]:
    """Every year whose figures are said to be counted; 0 for a period of more than one."""
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    starts = [0, *accumulate(len(fold(line.words)) for line in lines)]
    for sentence in SENTENCE.finditer("".join(fold(line.words) for line in lines)):
        for found in PERIOD.finditer(sentence[0]) if COUNTED.search(sentence[0]) else ():
            line = lines[bisect_right(starts, sentence.start() + found.start()) - 1].line
            yield int(found[1]) if found[2] in (None, found[1]) else 0, Place(line=line)
