"""Statements that there was none of a row: 未制发行政规范性文件, 没有结转下年度的申请, 未作出行政处罚决定."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from gxgen.checks.claims.decisions import rows_of_one_number
from gxgen.checks.claims.documents import DOCUMENTS, WORDS, terms_of_documents
from gxgen.checks.claims.elsewhere import is_elsewhere, sentences
from gxgen.checks.claims.grammar import CARRIED_IN, CARRIED_OUT, by_any_name, is_understood
from gxgen.checks.claims.nothing import Denial
from gxgen.checks.claims.terms import Term, Terms
from gxgen.patterns import regex
from gxgen.spec import Layout

NOT = r"(?:也|均|都|尚|暂|并)?(?:未曾|没有|未|无|没)"
AND = r"(?:、|和|或者?|及|以及|与)"
NEGATION = regex(NOT)
NEGATED = regex("[未没无]")
CLAUSE = regex(r"[^，,；;。：:（）()！？!?\n]+")
OTHER_OFFICE = regex("[局委厅]属|[所下直]属|(?<![我本全])(?:局|委|镇|乡|街道|中心|队|所|站|公司|学校|医院)")
CASES = r"(?:的)?(?:政府信息公开|依申请公开)?(?:申请|事项|件|情况|情形|问题)*"
REFUSALS = ("部分公开", "不予公开", "无法提供", "不予处理")
"""Groups of outcomes whose name, denied, can be nothing but the group; 未予以公开 is said of information, too."""
CARRIED_FORWARD, BROUGHT_FORWARD, OUTCOMES, PAPERS, DECIDED = "carried", "brought", "outcomes", "papers", "decided"
OF_APPLICATIONS = frozenset({OUTCOMES})
"""What may be said of other things as well, where no application is spoken of."""


def _listed(names: tuple[str, ...], between: str = AND) -> str:
    name = f"(?:{'|'.join(names)})"
    return f"{name}(?:{between}{name})*"


@lru_cache(maxsize=8)
def _statements(layout: Layout) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What may be denied, and how; ``names`` and ``verbs`` say of what."""
    papers = _listed(tuple(f"(?:行政|政府)?{name}" for name in DOCUMENTS))
    verbs = _listed(tuple(WORDS.values()), rf"{AND}(?:未|没有)?")
    rows = _listed(tuple(f"{name}(?:处理)?(?:决定|措施)?" for name in rows_of_one_number(layout)))
    decided = "(?:作出|做出|实施|采取|发生|办理|开展|收取|征收|产生)?(?:过|任何)*"
    refused = _listed(REFUSALS)
    of_papers = rf"{NOT}(?:新)?(?P<verbs>{verbs})(?:过|任何|新的?)*(?P<names>{papers})(?:的?(?:情况|情形))?"
    of_decisions = rf"{NOT}{decided}(?P<names>{rows})(?:的)?(?:案件|事项|情况|情形|项目|收入|行为)*"
    of_outcomes = rf"{NOT}(?:作出|出现|发生|有)?(?P<names>{refused})(?:决定|答复)?{CASES}"
    return (
        (CARRIED_FORWARD, regex(rf"{NOT}(?:有|需要?)*{CARRIED_OUT}{CASES}", holds=("转", "继续"))),
        (BROUGHT_FORWARD, regex(rf"{NOT}(?:有)?{CARRIED_IN}{CASES}", holds=("转", "结"))),
        (OUTCOMES, regex(of_outcomes, holds=REFUSALS)),
        (PAPERS, regex(of_papers, holds=tuple(DOCUMENTS))),
        (DECIDED, regex(of_decisions, holds=tuple(rows_of_one_number(layout)))),
    )


@lru_cache(maxsize=8)
def _words(layout: Layout) -> re.Pattern[str]:
    """Without one of these words a sentence denies nothing that is known here."""
    return regex(
        "|".join(("结转", "转结", "转入", "继续办理", "未办结", *REFUSALS, *DOCUMENTS, *rows_of_one_number(layout)))
    )


class AbsentRows:
    """Reads clauses that say there was none, in the words of one form.

    The whole clause is read, up to its marks: what limits the statement would stand in it.
    """

    def __init__(self, terms: Terms, layout: Layout, year: int, agency: str) -> None:
        self._year = year
        self._agency = agency
        self._terms = terms
        self._rows = rows_of_one_number(layout)
        self._documents = terms_of_documents(layout)
        self._spoken_of = _words(layout)
        self._patterns = _statements(layout)

    def denials(self, text: str, *, about_applications: bool) -> Iterator[Denial]:
        """Every such clause of *text* that is about the report year."""
        for start, sentence in sentences(text):
            if not (NEGATED.search(sentence) and self._spoken_of.search(sentence)):
                continue
            about = about_applications or "申请" in sentence
            for clause in CLAUSE.finditer(sentence):
                negation = NEGATION.search(clause[0])
                if negation is None:
                    continue
                denied = self._denied(clause[0][negation.start() :], about_applications=about)
                at = clause.start() + negation.start()
                if denied and self._is_plain(sentence, clause.start(), at):
                    yield Denial(denied, sentence[at : clause.end()], start + at)

    def _is_plain(self, sentence: str, clause: int, at: int) -> bool:
        """Whether what a clause denies *at* a place is limited neither by the clause nor by an office named before."""
        before = sentence[clause:at]
        understood = is_understood(before, frozenset(), self._agency) and "其中" not in before
        offices = OTHER_OFFICE.search(by_any_name(sentence[:clause], self._agency))
        return understood and not offices and not is_elsewhere(sentence, self._year, at)

    def _denied(self, statement: str, *, about_applications: bool) -> tuple[Term, ...]:
        for kind, pattern in self._patterns:
            if found := pattern.fullmatch(statement):
                return tuple(self._named(kind, found)) if about_applications or kind not in OF_APPLICATIONS else ()
        return ()

    def _named(self, kind: str, found: re.Match[str]) -> Iterator[Term]:
        terms = self._terms
        if kind == CARRIED_FORWARD:
            yield Term("结转下年度继续办理", (terms.cells((terms.carried_forward,), terms.everybody),))
        elif kind == BROUGHT_FORWARD:
            yield Term("上年结转", (terms.cells((terms.brought_forward,), terms.everybody),))
        elif kind == OUTCOMES:
            named = (name for name in REFUSALS if name in found["names"] and name in terms.outcomes)
            yield from (Term(name, (terms.cells(terms.outcomes[name], terms.everybody),)) for name in named)
        elif kind == DECIDED:
            yield from (row.term for name, row in self._rows.items() if name in found["names"])
        else:
            yield from _papers(self._documents, found)


def _papers(documents: Mapping[tuple[str, str], Term], found: re.Match[str]) -> Iterator[Term]:
    for (verb, document), term in documents.items():
        if document in found["names"] and re.search(WORDS[verb], found["verbs"]):
            yield term
