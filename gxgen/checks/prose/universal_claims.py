"""Read statements about all of the applications just counted: 全部予以公开, 均已办结, 均为自然人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gxgen.checks.prose.counts import counts
from gxgen.checks.prose.grammar import is_understood, says
from gxgen.checks.prose.negations import Denial
from gxgen.checks.prose.quantities import CellSum, Quantities, Quantity
from gxgen.checks.prose.sentences import is_out_of_scope, sentences
from gxgen.core.regex import LazyPattern, regex

DONE = r"(?:办结|办理完毕|办理完结|处理完毕|答复完毕)"
ADVERBS = r"(?:已|依法|依规|按时|按期|如期|按规定|及时|规范|妥善)*"
ALL = regex("全部|均|都")
END = r"(?=[，,。；;）)\n]|$)"


@lru_cache(maxsize=8)
def _patterns(quantities: Quantities) -> tuple[LazyPattern[str], LazyPattern[str]]:
    """The patterns of a universal statement and of the names of parts, in the words of one form."""
    outcomes, kinds = "|".join(quantities.outcomes), "|".join(quantities.applicants)
    statement = (
        rf"(?:{ALL.pattern}){ADVERBS}(?:(?P<done>{DONE})|(?:作出)?(?P<outcome>{outcomes})(?:决定|处理)?"
        rf"|(?:为|是|由|系)(?P<kind>{kinds})(?:提出|提交)?(?:的)?(?:申请)?){END}"
    )
    return regex(statement), regex(f"{outcomes}|{kinds}|{'|'.join(quantities.items)}")


class UniversalClaims:
    """Reads what is said of all applications of a sentence as a denial of every alternative."""

    def __init__(self, quantities: Quantities, year: int, agency: str) -> None:
        self._quantities = quantities
        self._year = year
        self._agency = agency
        self._statement, self._other_names = _patterns(quantities)

    def denials(self, text: str, *, about_applications: bool) -> Iterator[Denial]:
        """Every such statement of a text about the applications of the report year."""
        for start, sentence in sentences(text) if ALL.search(text) else ():
            if not (about_applications or "申请" in sentence or "依申请公开" in sentence):
                continue
            for found in self._statement.finditer(sentence):
                before = sentence[: found.start()]
                if self._is_about_all(before) and not is_out_of_scope(sentence, self._year, found.start()):
                    yield Denial(tuple(self._others(found)), found[0], start + found.start(), self._offset_cells(found))

    def _is_about_all(self, before: str) -> bool:
        """Whether the words before say only how many applications, of no special kind, were received."""
        cursor, words = 0, []
        for count in counts(before):
            words.append(before[cursor : count.start])
            cursor = count.end
        plain = "".join((*words, before[cursor:]))
        return (
            says("application", plain)
            and (says("received", plain) or says("handled", plain))
            and not (
                self._other_names.search(plain) or any(word in plain for word in ("其中", "含", "其余", "仅", "只"))
            )
            and is_understood(plain, frozenset(), self._agency)
        )

    def _others(self, found: re.Match[str]) -> Iterator[Quantity]:
        """The alternatives that the statement denies."""
        quantities = self._quantities
        if found["done"]:
            yield Quantity("结转下年度继续办理", (quantities.totals(quantities.carried_forward),))
        elif outcome := found["outcome"]:
            meant = quantities.covered_by(outcome)
            otherwise = {rows: name for name, rows in quantities.outcomes.items() if meant.isdisjoint(rows)}
            yield from (Quantity(name, (quantities.totals(*rows),)) for rows, name in otherwise.items())
        else:
            columns = set(quantities.applicants[found["kind"]])
            others = (column for column in quantities.single_columns if column not in columns)
            yield Quantity(f"{found['kind']}以外的申请", (quantities.cells((quantities.received,), tuple(others)),))

    def _offset_cells(self, found: re.Match[str]) -> CellSum:
        """Applications brought forward, which the statement need not include."""
        quantities = self._quantities
        return () if found["kind"] else quantities.totals(quantities.brought_forward)
