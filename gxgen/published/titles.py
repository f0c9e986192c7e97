"""The title of a report: its agency, its year, and where on a page it ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from gxgen.core.numbers import CHINESE_DIGITS
from gxgen.published.document import Block, Location, Paragraph
from gxgen.published.labels import fold, squeezed

NOUGHTS = "〇○◯零ОOoＯ０0"
"""What is printed for 〇 in a year written in Chinese numerals."""
TITLE = re.compile(
    rf"(?P<agency>.*?)(?P<year>(?:19|[2２][0０])\d\d|二[{NOUGHTS}][{NOUGHTS}一二三四五六七八九]{{2}})年度?(?P<later>.*?)(?P<name>政府信息公开(?:工作)?(?:年度报告|年报|年度工作报告))"
)
"""The agency stands before the year or, at times, after it: ``2022年某某市政府信息公开工作年度报告``."""
TAG = re.compile(r"[（(【\[][^）)】\]\d]{1,6}[）)】\]]")
"""What a web site sets before a title: （图解）."""
REGION = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:省|市|(?<!自治)州|盟|县|(?<!自治)(?<!开发)(?<!园)区|旗|镇|乡|街道)")
"""A place that the name of an agency can begin with, whole."""
AGENCY = re.compile(
    r"[\u4e00-\u9fff（）()·、]{2,40}(?:局|委|会|办|室|府|厅|院|部|处|署|所|站|社|队|校|司|行|中心|公司|集团|区|场|馆|库|厂|园)"
)
"""How the name of an agency ends that stands on a line of its own."""
AFTER_YEAR = re.compile(rf"(?:{AGENCY.pattern}|{REGION.pattern}|{REGION.pattern}人民)")
SUPERIORS = (
    r"(?:^|[，。；：、（(“]|由|与|向)"
    r"((?:[^\W\d_a-zA-Z由与向为是对请在到经系据过于]{2,7}(?:省|自治区|市|自治州|州|盟|地区|县|区|旗)){1,3})"
)
"""The places above an agency's own, before its name in a sentence; no place's name has the words left out."""
ENDS_SENTENCE = re.compile(r"[。！？；，：,;]$")
LONGEST_TITLE = 90
MOST_TITLE_LINES = 3


class Title(NamedTuple):
    """The title as printed, without spaces."""

    agency: str
    year: int
    name: str
    location: Location
    printed: str
    """Agency, year and name in the order in which they are printed."""
    says_year: bool = True
    """Whether the year is the title's own."""


def titles_in(blocks: tuple[Block, ...]) -> tuple[tuple[Title, ...], int]:
    """What reads like a title, and where the last of them ends."""
    found: list[Title] = []
    end = 0
    lines = [(at, block) for at, block in enumerate(blocks) if isinstance(block, Paragraph) and block.words.strip()]
    for start in range(len(lines)):
        for used in range(1, MOST_TITLE_LINES + 1):
            title = _title(tuple(block for _, block in lines[start : start + used]))
            if title:
                found.append(title)
                end = max(end, lines[min(start + used, len(lines)) - 1][0] + 1)
                break
    longest: dict[int, Title] = {}
    for title in found:
        # The second line of a title is one by itself, without the agency.
        known = longest.get(title.year)
        if known is None or len(title.agency) > len(known.agency):
            longest[title.year] = title
    return tuple(longest.values()), end


def _title(lines: tuple[Paragraph, ...]) -> Title | None:
    if any(ENDS_SENTENCE.search(line.words.strip()) for line in lines):
        return None
    words = squeezed("".join(line.words for line in lines))
    found = _parted(words) if len(words) <= LONGEST_TITLE else None
    if not found or (len(lines) > 1 and not _are_agency_and_title(lines, _agency(found))):
        return None
    location = Location(line=lines[0].line)
    if found["later"]:
        return Title(_agency(found), _year(found["year"]), found["name"], location, TAG.sub("", words, 1))
    printed = f"{found['agency']}{found['year']}年{found['name']}"
    return Title(found["agency"], _year(found["year"]), found["name"], location, printed)


def _parted(words: str) -> re.Match[str] | None:
    """A title taken apart; None where an agency stands on both sides of the year, or none can be told."""
    tag = TAG.match(words)
    found = TITLE.fullmatch(words, tag.end() if tag else 0) or TITLE.fullmatch(words)
    if not found or re.search(r"[。；，《]", found["agency"]):
        return None
    is_agency = not found["later"] or (not found["agency"] and AFTER_YEAR.fullmatch(found["later"]))
    return found if is_agency else None


def _year(written: str) -> int:
    """The number of a year, 2024 or 二〇二四."""
    if not written.startswith("二"):
        return int(written)
    digits = re.sub(f"[{NOUGHTS}]", "〇", written)
    return int("".join(str(CHINESE_DIGITS.index(digit)) for digit in digits))


def _agency(title: re.Match[str]) -> str:
    """The agency; 某某县人民政府信息公开… names the 人民政府."""
    later = title["later"]
    return f"{later}政府" if later.endswith("人民") else later or title["agency"]


def _are_agency_and_title(lines: tuple[Paragraph, ...], agency: str) -> bool:
    """Whether lines above the title name an agency, and not the page of a web site."""
    above = squeezed("".join(line.words for line in lines[:-1]))
    last = _parted(squeezed(lines[-1].words))
    if last and REGION.match(_agency(last)):
        return bool(REGION.fullmatch(above))
    return len(agency) < len(above) or bool(AGENCY.fullmatch(agency))


def full_name(agency: str, blocks: Iterable[Block]) -> str:
    """An agency's name with the superior places that the report's text sets before it, where it is always the same.

    A title often has the short name, 洪泽区人民政府, and the text or the signature the legal one.  A name without a
    place of its own is left as it is: what stands before it in the text may be a superior agency of the same name.
    """
    if not REGION.match(agency):
        return agency
    named = re.compile(SUPERIORS + re.escape(agency))
    lines = (squeezed(block.words) for block in blocks if isinstance(block, Paragraph) and agency in block.words)
    superiors = {found[1] for line in lines for found in named.finditer(line)}
    longest = max(superiors, key=len, default="")
    return longest + agency if all(map(longest.endswith, superiors)) else agency


PERIOD = re.compile(r"(20\d\d)年1月1日起?,?(?:-{1,2}|[至到~])(20\d\d)?年?12月31日")
COUNTED = re.compile(r"统计|期限|报告期|数据")
"""What a sentence speaks of that gives the report's period; others tell of plans and of last year."""
SENTENCE = re.compile(r"[^.;]+")
NAME = re.compile(rf"({AGENCY.pattern}|{REGION.pattern}(?:人民政府)?)(政府信息公开(?:工作)?(?:年度报告|年报))")
"""A title that has lost its year, or never had one."""


def inferred_title(blocks: tuple[Block, ...], first: int) -> tuple[Title | None, int]:
    """A title for a report whose first section begins at *first*, and where what belongs to it begins.

    None where the year is not said, or not the same wherever it is said.  What comes before the first sentence is of
    the page around it.
    """
    year = year_counted(blocks)
    if not year:
        return None, 0
    _, location = next(_periods(blocks))
    before = [(at, block.words.strip()) for at, block in enumerate(blocks[:first]) if isinstance(block, Paragraph)]
    named = [(at, found) for at, words in before if (found := NAME.fullmatch(squeezed(words)))]
    if named:
        at, found = named[-1]
        return Title(found[1], year, found[2], location, printed=found[0], says_year=False), at + 1
    begin = next((at for at, words in before if ENDS_SENTENCE.search(words)), first)
    return Title("", year, "", location, printed="", says_year=False), begin


def year_counted(blocks: Iterable[Block]) -> int:
    """The year whose figures the report says it counts; 0 if it is not said, or not the same wherever it is said."""
    years = {year for year, _ in _periods(blocks)}
    return years.pop() if len(years) == 1 else 0


def _periods(blocks: Iterable[Block]) -> Iterator[tuple[int, Location]]:
    """Every year whose figures are said to be counted; 0 for a period of more than one."""
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    starts = [0, *accumulate(len(fold(line.words)) for line in lines)]
    for sentence in SENTENCE.finditer("".join(fold(line.words) for line in lines)):
        for found in PERIOD.finditer(sentence[0]) if COUNTED.search(sentence[0]) else ():
            line = lines[bisect_right(starts, sentence.start() + found.start()) - 1].line
            yield int(found[1]) if found[2] in (None, found[1]) else 0, Location(line=line)
