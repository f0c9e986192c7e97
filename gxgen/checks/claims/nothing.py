"""Statements that nothing was received or nobody went to court: 未收到…申请, 没有发生…行政复议、行政诉讼."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gxgen.checks.claims.elsewhere import is_elsewhere, sentences
from gxgen.checks.claims.terms import Reading, Term, Terms
from gxgen.patterns import regex

NOT = r"(?:未|没有|没|无|未曾|尚未|均未|暂未|也未)"
ANYBODY = r"公民、?法人(?:和|或者?|及|、)其他组织"
NOT_RECEIVED = regex(
    rf"{NOT}(?:有)?(?:新)?(?:收到|接到|受理|接收|收悉|产生|发生|有)?(?:过)?(?:任何)?(?:有关|关于|涉及)?"
    rf"(?:{ANYBODY}(?:的|提出的?|提交的?|向[一-龥]{{1,8}}(?:提出|提交)的?)?)?"
    r"(?:有关|关于|涉及|书面|群众|个人|单位)?(?:的)?"
    r"(?:依申请公开(?:政府)?(?:信息)?(?:的)?(?:申请|信件|事项|件|要求)?"
    r"|(?:政府|政务)?信息公开(?:的)?(?:申请|申请件|申请书))",
    holds=("依申请公开", "信息公开"),
)
NOT_ASKED = regex(
    rf"{NOT}(?:有)?{ANYBODY}[^，。；]{{0,12}}(?:提出|提交)[^，。；]{{0,6}}(?:政府|政务)?信息公开(?:的)?申请",
    holds=("法人",),
)
NOT_DISPUTED = regex(
    rf"{NOT}(?:发生|出现|收到|产生|引发|接到|受理|有)?(?:过)?(?:因|有关|涉及|由)?"
    r"(?:政府|政务)?(?:信息公开)?(?:工作|申请|答复)?(?:而|被|引发|引起|发生|申请|提起|提出|的)*"
    r"(?:行政)?(?P<first>复议|诉讼)(?:案件|申请)?"
    r"(?:(?:、|和|或者?|及|以及|与)(?:被)?(?:因|申请|提起|提出)*(?:行政)?(?P<second>复议|诉讼))?"
    r"(?:的)?(?:案件|情况|情形|申请|事项)?",
    holds=("复议", "诉讼"),
)
SPOKEN_OF = regex("申请|复议|诉讼")
NEGATION = regex("[未没无]")
LIMITED = regex("纠正|败诉|撤销|违法|负责任|追究|逾期|超期|收费|收取|投诉|举报|书面通知|除")
"""After these words the statement is about some cases only."""


class Denial(NamedTuple):
    """A statement that there was none: the phrase, and where it stands in the text."""

    of: tuple[Term, ...]
    phrase: str
    offset: int
    spare: Reading = ()
    """Cells that may account for as many as there are all the same."""


_KINDS = {"复议": "行政复议", "诉讼": "行政诉讼"}


def denials(text: str, terms: Terms, year: int, *, about_disputes: bool = False) -> Iterator[Denial]:
    """Every statement of *text* that there was no application, or no dispute, in the report year."""
    received = Term("本年新收政府信息公开申请", (terms.cells((terms.received,), terms.everybody),))
    for start, sentence in sentences(text):
        if not (NEGATION.search(sentence) and SPOKEN_OF.search(sentence)):
            continue
        for found in tuple(NOT_RECEIVED.finditer(sentence)) or NOT_ASKED.finditer(sentence):
            if not (_is_limited(sentence, found) or is_elsewhere(sentence, year, found.start())):
                yield Denial((received,), found[0], start + found.start())
        for found in NOT_DISPUTED.finditer(sentence):
            of_disclosure = about_disputes or "信息公开" in sentence
            if of_disclosure and not (_is_limited(sentence, found) or is_elsewhere(sentence, year, found.start())):
                kinds = sorted({_KINDS[kind] for kind in (found["first"], found["second"]) if kind})
                yield Denial(
                    tuple(Term(kind, (terms.disputes(kind),)) for kind in kinds), found[0], start + found.start()
                )


def _is_limited(sentence: str, found: re.Match[str]) -> bool:
    """Whether the statement goes on to narrow itself down, or is about part of the organ."""
    clause_start = max(sentence.rfind(mark, 0, found.start()) for mark in "，。；：") + 1
    clause_end = min((at for mark in "，。；" if (at := sentence.find(mark, found.end())) >= 0), default=len(sentence))
    around = sentence[clause_start : found.start()] + found[0] + sentence[found.end() : clause_end]
    rest = sentence[found.end() : clause_end]
    return bool(
        LIMITED.search(around) or PART.search(sentence, clause_start, found.start()) or not TAIL.fullmatch(rest)
    )


PART = regex(
    "其中|[局委厅]属|各[一-龥]{0,2}[站所队科股室镇乡]|[一-龥]{1,8}(?:街道|镇|乡|科|股|室|大队|支队|分局|所属|下属|直属)"
)
TAIL = regex(r"(?:的)?(?:情况|情形|案件|现象|事项|件|问题|发生|申请)*[”\"’）)、]*|0件.*")
