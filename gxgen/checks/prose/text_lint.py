"""Find what goes wrong in texts carried over or pasted: empty places, lost brackets, prompts (N-11, N-12)."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.prose.claims import finding_at, texts
from gxgen.checks.wording import SectionSaysNothing, StrayMark, TextDamaged, TopicsMissing
from gxgen.compute import Completed
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.core.regex import regex

SAYS_NOTHING = frozenset({"无", "没有", "暂无", "略", "无问题", "不存在问题", "没有问题"})
TOPICS_THAT_SHOW_A_PLAN = 3
"""Topics with a heading from which a text is taken to go through all topics."""
NUMBERED = regex(r"(?:19|20)\d\d\s?\d{1,4}\s?号")
ISSUER = regex(r"(?:(?![据按照依于和与及的到以])[一-龥]){1,8}[发函规令字办通]\s?$")
LONGEST_ISSUER = 10
"""Characters before a document number that lost its brackets, 国办发 2019 61 号, and the number from its year on."""
UNBRACKETED = "文号可能丢了六角括号〔〕"
DAMAGE_PATTERNS = (
    (r"(?<=（)\s*）|(?<=\()\s*\)|(?<=〔)\s*〕|(?<=《)\s*》|(?<=“)\s*”", "括号或引号里是空的"),
    (
        r"(?<=(?<!\d)2)0\d\d\s{1,4}(?:1[0-2]|0?[1-9])\s{1,4}(?:3[01]|[12]\d|0?[1-9])(?!\d)",
        "日期可能丢了年、月、日",
    ),
    (
        (
            r"(?<=（)文字描述[^）]*）|(?<=【)[^】]{0,12}(?:填写|请|此处|名称|数字)[^】]*】"
            r"|(?<=[×xX])[×xX]+(?=[年月日件条局县市区万元%])|(?<=○)○+|(?<=＿)＿+|(?<=_)__+"
        ),
        "可能是模板里没有改掉的提示文字",
    ),
)
"""Patterns of damage without their first character, each with its message."""
DAMAGE = regex(
    f"[（(〔《“2【×xX○＿_](?:{'|'.join(f'(?P<_{at}>{pattern})' for at, (pattern, _) in enumerate(DAMAGE_PATTERNS))})"
)
"""The patterns in one, beginning with a set of characters, which is searched many times faster than alternatives."""
LINE = regex(r"[^\n]+")
STRAY_MARKS = regex(
    r"[＊｛｝{](?:(?<=＊)＊|(?<=｛)｛|(?<=｝)｝|(?<=(?<!\{)\{) ?[a-z_]+(?:\.[a-z_]+)+ ?\}(?!\}))",
)


def stray_marks(completed: Completed) -> Iterator[Finding]:
    """Malformed marks for bold and for quotations, which would be printed literally."""
    for place, text in texts(completed):
        spans = [found.span() for found in STRAY_MARKS.finditer(text)][:1]
        for line in LINE.finditer(text) if "**" in text else ():
            if line[0].count("**") % 2:
                last = line.start() + line[0].rindex("**")
                spans.append((last, last + 2))
        for span in spans:
            yield finding_at(
                completed,
                place,
                span,
                codes.STRAY_MARK,
                StrayMark(text[span[0] : span[1]]),
            )


def thin_sections(completed: Completed) -> Iterator[Finding]:
    """A section that is narrative only says more than 无 (N-11)."""
    for section in completed.report.layout.sections:
        text = completed.narrative.get(section.key, "")
        if not (section.table or section.default) and text.strip(" 。.\n\u3000") in SAYS_NOTHING:
            yield finding_at(
                completed,
                section.key,
                (0, len(text)),
                codes.THIN_SECTION,
                SectionSaysNothing(section.heading, text.strip()),
            )


def missing_topics(completed: Completed) -> Iterator[Finding]:
    """总体情况 that goes topic by topic speaks of each of its topics (N-11)."""
    for section in completed.report.layout.sections:
        places = {place for place in completed.narrative if place.partition(".")[0] == section.key}
        said = "\n".join(completed.narrative[place] for place in places)
        headed = [topic for topic in section.topics if f"{section.key}.{topic.key}" in places or topic.label in said]
        missing = [
            topic for topic in section.topics if topic not in headed and not any(word in said for word in topic.words)
        ]
        is_unread = any(where.startswith(f"narrative.{section.key}") for where in completed.report.unread)
        if len(headed) >= TOPICS_THAT_SHOW_A_PLAN and missing and not is_unread:
            topics = TopicsMissing(section.heading, tuple(topic.label for topic in missing))
            yield Finding.of(codes.MISSING_TOPIC, f"narrative.{section.key}", topics)


def damaged_text(completed: Completed) -> Iterator[Finding]:
    """No text has lost its brackets or still holds a prompt of its template (N-12)."""
    for place, text in texts(completed):
        for (start, end), problem in (*_unbracketed(text), *_damage(text)):
            yield finding_at(
                completed,
                place,
                (start, end),
                codes.DAMAGED_TEXT,
                TextDamaged(text[start:end], problem),
            )


def _unbracketed(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Document numbers without their brackets, searched by their digits, which are rarer than the words before them."""
    for number in NUMBERED.finditer(text):
        issuer = ISSUER.search(text[max(number.start() - LONGEST_ISSUER, 0) : number.start()])
        if issuer:
            yield (number.start() - len(issuer[0]), number.end()), UNBRACKETED


def _damage(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    for found in DAMAGE.finditer(text):
        yield found.span(), DAMAGE_PATTERNS[int((found.lastgroup or "_0")[1:])][1]
