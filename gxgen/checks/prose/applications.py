"""Read the numbers of applications and disputes (tables of 三 and 四) that a narrative gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

import msgspec
from msgspec.structs import replace

from gxgen.checks.prose.counts import Count, counts, is_bracketed
from gxgen.checks.prose.grammar import CARRIED_IN, LIMITING, OTHER_ORGAN, RECEIVED, by_any_name, is_understood, says
from gxgen.checks.prose.quantities import CellSum, Claim, Quantities, Quantity, named_in
from gxgen.checks.prose.sentences import clauses_out_of_scope, sentences
from gxgen.core.regex import LazyPattern, regex

SPOKEN_OF = regex("申请|复议|诉讼|公开|自然人|结转|提供|处理")
"""A sentence without these words is skipped, unless its place determines its topic."""
OF_APPLICATIONS = (
    "(?:收到|新收|接到|接收|受理|办结|办理|答复)(?:的|各类|政府|政务|信息|公开|件)*申请(?!人)"
    "|申请公开|予以公开|部分公开|自然人|商业企业"
)
"""What is said of nothing but applications for information, where a report of this kind speaks of it."""
SHORTEST_TOPIC = 4
"""Characters of the name of an outcome that is said of nothing else."""
TELLING = regex(
    "申请|诉讼|起诉|收|受理|办理|应办|需办|结|转|延|复|公开|处理|提供|掌握|存在|明确|信息|案卷|人|组织|企业|机构|维持|纠正|审|其他"
)
"""A label without these words names no quantity, and is not parsed."""
BELONGS_BEFORE = regex(r"^[^，,、；;：:。（(]+")
"""The words after a number, up to the next mark, which belong to that number."""
LEAD_IN = regex(
    r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+是|[（(]?\d[）).、])?(?:[^，。：]{0,12}[。：])?"
)
HEADING = regex(
    r"\s*\**(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+(?:是|、)|\d[.．、])?\**"
    r"依申请公开(?:政府信息)?(?:工作)?(?:办理)?(?:情况)?\**(?:[。：:]|\s*\n)"
)
"""The heading of a topic; the text below it is about applications even if it does not say so."""
QUOTED_WHOLE = regex(r"(?:申请)?(?:之?中|里)的")
"""办结48件中的44件: the label belongs to the second number."""
SHARE = regex(r"占(?:比|总数的?)?(?:为|约)?$")
OF_DISPUTES = regex("行政复议|诉|维持|纠正|审|其他结果")
PART_OF_DISPUTES = regex("(?:复议|诉讼)[^。；]*其中[^，。；]{0,8}(?:政府|政务)?信息公开")
"""Of all disputes of an agency, those about information are a part: 行政复议86件，其中涉及政府信息公开15件."""
CLAUSE_MARK = regex("[，,；;]")
CLAUSE_END = regex(r"(?<=[，,])")
SUBMITTED = regex("申请|提出|提交")
EXAMPLES = regex("[一-龥、]*等(?=法人)")
ANY_APPLICANT = regex(r"公民、?法人(?:和|或者?|及|、)其他组织")

OTHER_BODY = regex(rf"{OTHER_ORGAN}|其中|[县市区]直")
"""In words that are not known: somebody else, or a part, who may be meant by all that follows."""

PREDICATE = "均都已全未占予依按为是较比同涉在经由系中"
"""With these begin words after a number that say something of it, and do not name what it counts."""
DISCLOSED = regex("[，、：；]?(?:其中)?[，：]?公开")
"""公开5件, among outcomes: granted, in whole or with those in part."""
SPACE = regex(r"\s+")
REMARK = regex("^[（(][^（）()]*[）)]")
"""In brackets behind the number before: 不予公开1件（内部事务信息），其他处理2件."""
DENIAL = regex("^[，、]?(?:无|未|没有)[^，；。0-9]{0,20}(?=，)")
"""A clause without a number: 无上年结转，结转下年1件."""
PLAIN_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
TOGETHER = regex(
    r"([两二三四])[项者类种](?:合计|共计?|相加|之和|总计)[为是]?$|(?:以上|上述)(?:各项|几项)?(?:合计|共计)[为是]?$"
    "|^，?(?:合计|共计)$"
)
NUMBERS_TOGETHER = {"两": 2, "二": 2, "三": 3, "四": 4}

CARRY_WORDS = ("结转", "转结", "转入", "未办结")
"""Every word for applications brought forward contains one of these."""
AND = r"(?:(?:政府信息公开)?(?:的)?申请件?|的)?(?:和|及|以及|与|、|加上?|并)(?:全年|本年度?)?"
NEW_AND_CARRIED = regex(f"{RECEIVED}{AND}{CARRIED_IN}|{CARRIED_IN}{AND}{RECEIVED}")
AMONG = rf"(?:含|包括|连同|加上?){CARRIED_IN}"
CARRY_INCLUDED = regex(rf"[（(]{AMONG}[^（）()]*[）)]|{AMONG}[的申请件]*在内|{NEW_AND_CARRIED.pattern}")
"""Carry-over that is counted with the others: 受理申请（含上年结转）48件."""


_Meanings = tuple[tuple[str, ...], ...]
"""Sums of rows, each of which a number may be."""


class _Context(msgspec.Struct, frozen=True):
    """What the last number of the sentence was about; the topic carries over to the end of the paragraph."""

    about_applications: bool = False
    meanings: _Meanings = ()
    """Rows that a following 其中自然人 may divide."""
    is_lost: bool = False
    """Whether the sentence had an unknown word before: what follows may be about it, unless it says all itself."""
    is_of_others: bool = False
    """Whether it named another body before: whatever follows in the sentence may be about that."""
    disputes: tuple[str, ...] = ()
    """Labels of 四 that a following 维持 divides."""
    kind: tuple[str, ...] = ()
    """Columns of the applicants last spoken of in the paragraph: 自然人申请新收30件，上年结转3件."""


class _Labelled(msgspec.Struct, frozen=True):
    """A number, the words before it back to the number before, and those after it up to the next mark."""

    count: Count
    label: str
    follows: str
    is_out_of_scope: bool = False


def _plain(label: str) -> str:
    """The words of a label that matter, without spaces: those after the last semicolon, without a heading."""
    label = SPACE.sub("", label).translate(PLAIN_DIGITS)
    last = label.rpartition("；")[2]
    label = last if last.strip("，,") else label
    for aside in (REMARK, DENIAL, LEAD_IN):
        found = aside.match(label)
        label = label[found.end() :] if found else label
    return SHARE.sub("", label) if "占" in label else label


def _sum_of_last(label: str, found: list[Claim]) -> Quantity | None:
    """What 两项合计 counts: all that the last two numbers count."""
    said = TOGETHER.search(label)
    if said is None:
        return None
    number = NUMBERS_TOGETHER.get(said[1], len(found))
    last = found[-number:]
    cells = tuple(cell for claim in last for cell in claim.quantity.candidates[0])
    is_sum = len(last) == number > 1 and len(set(cells)) == len(cells)
    return Quantity("、".join(claim.quantity.name for claim in last), (cells,)) if is_sum else None


@lru_cache(maxsize=8)
def _patterns(quantities: Quantities) -> tuple[LazyPattern[str], LazyPattern[str]]:
    """The patterns of the topic and of the kinds of applicants, in the words of one form."""
    outcomes = (name for name in (*quantities.outcomes, *quantities.items) if len(name) >= SHORTEST_TOPIC)
    topic = regex("|".join((OF_APPLICATIONS, *map(re.escape, outcomes))))
    return topic, regex("|".join(sorted(quantities.applicant_names, key=len, reverse=True)))


class ApplicationClaims:
    """Reads numbers in the words of one form.

    Each number is read with its label, the words back to the number before it; what the label leaves out is taken from
    the numbers before (其中自然人6件 divides the applications just counted).
    """

    def __init__(self, quantities: Quantities, year: int, agency: str) -> None:
        self._quantities = quantities
        self._year = year
        self._agency = agency
        self._topic, self._kinds = _patterns(quantities)

    def claims(self, text: str, *, about_applications: bool = False, about_disputes: bool = False) -> Iterator[Claim]:
        """Every claim of a text.

        Args:
            text: a text of the narrative.
            about_applications: whether its place is about applications.
            about_disputes: whether its place is about reconsideration and litigation.
        """
        context = _Context(about_applications)
        for start, sentence in sentences(text):
            if HEADING.match(sentence):
                context = _Context(about_applications=True)
                if sentence.endswith("\n"):
                    continue  # a heading on a line of its own is that of the next paragraph
            has_numbers = any(count.counts_cases for count in counts(sentence))
            if has_numbers and (about_disputes or context.about_applications or SPOKEN_OF.search(sentence)):
                is_topic = context.about_applications or self._topic.search(sentence) is not None
                kept = _Context(is_topic, kind=context.kind)
                found, context = self._sentence(sentence, kept, about_disputes)
                yield from (claim.shifted(start) for claim in found)
            if sentence.endswith("\n"):
                context = _Context(about_applications)
            else:
                context = replace(context, kind=self._last_kind(sentence) or context.kind)

    def _sentence(self, sentence: str, context: _Context, about_disputes: bool) -> tuple[list[Claim], _Context]:
        found: list[Claim] = []
        for labelled in self._labelled(sentence):
            count = labelled.count
            if labelled.is_out_of_scope:
                context = replace(context, is_lost=count.counts_cases or context.is_lost)
            elif not (count.is_percentage or context.is_of_others or count.counts_cases):
                # 培训3次: no application is counted so, and what follows has to say what it is about.
                context = replace(context, is_lost=True, is_of_others=self._names_others(labelled.label))
            elif not (count.is_percentage or context.is_of_others):
                kind = self._last_kind(sentence[: count.start]) or context.kind
                plain = _Labelled(count, _plain(labelled.label), _plain(labelled.follows))
                quantity, left = self._quantity(plain, replace(context, kind=kind), sentence, about_disputes)
                together = None if quantity else _sum_of_last(plain.label, found)
                context = context if together or is_bracketed(sentence, count) else left
                quantity = quantity or together
                if quantity and count.bounds:
                    found.append(Claim(quantity, count))
        return found, context

    def _labelled(self, sentence: str) -> Iterator[_Labelled]:
        """Every number of a sentence with the words about it."""
        every = counts(sentence)
        out_of_scope = clauses_out_of_scope(sentence, self._year) if every else ()
        cursor = 0
        for count in every:
            if out_of_scope and any(start <= count.start < end for start, end in out_of_scope):
                yield _Labelled(count, "", "", is_out_of_scope=True)
                cursor = count.end
                continue
            if out_of_scope:
                cursor = max([cursor, *(end for _, end in out_of_scope if end <= count.start)])
            label, after = sentence[cursor : count.start], sentence[count.end :]
            if cursor and sentence[cursor - 1] not in "，,；;":
                label = BELONGS_BEFORE.sub("", label)
            cursor = count.end
            if not QUOTED_WHOLE.match(after):
                follows = BELONGS_BEFORE.match(after)
                yield _Labelled(count, label, follows[0] if follows else "")

    def _quantity(
        self, labelled: _Labelled, context: _Context, sentence: str, about_disputes: bool
    ) -> tuple[Quantity | None, _Context]:
        """What a number counts, and the context for the next number."""
        label, follows = labelled.label, labelled.follows
        if context.is_lost:
            label = CLAUSE_MARK.split(label)[-1]
            if not self._says_all(label):
                return None, replace(context, is_of_others=self._names_others(label))
            context = _Context(context.about_applications, kind=context.kind)
        # 收到8件政府信息公开申请, 5件予以公开: what is counted may follow the number.
        tells = TELLING.search(follows) and self._understands(follows)
        whole = label + follows if tells else label
        if not TELLING.search(whole) or not self._understands(whole) or self._counts_something_else(labelled):
            lost = _Context(context.about_applications, is_lost=True, kind=context.kind)
            return None, replace(lost, is_of_others=self._names_others(whole))
        if says("application", whole):
            context = context if context.about_applications else replace(context, about_applications=True)
        found = self._disputes(whole, context, sentence, about_disputes) or self._applications(whole, context)
        return found or (None, context)

    def _counts_something_else(self, labelled: _Labelled) -> bool:
        """Whether only the words after a number name what it counts, and they are not known: 办理2件提案."""
        label, follows = labelled.label, labelled.follows
        if not follows or follows[0] in PREDICATE or says("application", label) or self._understands(follows):
            return False
        return not (named_in(label, self._quantities.names) or OF_DISPUTES.search(label))

    def _names_others(self, label: str) -> bool:
        """Whether unknown words name another body, or a part of this one."""
        return OTHER_BODY.search(by_any_name(label, self._agency)) is not None

    def _says_all(self, clause: str) -> bool:
        """Whether a clause names act and object itself, so that nothing before it can change what it counts."""
        names_act = says("received", clause) or says("handled", clause) or says("carried_forward", clause)
        return names_act and says("application", clause) and self._understands(clause)

    def _understands(self, label: str) -> bool:
        """Whether every word is known; earlier clauses may be unknown if they limit nothing."""
        *before, last = CLAUSE_END.split(label)
        understood = (
            is_understood(label, self._quantities.names, self._agency) or DISCLOSED.fullmatch(label) is not None
        )
        if understood or not before:
            return understood
        whole_statement = says("application", last) and (says("received", last) or says("handled", last))
        return (
            whole_statement
            and is_understood(last, self._quantities.names, self._agency)
            and not any(map(LIMITING.search, before))
        )

    # 三

    def _applications(self, label: str, context: _Context) -> tuple[Quantity | None, _Context] | None:
        if not context.about_applications:
            return None
        quantities = self._quantities
        meanings, name = self._meanings(label)
        columns, kind = self._columns(label)
        if not meanings and kind and not context.meanings and SUBMITTED.search(label):
            # 自然人申请8件 leaves open whether the applications received or those handled are meant.
            whole = (quantities.received,), (quantities.received, quantities.brought_forward), (quantities.outcome,)
            return Quantity(f"{kind}申请", self._cells(whole, columns)), context
        if not meanings and columns:
            meanings = context.meanings
        if not meanings and not kind and says("application", label):
            meanings, name = self._unsaid, "政府信息公开申请"
        if not meanings:
            return None
        is_limit = says("channel", label)
        context = self._after(context, meanings, is_divisible=not is_limit) if not kind else context
        cells = self._cells(meanings, columns or (quantities.total_columns,))
        of_kind = self._cells(meanings, (context.kind,)) if context.kind and not columns else ()
        return Quantity(f"{name}{kind}", cells, of_kind, is_limit=is_limit), context

    def _cells(self, rows: _Meanings, columns: _Meanings) -> tuple[CellSum, ...]:
        return tuple(self._quantities.cells(row, column) for row in rows for column in columns)

    def _after(self, context: _Context, meanings: _Meanings, *, is_divisible: bool) -> _Context:
        """The context after a whole: what a following 其中 may divide."""
        brought = (self._quantities.brought_forward,)
        if not is_divisible:
            meanings = ()
        elif meanings == (brought,) and context.meanings:
            # 新收11件，上年结转1件，其中: both, or either.
            meanings = (brought, *context.meanings, (self._quantities.received, *brought))
        return replace(context, meanings=tuple(dict.fromkeys(meanings)), disputes=())

    @cached_property
    def _unsaid(self) -> _Meanings:
        """What a number of applications may be where no word says whether they were received, handled or granted."""
        quantities = self._quantities
        granted = tuple(row for name in ("予以公开", "部分公开") for row in quantities.outcomes.get(name, ()))
        received, brought = quantities.received, quantities.brought_forward
        return ((received,), (received, brought), (quantities.outcome,), granted[:1], granted)

    def _meanings(self, label: str) -> tuple[_Meanings, str]:
        """The rows that a label may mean, the likeliest first, and the name for messages."""
        quantities = self._quantities
        items = named_in(label, quantities.items)
        if len(items) == 1:
            return (quantities.items[items[0]],), items[0]
        groups = named_in(label, quantities.outcomes)
        if groups:
            rows = dict.fromkeys(row for name in groups for row in quantities.outcomes[name])
            return (tuple(rows),), "、".join(groups)
        if DISCLOSED.fullmatch(label):
            return self._unsaid[3:], "公开"
        act = self._act(label)
        return self._acts[act] if act else ((), "")

    def _act(self, label: str) -> str:
        """What was done with the applications that a label speaks of, as a key of :attr:`_acts`."""
        if says("carried_forward", label) or says("unfinished", label):
            return "carried_forward"
        if NEW_AND_CARRIED.search(label) and not says("handled", label):
            return "new_and_carried"
        if says("brought_forward", label) and not CARRY_INCLUDED.search(label):
            return "brought_forward"
        return next(
            (
                act
                for act in ("handled", "newly_received", "received", "due", "processed", "carried")
                if says(act, label)
            ),
            "",
        )

    @cached_property
    def _acts(self) -> Mapping[str, tuple[_Meanings, str]]:
        """What each act may mean, the likeliest first, and its name for messages."""
        quantities = self._quantities
        received, brought = (quantities.received,), (quantities.brought_forward,)
        outcome, carried = (quantities.outcome,), (quantities.carried_forward,)
        both = (*received, *brought)
        return {
            "carried_forward": ((carried,), "结转下年度"),
            "new_and_carried": ((both,), "新收和上年结转"),
            "brought_forward": ((brought,), "上年结转"),
            "handled": ((outcome,), "办结"),
            "newly_received": ((received,), "新收"),
            "received": ((received, both), "收到"),
            "due": ((both,), "应办"),
            "processed": ((outcome, received, both), "办理"),
            "carried": ((carried, brought), "结转"),
        }

    def _columns(self, label: str) -> tuple[_Meanings, str]:
        """The columns of the applicants that a label names, as alternatives, and their name for messages."""
        # 公民、法人或其他组织提出的 means all applicants; 企业等法人或其他组织 all but natural persons.
        bare = EXAMPLES.sub("", ANY_APPLICANT.sub("", label))
        kinds = named_in(bare, self._quantities.applicant_names)
        if len({self._quantities.applicant_names[kind] for kind in kinds}) != 1:
            return (), ""
        columns = self._quantities.applicant_names[kinds[0]]
        if kinds[0] in self._quantities.applicants:
            return (columns,), kinds[0]
        if SUBMITTED.search(label):
            return (), ""  # 企业提出8件 leaves open too much
        organisations = tuple(each for each in self._quantities.single_columns if each not in self._persons)
        return (columns, organisations), kinds[0]

    @cached_property
    def _persons(self) -> tuple[str, ...]:
        """The column of natural persons, the first of the form."""
        return self._quantities.single_columns[:1]

    def _last_kind(self, text: str) -> tuple[str, ...]:
        """The columns of the applicants that a text names last."""
        if not self._kinds.search(text):
            return ()
        named = self._kinds.findall(ANY_APPLICANT.sub("", text))
        return self._quantities.applicant_names[named[-1]] if named else ()

    # 四

    def _disputes(
        self, label: str, context: _Context, sentence: str, about_disputes: bool
    ) -> tuple[Quantity | None, _Context] | None:
        quantities = self._quantities
        if "信息公开" not in label and PART_OF_DISPUTES.search(sentence):
            return None
        if not (OF_DISPUTES.search(label) and (about_disputes or "信息公开" in sentence or context.disputes)):
            return None
        labels = self._dispute_labels(label)
        # 复议机关维持我局答复；行政诉讼1件: a result in a clause of its own does not belong to the next number.
        clause = CLAUSE_MARK.split(label)[-1]
        head = next((head for head in quantities.verdicts if re.search(head.wording.phrase, clause)), None)
        verdict = head.label if head else CONCLUDED if says("concluded", clause) else ""
        if not labels and not (verdict and context.disputes):
            return None
        labels = labels or context.disputes
        cells = quantities.disputes(*labels)
        if not verdict:
            return Quantity("、".join(labels), (cells,)), replace(context, disputes=labels, meanings=())
        of_verdict = set(quantities.disputes(verdict)) if head else set(cells) - quantities.pending
        return Quantity(
            f"{'、'.join(labels)}{verdict}", (tuple(cell for cell in cells if cell in of_verdict),)
        ), replace(context, disputes=labels, meanings=())

    def _dispute_labels(self, label: str) -> tuple[str, ...]:
        for stage in self._quantities.stages_of_dispute:
            if re.search(stage.wording.phrase, label):
                return (stage.label,)
        kinds = self._quantities.kinds_of_dispute
        return tuple(kind.label for kind in kinds if any(name in label for name in kind.spoken_names))


CONCLUDED = "审结"
"""Not a column of the form: the cases that are not pending."""
