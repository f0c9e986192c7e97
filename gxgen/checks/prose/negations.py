"""Statements that there was none of a row: 未制发行政规范性文件, 没有结转下年度的申请, 未作出行政处罚决定."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import msgspec

from gxgen.checks.prose.disclosure import document_quantities, document_words, single_figure_rows
from gxgen.checks.prose.grammar import CARRIED_IN, CARRIED_OUT, by_any_name, is_understood
from gxgen.checks.prose.quantities import CellSum, Quantities, Quantity, named_in
from gxgen.checks.prose.sentences import is_out_of_scope, sentences
from gxgen.core.regex import LazyPattern, regex
from gxgen.spec import Layout

NOT = r"(?:未|没有|没|无|未曾|尚未|均未|暂未|也未)"
APPLICANT_PHRASE = r"公民、?法人(?:和|或者?|及|、)其他组织"
NOT_RECEIVED = regex(
    rf"{NOT}(?:有)?(?:新)?(?:收到|接到|受理|接收|收悉|产生|发生|有)?(?:过)?(?:任何|各类)*(?:有关|关于|涉及)?"
    rf"(?:{APPLICANT_PHRASE}(?:的|提出的?|提交的?|向[一-龥]{{1,8}}(?:提出|提交)的?)?)?"
    r"(?:有关|关于|涉及|书面|群众|个人|单位)?(?:的)?"
    r"(?:依申请公开(?:政府)?(?:信息)?(?:的)?(?:申请|信件|事项|件|要求)?"
    r"|(?:政府|政务)?信息公开(?:的)?(?:申请|申请件|申请书))",
)
NOT_ASKED = regex(
    rf"{NOT}(?:有)?{APPLICANT_PHRASE}[^，。；]{{0,12}}(?:提出|提交)[^，。；]{{0,6}}(?:政府|政务)?信息公开(?:的)?申请",
)
NOT_DISPUTED = regex(
    rf"{NOT}(?:发生|出现|收到|产生|引发|接到|受理|有)?(?:过)?(?:任何)?(?:行政机关|本机关)?(?:因|有关|涉及|由)?"
    r"(?:依申请公开(?:政府信息)?|(?:政府|政务)?(?:信息公开)?)(?:工作|申请|答复|行为)?"
    r"(?:而|而起|被|引发|引起|产生|导致|发生|申请|提起|提出|的)*"
    r"(?:行政)?(?P<first>复议|诉讼)(?:案件|申请)?"
    r"(?:(?:、|和|或者?|及|以及|与)(?:被)?(?:因|申请|提起|提出)*(?:行政)?(?P<second>复议|诉讼))?"
    r"(?:的)?(?:案件|情况|情形|申请|事项)?",
)
SPOKEN_OF = regex("申请|复议|诉讼")
SPOKEN_OF_DISCLOSURE = regex("信息公开|依申请公开")
NEGATION = regex("[未没无]")
LIMITED = regex("纠正|败诉|撤销|违法|负责任|追究|逾期|超期|收费|收取|投诉|举报|书面通知|除")
"""Words that limit a statement to some cases."""


class Denial(msgspec.Struct, frozen=True):
    """A statement that there was none of some quantities: the phrase and its offset."""

    of: tuple[Quantity, ...]
    phrase: str
    offset: int
    offset_cells: CellSum = ()
    """Cells whose cases the statement need not include: it is wrong only if there are more than these."""


def denials(
    text: str, quantities: Quantities, year: int, agency: str = "", *, about_disputes: bool = False
) -> Iterator[Denial]:
    """Every statement that there was no application, or no dispute, in the report year."""
    received = Quantity("本年新收政府信息公开申请", (quantities.totals(quantities.received),))
    for start, sentence in sentences(text):
        if not (NEGATION.search(sentence) and SPOKEN_OF.search(sentence)):
            continue
        for found in tuple(NOT_RECEIVED.finditer(sentence)) or NOT_ASKED.finditer(sentence):
            if not (_is_limited(sentence, found, agency) or is_out_of_scope(sentence, year, found.start())):
                yield Denial((received,), found[0], start + found.start())
        for found in NOT_DISPUTED.finditer(sentence):
            of_disclosure = about_disputes or SPOKEN_OF_DISCLOSURE.search(sentence) is not None
            if of_disclosure and not (
                _is_limited(sentence, found, agency) or is_out_of_scope(sentence, year, found.start())
            ):
                words = {word for word in (found["first"], found["second"]) if word}
                heads = (head for head in quantities.kinds_of_dispute if any(word in head.label for word in words))
                kinds = sorted(head.label for head in heads)
                yield Denial(
                    tuple(Quantity(kind, (quantities.disputes(kind),)) for kind in kinds),
                    found[0],
                    start + found.start(),
                )


def _is_limited(sentence: str, found: re.Match[str], agency: str) -> bool:
    """Whether the statement is limited to some cases or to part of the agency."""
    clause_start = max(sentence.rfind(mark, 0, found.start()) for mark in "，。；：") + 1
    clause_end = min((at for mark in "，。；" if (at := sentence.find(mark, found.end())) >= 0), default=len(sentence))
    around = sentence[clause_start : found.start()] + found[0] + sentence[found.end() : clause_end]
    rest = sentence[found.end() : clause_end]
    return bool(
        LIMITED.search(around)
        or PART.search(by_any_name(sentence[clause_start : found.start()], agency))
        or not TAIL.fullmatch(rest)
    )


PART = regex(
    "其中|[局委厅]属|各[一-龥]{0,2}[站所队科股室镇乡]|[一-龥](?<![我本全])(?:街道|镇|乡|科|股|室|大队|支队|分局|所属|下属|直属)"
)
TAIL = regex(r"(?:的)?(?:情况|情形|案件|现象|事项|件|问题|发生|申请)*[”\"’）)、]*|0件.*")


NEGATOR = r"(?:也|均|都|尚|暂|并)?(?:未曾|没有|未|无|没)"
AND = r"(?:、|和|或者?|及|以及|与)"
NEGATOR_PATTERN = regex(NEGATOR)
NEGATED_SENTENCE = regex("[未没无]")
CLAUSE = regex(r"[^，,；;。：:（）()！？!?\n]+")
OTHER_OFFICE = regex("[局委厅]属|[所下直]属|(?<![我本全])(?:局|委|镇|乡|街道|中心|队|所|站|公司|学校|医院)")
CASES = r"(?:的)?(?:政府信息公开|依申请公开)?(?:申请|事项|件|情况|情形|问题)*"
CARRIED_FORWARD, BROUGHT_FORWARD, OUTCOMES, PAPERS, DECIDED = "carried", "brought", "outcomes", "papers", "decided"
OF_APPLICATIONS = frozenset({OUTCOMES})
"""Statements that count only in a context of applications."""


def _listed(names: tuple[str, ...], between: str = AND) -> str:
    name = f"(?:{'|'.join(names)})"
    return f"{name}(?:{between}{name})*"


@lru_cache(maxsize=8)
def _statements(quantities: Quantities, layout: Layout) -> tuple[tuple[str, LazyPattern[str]], ...]:
    """The patterns of denials by kind; the groups ``names`` and ``verbs`` say what is denied."""
    papers = _listed(tuple(f"(?:行政|政府)?{name}" for name in document_words().names))
    verbs = _listed(tuple(document_words().verbs), rf"{AND}(?:未|没有)?")
    rows = _listed(tuple(f"{name}(?:处理)?(?:决定|措施)?" for name in single_figure_rows(layout)))
    decided = "(?:作出|做出|实施|采取|发生|办理|开展|收取|征收|产生)?(?:过|任何)*"
    refused = _listed(quantities.deniable_outcomes)
    of_papers = rf"{NEGATOR}(?:新)?(?P<verbs>{verbs})(?:过|任何|新的?)*(?P<names>{papers})(?:的?(?:情况|情形))?"
    of_decisions = rf"{NEGATOR}{decided}(?P<names>{rows})(?:的)?(?:案件|事项|情况|情形|项目|收入|行为)*"
    of_outcomes = rf"{NEGATOR}(?:作出|出现|发生|有)?(?P<names>{refused})(?:决定|答复)?{CASES}"
    return (
        (CARRIED_FORWARD, regex(rf"{NEGATOR}(?:有|需要?)*{CARRIED_OUT}{CASES}")),
        (BROUGHT_FORWARD, regex(rf"{NEGATOR}(?:有)?{CARRIED_IN}{CASES}")),
        (OUTCOMES, regex(of_outcomes)),
        (PAPERS, regex(of_papers)),
        (DECIDED, regex(of_decisions)),
    )


@lru_cache(maxsize=8)
def _words(quantities: Quantities, layout: Layout) -> LazyPattern[str]:
    """A sentence without one of these words denies none of the rows."""
    return regex(
        "|".join(
            (
                "结转",
                "转结",
                "转入",
                "继续办理",
                "未办结",
                *quantities.deniable_outcomes,
                *document_words().names,
                *single_figure_rows(layout),
            )
        )
    )


class RowDenials:
    """Reads clauses that deny rows of a form.

    The whole clause must match, since words that limit the statement would be in it.
    """

    def __init__(self, quantities: Quantities, layout: Layout, year: int, agency: str) -> None:
        self._year = year
        self._agency = agency
        self._quantities = quantities
        self._rows = single_figure_rows(layout)
        self._documents = document_quantities(layout)
        self._spoken_of = _words(quantities, layout)
        self._patterns = _statements(quantities, layout)

    def denials(self, text: str, *, about_applications: bool) -> Iterator[Denial]:
        """Every such clause of a text that is about the report year."""
        for start, sentence in sentences(text):
            if not (NEGATED_SENTENCE.search(sentence) and self._spoken_of.search(sentence)):
                continue
            about = about_applications or "申请" in sentence
            for clause in CLAUSE.finditer(sentence):
                negation = NEGATOR_PATTERN.search(clause[0])
                if negation is None:
                    continue
                denied = self._denied(clause[0][negation.start() :], about_applications=about)
                at = clause.start() + negation.start()
                if denied and self._is_plain(sentence, clause.start(), at):
                    yield Denial(denied, sentence[at : clause.end()], start + at)

    def _is_plain(self, sentence: str, clause: int, at: int) -> bool:
        """Whether neither the clause nor an office named before limits the denial at offset *at*."""
        before = sentence[clause:at]
        understood = is_understood(before, frozenset(), self._agency) and "其中" not in before
        offices = OTHER_OFFICE.search(by_any_name(sentence[:clause], self._agency))
        return understood and not offices and not is_out_of_scope(sentence, self._year, at)

    def _denied(self, statement: str, *, about_applications: bool) -> tuple[Quantity, ...]:
        for kind, pattern in self._patterns:
            if found := pattern.fullmatch(statement):
                return tuple(self._named(kind, found)) if about_applications or kind not in OF_APPLICATIONS else ()
        return ()

    def _named(self, kind: str, found: re.Match[str]) -> Iterator[Quantity]:
        quantities = self._quantities
        if kind == CARRIED_FORWARD:
            yield Quantity("结转下年度继续办理", (quantities.totals(quantities.carried_forward),))
        elif kind == BROUGHT_FORWARD:
            yield Quantity("上年结转", (quantities.totals(quantities.brought_forward),))
        elif kind == OUTCOMES:
            named = named_in(found["names"], quantities.deniable_outcomes)
            yield from (Quantity(name, (quantities.totals(*quantities.outcomes[name]),)) for name in named)
        elif kind == DECIDED:
            yield from (self._rows[name].quantity for name in named_in(found["names"], self._rows))
        else:
            yield from _papers(self._documents, found)


def _papers(documents: Mapping[tuple[str, str], Quantity], found: re.Match[str]) -> Iterator[Quantity]:
    for (verb, document), quantity in documents.items():
        if document in found["names"] and re.search(verb, found["verbs"]):
            yield quantity
