"""What a text says of the rows of 二 that hold one number: decisions made (行政许可 …) and fees taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from gxgen.checks.agencies import is_department
from gxgen.checks.claims.counts import Count, counts
from gxgen.checks.claims.elsewhere import clauses_elsewhere, sentences
from gxgen.checks.claims.grammar import ORGANS, is_understood, names_agency
from gxgen.checks.claims.terms import Claim, Term
from gxgen.model import YUAN
from gxgen.patterns import regex
from gxgen.spec import TEN_THOUSAND, Kind, Layout, address_book

DECISIONS = "处理决定"
"""What the label of a column of decisions has in every form."""
MONEY = (YUAN, TEN_THOUSAND)
OF_DECISIONS = regex(r"处理决定|决定书?|措施|实施|采取|数量")
OF_MONEY = regex(r"收取|征收|收入|金额|总额")
ABOUT_SOMETHING_ELSE = regex(
    r"申请|受理|收(?!取|入|费)|新增|复议|诉讼|公开|登记|答复|结转|维持|纠正|审|提出|提交|来自|其中|包括|含|其余|另|属|还|不|仅|只"
)
"""Words of the grammar that make the number one of something else, or of a part."""
UP_TO_MARK = regex(r"[^，,、；;：:。（(]*")
WHOLE_AGENCY = regex(rf"(?:我|本|全)(?:{ORGANS})")


class Row(NamedTuple):
    """A row of 二: how texts call it, what it counts, and whether that is money."""

    term: Term
    is_money: bool


@lru_cache(maxsize=8)
def rows_of_one_number(layout: Layout) -> Mapping[str, Row]:
    """The rows of a form, by their labels, of which a text can only mean one number."""
    found = {}
    for entry in address_book(layout).entries.values():
        label, column = entry.row.head.label, entry.column.head.label
        is_money = entry.kind is Kind.AMOUNT and entry.unit == TEN_THOUSAND
        if is_money or (entry.kind is Kind.COUNT and DECISIONS in column):
            name = label if is_money else f"{label}{DECISIONS}"
            found[label] = Row(Term(name, ((entry.address,),)), is_money)
    return MappingProxyType(found)


class DecisionClaims:
    """Reads numbers of decisions and fees, in the words of one form.

    A government's report tells of its departments one after another; only where a sentence says that it is about the
    whole, or where its place does, is its number the table's.
    """

    def __init__(self, layout: Layout, year: int, agency: str) -> None:
        self._rows = rows_of_one_number(layout)
        self._spoken_of = regex("|".join(self._rows)) if self._rows else None
        self._year = year
        self._agency = agency
        self._has_departments = bool(agency) and not is_department(agency)

    def claims(self, text: str, *, about_all: bool) -> Iterator[Claim]:
        """Every number of decisions or fees of *text*; *about_all* when its place is about nothing else."""
        if self._spoken_of is None or not self._spoken_of.search(text):
            return
        for start, sentence in sentences(text):
            if self._spoken_of.search(sentence) and (about_all or self._is_about_all(sentence)):
                yield from (claim.moved(start) for claim in self._sentence(sentence))

    def _is_about_all(self, sentence: str) -> bool:
        if not self._has_departments:
            return True
        return bool(WHOLE_AGENCY.search(sentence)) or names_agency(sentence, self._agency)

    def _sentence(self, sentence: str) -> Iterator[Claim]:
        """The claims up to the first number that is about something unknown: what follows may be about it, too."""
        elsewhere = clauses_elsewhere(sentence, self._year)
        cursor = 0
        for count in counts(sentence):
            if any(start <= count.start < end for start, end in elsewhere):
                return
            label, end = sentence[cursor : count.start], count.end
            if not any(name in label for name in self._rows) and (follows := UP_TO_MARK.match(sentence, end)):
                label, end = label + follows[0], follows.end()  # 1286件行政许可决定
            row = self._row(label, count)
            if row is None:
                return
            cursor = end
            if not count.is_vague:
                yield Claim(row.term, count)

    def _row(self, label: str, count: Count) -> Row | None:
        named = [name for name in self._rows if name in label]
        if len(named) != 1:
            return None
        row = self._rows[named[0]]
        fits = count.unit in MONEY if row.is_money else count.counts_cases and count.unit != "条"
        bare = (OF_MONEY if row.is_money else OF_DECISIONS).sub("", label.replace(named[0], ""))
        is_plain = fits and not ABOUT_SOMETHING_ELSE.search(bare)
        return row if is_plain and is_understood(bare, frozenset(), self._agency) else None
