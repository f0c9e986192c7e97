"""Statements about all of what a text has just counted: 全部予以公开, 均已办结, 均为自然人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gxgen.checks.prose.counts import counts
from gxgen.checks.prose.grammar import is_understood, says
from gxgen.checks.prose.negations import Denial
from gxgen.checks.prose.sentences import is_elsewhere, sentences
from gxgen.checks.prose.terms import Reading, Term, Terms
from gxgen.core.regex import LazyPattern, regex

DONE = r"(?:办结|办理完毕|办理完结|处理完毕|答复完毕)"
DULY = r"(?:已|依法|依规|按时|按期|如期|按规定|及时|规范|妥善)*"
ALL = regex("全部|均|都")
END = r"(?=[，,。；;）)\n]|$)"


@lru_cache(maxsize=8)
def _patterns(terms: Terms) -> tuple[LazyPattern[str], LazyPattern[str]]:
    """A statement about all, and the names of parts, in the words of one form."""
    outcomes, kinds = "|".join(terms.outcomes), "|".join(terms.applicants)
    statement = (
        rf"(?:{ALL.pattern}){DULY}(?:(?P<done>{DONE})|(?:作出)?(?P<outcome>{outcomes})(?:决定|处理)?"
        rf"|(?:为|是|由|系)(?P<kind>{kinds})(?:提出|提交)?(?:的)?(?:申请)?){END}"
    )
    return regex(statement), regex(f"{outcomes}|{kinds}|{'|'.join(terms.items)}")


class AllOfThem:
    """Reads what is said of all applications of a sentence; it denies that any was treated otherwise."""

    def __init__(self, terms: Terms, year: int, agency: str) -> None:
        self._terms = terms
        self._year = year
        self._agency = agency
        self._statement, self._other_names = _patterns(terms)

    def denials(self, text: str, *, about_applications: bool) -> Iterator[Denial]:
        """Every such statement of *text* about the applications of the report year."""
        for start, sentence in sentences(text) if ALL.search(text) else ():
            if not (about_applications or "申请" in sentence or "依申请公开" in sentence):
                continue
            for found in self._statement.finditer(sentence):
                before = sentence[: found.start()]
                if self._is_about_all(before) and not is_elsewhere(sentence, self._year, found.start()):
                    yield Denial(tuple(self._others(found)), found[0], start + found.start(), self._spare(found))

    def _is_about_all(self, before: str) -> bool:
        """Whether what was said before is only that so many applications, of no special kind, were received."""
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

    def _others(self, found: re.Match[str]) -> Iterator[Term]:
        """What there would be, were the statement wrong."""
        terms = self._terms
        if found["done"]:
            yield Term("结转下年度继续办理", (terms.cells((terms.carried_forward,), terms.everybody),))
        elif outcome := found["outcome"]:
            meant = terms.covered_by(outcome)
            otherwise = {rows: name for name, rows in terms.outcomes.items() if meant.isdisjoint(rows)}
            yield from (Term(name, (terms.cells(rows, terms.everybody),)) for rows, name in otherwise.items())
        else:
            columns = set(terms.applicants[found["kind"]])
            others = (column for column in terms.single_columns if column not in columns)
            yield Term(f"{found['kind']}以外的申请", (terms.cells((terms.received,), tuple(others)),))

    def _spare(self, found: re.Match[str]) -> Reading:
        """Cells that may account for as many others: those brought forward are no applications of this year."""
        terms = self._terms
        return () if found["kind"] else terms.cells((terms.brought_forward,), terms.everybody)
