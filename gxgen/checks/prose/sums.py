"""Find sums and shares spelled out in a text: ``共公开26条，其中…1条，…2条``, ``506件，占69.5%``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import msgspec

from gxgen.checks.prose.counts import Count, counts, is_bracketed
from gxgen.checks.prose.grammar import OTHER_ORGAN
from gxgen.checks.prose.sentences import sentences
from gxgen.core.regex import regex
from gxgen.spec import TEN_THOUSAND

TOTAL_BEFORE = regex(
    r"(?:共|共计|合计|总计|累计|总数|总量|全年|举办|开展|组织|召开|收到|受理|办结|答复|公开|发布|更新|推送|转载|编发|新收)"
    r"[^，。；：,:]{0,24}$"
)
INCLUDED = regex(r"[，,（(：:]\s*(?:其中|包括|包含|含)[^，。；：,:（(]{0,24}$")
"""Before a number that is itself part of one before it: ``答复60件，包括上年结转3件。其中…`` divides the 60."""
BESIDE = regex(r"[、和及][^，。；,;、和及]{1,16}")
"""Between two numbers that are said side by side: ``行政复议2件、行政诉讼0件，其中…`` divides either, or both."""
OPENS_PARTS = regex(r"[^，。；,]{0,12}[，,：:（(。]?\s*(?:其中|包括|包含|涵盖|分别[为是]|分为)[：:，,]?")
OPENS_LIST = regex(r"[^，。；,（(0-9]{0,16}[，,：:（(]")
"""The mark after a total whose parts may follow without any word that says so: 公开278条信息，公示120条，…"""
OPENED = regex("[（(]")
CLOSING = {"（": "）", "(": ")"}
OF_A_WHOLE = regex(r"[^，。；,（(0-9]{0,16}(?:之?中|里)[，,：:]")
"""收到的120件申请中，: what follows are parts of the number."""
DIVIDING = regex("其中|包[括含]|涵盖|分别[为是]|分为|中[，,：:]")
LISTING = regex(r"\d\s*[条件篇份项期个][^，。；,（(0-9]{0,16}[，,：:（(]")
HEDGE = regex(r"以上|左右|约|余|多|例如|如")
OPEN_END = regex(r"等|主要|部分")
"""Words after which parts may be missing from a list; together they still cannot exceed the total."""
ACT = regex(
    r"办理|办结|办复|答复|回复|批复|复议|结转|转入|受理|收到|新收|收取|维持|审结|未审|诉讼|撤销|纠正|增加|减少|增长|下降|同比|比上|较上"
    r"|公开(?![类指年目制条信]|的[一-龥])|不予|处理|提供|发布|举办|开展|组织|召开|推送|更新|编发|制定|印发|废止|参加|培训|通过|另|还有|还|均|全部"
)
"""Words of an act of its own: what follows a total without 其中 is then no part of it."""
PART = regex(r"[，,、；;和及与：:]?[^0-9０-９，,；;。（）()]{1,32}$")
IN_ALL = regex(r"[，、,](?:共计?|合计|总计|累计)[为是]?$")
LONGEST_NAME = 24
"""Characters between two numbers that are added up."""
ENDS_LIST = regex(r"[。；;\n（）()]|其中")
REMARK = regex(r"（[^）]*）|\([^)]*\)|[，,]占[^，,；;。]*")
TO_THE_MARK = regex(r"[^，,；;。\n]*")
OFFICE = regex(rf"{OTHER_ORGAN}|县|区")
"""Parts by office are a selection: no report lists all offices."""
WINDOW = 40
LONGEST_LINE = 5_000
FEWEST_PARTS = 3
MOST = Decimal("1.3")
"""Of a total: what a list may add up to and still be taken for one, with a slip in it."""
CLOSE = Decimal("0.1")
"""Parts that fall short of their total by more than this share are a selection, too."""
SHARE = regex(
    r"[，,（(、]?约?占(?:比|总[数量](?:的|比)?|(?:[新本全当年度已共收到受理办结答复部]*(?:申请|办理结果|办结|受理)|申请|总)(?:总[数量件]|数量?|量)?(?:的|比)?)?(?:约|为|达)*"
)


class Sum(msgspec.Struct, frozen=True):
    """A total and the parts that follow it."""

    total: Count
    parts: tuple[Count, ...]
    is_open: bool = False
    """Whether the text says that there are further parts (等)."""
    is_only_listed: bool = False
    """Whether no word says that these are parts: they are taken for such only if they come close to the total."""

    @property
    def added_up(self) -> Decimal:
        """The sum of the parts."""
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def is_wrong(self) -> bool:
        """Whether the parts cannot be those of the total.

        Parts that exceed the total are always wrong; those that fall short, only if they are many and come close, as
        if the list were complete.
        """
        short = self.total.value - self.added_up
        is_close = len(self.parts) >= FEWEST_PARTS and abs(short) <= max(CLOSE * self.total.value, Decimal(1))
        if short < 0:
            return is_close or not self.is_only_listed
        return is_close and short > 0 and not self.is_open


class Share(msgspec.Struct, frozen=True):
    """A percentage of a count, and the totals that it may be a share of."""

    percentage: Count
    part: Count
    totals: tuple[Count, ...]

    def is_wrong_of(self, wholes: tuple[Decimal, ...]) -> bool:
        """Whether it is the share of none of these totals, in any rounding."""
        decimals = -min(int(self.percentage.value.as_tuple().exponent), 0)
        tolerance = Decimal(1).scaleb(-decimals)
        shares = (100 * self.part.value / whole for whole in wholes if whole)
        return bool(wholes) and all(abs(share - self.percentage.value) >= tolerance for share in shares)


def sums(text: str) -> Iterator[Sum]:
    """Every total of a text with its parts spelled out behind it, or before it, in the same paragraph."""
    for line_start, line, every in _lines(text):
        for at in _possible_totals(every):
            total = every[at]
            if total.is_vague or total.unit == TEN_THOUSAND or is_bracketed(line, total):
                continue
            found = _divided(line, every, at) or _added_up(line, every, at)
            if found:
                parts = tuple(part.shifted(line_start) for part in found.parts)
                yield Sum(found.total.shifted(line_start), parts, found.is_open, found.is_only_listed)


def _possible_totals(every: tuple[Count, ...]) -> list[int]:
    """The positions of the numbers with another one of their unit beside them, percentages aside."""
    plain = [at for at, count in enumerate(every) if not count.is_percentage]
    alike = [at for pair in pairwise(plain) if every[pair[0]].unit == every[pair[1]].unit for at in pair]
    return list(dict.fromkeys(alike))


def _divided(line: str, every: tuple[Count, ...], at: int) -> Sum | None:
    """The total at that position, if parts of it follow: after 其中, or as names and numbers."""
    total = every[at]
    said = OPENS_PARTS.match(line, total.end)
    of_whole = OF_A_WHOLE.match(line, total.end)
    if not (said or of_whole) and any(each.unit != total.unit for each in every[at + 1 : at + 1 + FEWEST_PARTS]):
        return None
    opening = said or of_whole or OPENS_LIST.match(line, total.end)
    if (
        not opening
        or not (of_whole or _is_named_total(line, total))
        or (at and _are_side_by_side(line, every[at - 1], total))
    ):
        return None
    parts = tuple(_parts(line, total, _listed(line, every[at + 1 :], opening), opening.end()))
    words = _words_about(line, total, parts)
    if not parts or _is_inexact(words, parts) or not (said or _is_list(line, total, parts)):
        return None
    return Sum(total, parts, OPEN_END.search(words) is not None, is_only_listed=not said)


def _added_up(line: str, every: tuple[Count, ...], at: int) -> Sum | None:
    """The total at that position, if it adds up the numbers just before it: 网上8件，信函3件，共计11件."""
    total, parts = every[at], list[Count]()
    if at < FEWEST_PARTS or every[at - 1].unit != total.unit:
        return None
    if not IN_ALL.search(line, every[at - 1].end, total.start):
        return None
    start = total.start
    for part in reversed(every[:at]):
        between = line[part.end : start]
        if part.unit != total.unit or part.is_vague or len(between) > LONGEST_NAME or ENDS_LIST.search(between):
            break
        parts.insert(0, part)
        start = part.start
    # The list may begin at any of them.
    tails = (sum(part.value for part in parts[first:]) for first in range(len(parts) - 1))
    is_known = len(parts) < FEWEST_PARTS or total.value in (*tails, *(part.value for part in parts))
    return None if is_known else Sum(total, tuple(parts), is_only_listed=True)


def _are_side_by_side(line: str, before: Count, total: Count) -> bool:
    return before.unit == total.unit and bool(BESIDE.fullmatch(line, before.end, total.start))


def _listed(line: str, following: tuple[Count, ...], opening: re.Match[str]) -> Iterator[Count]:
    """The numbers that may be parts: those of the same brackets, or those outside any, which are remarks on others."""
    bracket = OPENED.search(opening[0])
    end = line.find(CLOSING[bracket[0]], opening.end()) if bracket else len(line)
    for count in following:
        if not count.is_percentage and count.start < end and (bracket or not is_bracketed(line, count)):
            yield count


def _parts(line: str, total: Count, following: Iterator[Count], start: int) -> Iterator[Count]:
    """The counts after 其中 that follow one another with nothing but a name between them, in the total's unit.

    A list ends at a semicolon with another act behind it, and one with commas at any, unless most of it is to come.
    """
    cursor, commas, added_up = start, False, Decimal(0)
    for count in following:
        between = REMARK.sub("", line[cursor : count.start])
        if count.unit != total.unit or not PART.match(between or "，") or _ends_list(between):
            return
        if commas and between[:1] in ("；", ";") and not _goes_on(total.value, added_up, count.value):
            return
        yield count
        commas = commas or between[:1] in ("，", ",", "、")
        added_up += count.value
        cursor = count.end


def _goes_on(total: Decimal, added_up: Decimal, part: Decimal) -> bool:
    """Whether a list whose items are set off by commas goes on after a semicolon: its total is not reached yet."""
    return added_up != total and part < total and added_up + part <= total * MOST


def _ends_list(between: str) -> bool:
    """Whether the words between two numbers begin something new: a semicolon, and another act behind it."""
    return between[:1] in ("；", ";") and ACT.search(between) is not None


def _words_about(line: str, total: Count, parts: tuple[Count, ...]) -> str:
    """The words from a total to the end of the clause of its last part."""
    rest = TO_THE_MARK.match(line, parts[-1].end) if parts else None
    return line[total.end : parts[-1].end] + (rest[0] if rest else "") if parts else ""


def _is_inexact(words: str, parts: tuple[Count, ...]) -> bool:
    """Whether parts are chosen, or not exact ones."""
    return bool(HEDGE.search(words) or OFFICE.search(words)) or any(part.is_vague for part in parts)


def _is_list(line: str, total: Count, parts: tuple[Count, ...]) -> bool:
    """Whether numbers after a total, with no word that says so, are names and numbers of its parts."""
    labels = "".join(line[before.end : part.start] for before, part in pairwise((total, *parts)))
    return len(parts) >= FEWEST_PARTS and not ACT.search(labels) and all(part.value < total.value for part in parts)


def shares(text: str) -> Iterator[Share]:
    """Every percentage directly after a part of a total that the sentence names."""
    for start, sentence in sentences(text):
        if "占" not in sentence:
            continue
        found = counts(sentence)
        totals = [count for count in found if _is_total(sentence, count)]
        for part, percentage in pairwise(found):
            of = tuple(
                total.shifted(start)
                for total in totals
                if total.unit == part.unit and total.end <= part.start and "其中" in sentence[total.end : part.start]
            )
            is_exact = percentage.is_percentage and not (percentage.is_vague or part.is_vague or part.is_percentage)
            if is_exact and SHARE.fullmatch(sentence, part.end, percentage.start):
                yield Share(percentage.shifted(start), part.shifted(start), of)


def _is_total(sentence: str, count: Count) -> bool:
    # Amounts in 万元 are rounded, each by itself: their sum need not be exact.
    return not (count.is_vague or count.is_percentage or count.unit == TEN_THOUSAND) and _is_named_total(
        sentence, count
    )


def _is_named_total(text: str, count: Count) -> bool:
    before = text[max(count.start - WINDOW, 0) : count.start]
    return TOTAL_BEFORE.search(before) is not None and not INCLUDED.search(before)


def _lines(text: str) -> Iterator[tuple[int, str, tuple[Count, ...]]]:
    """The paragraphs that divide a total, each with its offset and its numbers; not those too long to go through."""
    start, within = 0, []
    for at, sentence in (*sentences(text), (len(text), "\n")):
        within.append((at, sentence))
        if sentence.endswith("\n"):
            line = text[start : at + len(sentence)]
            if len(line) <= LONGEST_LINE and (DIVIDING.search(line) or LISTING.search(line)):
                yield start, line, tuple(count.shifted(at - start) for at, each in within for count in counts(each))
            start, within = at + len(sentence), []
