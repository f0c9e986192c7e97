"""What a narrative says in numbers about applications and disputes, as terms of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gxgen.checks.claims.counts import counts, is_bracketed
from gxgen.checks.claims.elsewhere import clauses_elsewhere, sentences
from gxgen.checks.claims.grammar import is_understood, says
from gxgen.checks.claims.terms import Claim, Reading, Term, Terms

LIMITING = (
    r"其中|局|办(?![理结复])|委|镇|乡|街道|处|院|中心|科|所|站|公司|单位|部门"
    r"|网|信函|邮|当面|平台|渠道|窗口|现场|方式|通过|以下|不|仅|只|\d"
)
"""Words of a part of the agency or of the applications."""
SPOKEN_OF = ("申请", "复议", "诉讼")
"""A sentence without these is about something else, unless its place says what it is about."""
TELLING = (
    "申请",
    "复议",
    "诉讼",
    "收",
    "受理",
    "结",
    "复",
    "公开",
    "处理",
    "提供",
    "人",
    "组织",
    "企业",
    "机构",
    "维持",
    "纠正",
    "审",
    "其他",
)
"""Without one of these a label names no quantity, and need not be parsed."""
BELONGS_BEFORE = re.compile(r"^[^，,、；;：:。（(]+")
"""What follows a number up to the next mark belongs to that number."""
LEAD_INS = (
    r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+是|[（(]?\d[）).、])",
    r"^[^，。：]{0,12}[。：]",
    r"占(?:比|总数的?)?(?:为|约)?$",
)


class _Context(NamedTuple):
    """What the last number was about, within a sentence; the topic lives on to the end of the paragraph."""

    about_applications: bool = False
    rows: tuple[str, ...] = ()
    """Rows that a following 其中自然人 divides; with those that may be added."""
    more_rows: tuple[str, ...] = ()
    is_lost: bool = False
    """Something before in the sentence was not understood; what follows may be about it."""
    disputes: tuple[str, ...] = ()
    """Labels of 四 that a following 维持 divides."""


class ClaimReader:
    """Reads claims in the words of one form."""

    def __init__(self, terms: Terms, year: int, agency: str) -> None:
        self._terms = terms
        self._year = year
        self._agency = agency
        # The form's own words, which stand in sentences among the grammar's.
        self.names = frozenset((*terms.applicants, *terms.outcomes, *terms.items))

    def claims(self, text: str, *, about_applications: bool = False, about_disputes: bool = False) -> Iterator[Claim]:
        """Every claim of *text*, whose place in the report may already say what it is about."""
        context = _Context(about_applications)
        for start, sentence in sentences(text):
            context = context._replace(rows=(), more_rows=(), disputes=(), is_lost=False)
            found, context = self._sentence(sentence, context, about_disputes)
            yield from (claim.moved(start) for claim in found)
            if sentence.endswith("\n"):
                context = _Context(about_applications)

    def _sentence(self, sentence: str, context: _Context, about_disputes: bool) -> tuple[list[Claim], _Context]:
        found: list[Claim] = []
        if not (about_disputes or context.about_applications or any(word in sentence for word in SPOKEN_OF)):
            return found, context
        elsewhere = clauses_elsewhere(sentence, self._year)
        cursor = 0
        for count in counts(sentence):
            if any(start <= count.start < end for start, end in elsewhere):
                cursor, context = count.end, context._replace(is_lost=count.counts_cases or context.is_lost)
                continue
            if count.is_percentage:
                cursor = count.end
                continue
            cursor = max([cursor, *(end for _, end in elsewhere if end <= count.start)])
            label, after = sentence[cursor : count.start], sentence[count.end :]
            if cursor and sentence[cursor - 1] not in "，,；;":
                label = BELONGS_BEFORE.sub("", label)
            cursor = count.end
            term, left = self._term(label, after, context, sentence, about_disputes)
            context = context if is_bracketed(sentence, count) else left
            if term and count.counts_cases and not count.is_vague:
                found.append(Claim(term, count))
        return found, context

    def _term(
        self, label: str, after: str, context: _Context, sentence: str, about_disputes: bool
    ) -> tuple[Term | None, _Context]:
        """What the number between *label* and *after* counts, and the context that it leaves."""
        label = label.strip()
        for lead_in in LEAD_INS:
            label = re.sub(lead_in, "", label)
        # 收到8件政府信息公开申请, 5件予以公开: what is counted may follow the number.
        follows = BELONGS_BEFORE.match(after)
        whole = label + (follows[0] if follows and self._understands(follows[0]) else "")
        if context.is_lost or not any(word in whole for word in TELLING) or not self._understands(whole):
            return None, context._replace(is_lost=True)
        if says("application", whole):
            context = context._replace(about_applications=True)
        found = self._disputes(whole, context, sentence, about_disputes) or self._applications(whole, context)
        return found or (None, context)

    def _understands(self, label: str) -> bool:
        """Whether every word is known; clauses before the last may be about something that limits nothing."""
        *before, last = re.split(r"(?<=[，,])", label)
        understood = is_understood(label, self.names, self._agency)
        if understood or not before:
            return understood
        whole_statement = says("application", last) and (says("received", last) or says("handled", last))
        return (
            whole_statement
            and is_understood(last, self.names, self._agency)
            and not any(re.search(LIMITING, clause) for clause in before)
        )

    # 三

    def _applications(self, label: str, context: _Context) -> tuple[Term | None, _Context] | None:
        if not context.about_applications:
            return None
        terms = self._terms
        rows, more, name = self._rows(label)
        columns, kind = self._columns(label)
        if not rows and columns and context.rows:
            rows, more, name = context.rows, context.more_rows, ""
        if not rows:
            return None
        context = context._replace(rows=rows, more_rows=more, disputes=()) if not kind else context
        of = columns or terms.everybody
        readings: list[Reading] = [terms.cells(rows, of)]
        readings += [terms.cells((*rows, *more), of)] if more else []
        return Term(f"{name}{kind}", tuple(readings)), context

    def _rows(self, label: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """The rows that a label names, and rows that an author may have added to them."""
        terms = self._terms
        items = [name for name in terms.items if name in label]
        if len(items) == 1:
            return terms.items[items[0]], (), items[0]
        groups = [name for name in terms.outcomes if name in label]
        if groups:
            rows = tuple(row for name in groups for row in terms.outcomes[name])
            return rows, (), "、".join(groups)
        if says("carried_forward", label):
            return (terms.carried_forward,), (), "结转下年度"
        if says("brought_forward", label):
            return (terms.brought_forward,), (), "上年结转"
        if says("handled", label):
            return (terms.outcome,), (), "办结"
        if says("received", label):
            return (terms.received,), (terms.brought_forward,), "收到"
        return (), (), ""

    def _columns(self, label: str) -> tuple[tuple[str, ...], str]:
        # The applicants of the phrase 公民、法人或其他组织提出的 are everybody.
        bare = re.sub(r"公民、?法人(?:和|或者?|及|、)其他组织", "", label)
        kinds = [name for name in self._terms.applicants if name in bare]
        return (self._terms.applicants[kinds[0]], kinds[0]) if len(kinds) == 1 else ((), "")

    # 四

    def _disputes(
        self, label: str, context: _Context, sentence: str, about_disputes: bool
    ) -> tuple[Term | None, _Context] | None:
        terms = self._terms
        if not (about_disputes or "信息公开" in sentence or context.disputes):
            return None
        labels = self._dispute_labels(label)
        verdict = next((name for word, name in VERDICTS.items() if says(word, label)), "")
        if not labels and not (verdict and context.disputes):
            return None
        labels = labels or context.disputes
        cells = terms.disputes(*labels)
        if verdict:
            cells = tuple(cell for cell in cells if cell in terms.verdicts.get(verdict, ()))
            return Term(f"{'、'.join(labels)}{verdict}", (cells,)), context
        return Term("、".join(labels), (cells,)), context._replace(disputes=labels, rows=(), more_rows=())

    @staticmethod
    def _dispute_labels(label: str) -> tuple[str, ...]:
        if says("direct", label):
            return ("未经复议直接起诉",)
        if says("after", label):
            return ("复议后起诉",)
        return tuple(
            name for word, name in (("reconsideration", "行政复议"), ("litigation", "行政诉讼")) if name in label
        )


VERDICTS = {"upheld": "结果维持", "corrected": "结果纠正", "pending": "尚未审结", "other_result": "其他结果"}
