"""What is left of a text when numbers, years and names are taken away: the print by which copies are known.

A text is cut into pieces, each a clause or a few; a piece is known by a hash of its folded words.  Two texts have a
piece in common when both say it in the same words, whatever their numbers are.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

from gxgen.compute import Completed
from gxgen.spec import Layout, unnumbered

SHORTEST = 10
"""Characters of a piece; shorter clauses are taken together with the next, because many say the same by chance."""
SHORTEST_SENTENCE = 6
SENTENCE = re.compile(r"[^。！？!?；;\n]+")
CLAUSE = re.compile(r"[^，,：:]+[，,：:]?")
NUMERAL = re.compile(r"\d[\d.,]*|[一二三四五六七八九十百千万零〇○两]+(?=余?[件条篇次年月日期人份个场项])")
SELF = re.compile(
    r"(?:我|本|全)(?:单位|机关|部门|中心|系统|街道|[局委办院厅部省市县区镇乡校队室])|(?<=[^，。])[省市县区](?=[委政])"
)
HEAD = re.compile(r"^(?:[（(]?[一二三四五六七八九十]+[）)、是]|\d+[.、．]|第[一二三四五六七八九十]+[，、是])")
NO_WORD = re.compile(r"[^\w#◇%]+")
OFFICIAL = re.compile(
    r"根据《中华人民共和国政府信息公开条例》|国办公开办函|年度报告格式|统计期限|1月1日|12月31日|电子版|下载|联系电话|邮政编码"
    r"|如有疑问|如对本报告|特向社会公布|现公布|其他需要报告|信息处理费"
    r"|(?:未|没有|无|不存在|均为0).{0,16}(?:申请|复议|诉讼|收费|责任追究|投诉|举报)"
)
"""Words of the form and of the law, which every report has: the basis, the period, where to ask, and that there was
nothing to report."""


class Print(NamedTuple):
    """The pieces of a report's text, each once, official words aside."""

    hashes: array[int]
    lengths: array[int]
    """Characters of each piece."""

    @property
    def length(self) -> int:
        """Characters of all pieces."""
        return sum(self.lengths)


def print_of(completed: Completed) -> Print:
    """The print of what an agency writes of its own accord: the sections that have no table.

    What stands before a table says the table in words, and the opening says the law; both are alike everywhere.  Stock
    texts of a pack are not the agency's.
    """
    own = {section.key for section in completed.report.layout.sections if not section.table}
    texts = (
        text
        for place, text in completed.narrative.items()
        if place.partition(".")[0] in own and place not in completed.stock
    )
    return print_of_texts(texts, completed.report.agency, completed.report.layout)


def print_of_texts(texts: Iterable[str], agency: str, layout: Layout) -> Print:
    """The print of texts of one agency."""
    found = {_hash(piece): len(piece) for text in texts for piece in pieces(text, agency, _labels(layout))}
    return Print(array("Q", found), array("L", found.values()))


def share(of: Print, among: Print) -> float | None:
    """How much of a text another one has: 0 to 1; None of no text."""
    return common(of, among) / of.length if of.length else None


def common(of: Print, among: Print) -> int:
    """The characters of one text that another one has."""
    others = set(among.hashes)
    return sum(length for each, length in zip(of.hashes, of.lengths, strict=True) if each in others)


def pieces(text: str, agency: str = "", labels: frozenset[str] = frozenset()) -> Iterator[str]:
    """The folded pieces of a text, official words left out."""
    plain = unicodedata.normalize("NFKC", text.replace("**", ""))
    for sentence in SENTENCE.findall(plain):
        if sentence.strip() and not OFFICIAL.search(sentence.replace(" ", "")):
            yield from _pieces(HEAD.sub("", sentence.strip()), agency, labels)


def _pieces(sentence: str, agency: str, labels: frozenset[str]) -> Iterator[str]:
    found, piece = list[str](), ""
    for clause in CLAUSE.findall(sentence):
        piece += fold(clause, agency)
        if len(piece) >= SHORTEST:
            found.append(piece)
            piece = ""
    if piece and found:
        found[-1] += piece
    elif len(piece) >= SHORTEST_SENTENCE:
        found.append(piece)
    yield from (each for each in found if each not in labels)


def fold(text: str, agency: str = "") -> str:
    """The words of a text without numbers, years, names of the agency, space and punctuation."""
    named = text.replace(agency, "◇") if agency else text
    return NO_WORD.sub("", NUMERAL.sub("#", SELF.sub("◇", named)))


@cache
def _labels(layout: Layout) -> frozenset[str]:
    """The words of headings."""
    names = (
        name for section in layout.sections for name in (section.heading, *(topic.label for topic in section.topics))
    )
    return frozenset(fold(unnumbered(name)) for name in names)


def _hash(piece: str) -> int:
    return int.from_bytes(blake2b(piece.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
