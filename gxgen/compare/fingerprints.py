"""Fingerprints of texts, by which copies are found.

The method is that of shingling (Broder, "On the resemblance and containment of documents", 1997): a text is cut into
chunks, each chunk is normalised and hashed, and two texts share what their sets of hashes have in common.  Here a
chunk is not a fixed number of words but a clause, or several short ones, so that it begins and ends where a sentence
does and an insertion moves no other chunk.  Numbers, years and the agency's own name are normalised away: a text taken
over from another agency or another year differs in nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b

import msgspec

from gxgen.compute import Completed
from gxgen.spec import Layout, unnumbered

SHORTEST_CHUNK = 10
"""Characters of a chunk; a shorter clause is joined with the next, because many short ones are equal by chance."""
SHORTEST_SENTENCE = 6
SENTENCE = re.compile(r"[^。！？!?；;\n]+")
CLAUSE = re.compile(r"[^，,：:]+[，,：:]?")
NUMERAL = re.compile(r"\d[\d.,]*|[一二三四五六七八九十百千万零〇○两]+(?=余?[件条篇次年月日期人份个场项])")
OWN_AGENCY = re.compile(
    r"(?:我|本|全)(?:单位|机关|部门|中心|系统|街道|[局委办院厅部省市县区镇乡校队室])|(?<=[^，。])[省市县区](?=[委政])"
)
HEADING_NUMBER = re.compile(r"^(?:[（(]?[一二三四五六七八九十]+[）)、是]|\d+[.、．]|第[一二三四五六七八九十]+[，、是])")
NON_WORD = re.compile(r"[^\w#◇%]+")
OFFICIAL = re.compile(
    r"根据《中华人民共和国政府信息公开条例》|国办公开办函|年度报告格式|统计期限|1月1日|12月31日|电子版|下载|联系电话|邮政编码"
    r"|如有疑问|如对本报告|特向社会公布|现公布|其他需要报告|信息处理费"
    r"|(?:未|没有|无|不存在|均为0).{0,16}(?:申请|复议|诉讼|收费|责任追究|投诉|举报)"
)
"""Words of the form and of the law, which every report has: the basis, the period, where to ask, and that there was
nothing to report."""


class Fingerprint(msgspec.Struct, frozen=True):
    """The chunks of a report's text, each once, official words aside."""

    hashes: array[int]
    lengths: array[int]
    """Characters of each chunk, in the order of the hashes."""

    @property
    def length(self) -> int:
        """Characters of all chunks."""
        return sum(self.lengths)


def fingerprint(completed: Completed) -> Fingerprint:
    """Fingerprint what an agency writes of its own accord: the sections that have no table.

    What stands before a table says the table in words, and the opening says the law; both are alike everywhere.  Stock
    texts of a pack are not the agency's.
    """
    own = {section.key for section in completed.report.layout.sections if not section.table}
    texts = (
        text
        for place, text in completed.narrative.items()
        if place.partition(".")[0] in own and place not in completed.stock
    )
    return fingerprint_of_texts(texts, completed.report.agency, completed.report.layout)


def fingerprint_of_texts(texts: Iterable[str], agency: str, layout: Layout) -> Fingerprint:
    """Fingerprint the texts of one agency."""
    found = {_hash(chunk): len(chunk) for text in texts for chunk in chunks(text, agency, _labels(layout))}
    return Fingerprint(array("Q", found), array("L", found.values()))


def share(of: Fingerprint, among: Fingerprint) -> float | None:
    """The share of a text that another one contains, 0 to 1; None if it has no chunks."""
    return shared_length(of, among) / of.length if of.length else None


def shared_length(of: Fingerprint, among: Fingerprint) -> int:
    """The characters of one text that another one contains."""
    others = set(among.hashes)
    return sum(length for each, length in zip(of.hashes, of.lengths, strict=True) if each in others)


def chunks(text: str, agency: str = "", labels: frozenset[str] = frozenset()) -> Iterator[str]:
    """The normalised chunks of a text, official words left out."""
    plain = unicodedata.normalize("NFKC", text.replace("**", ""))
    for sentence in SENTENCE.findall(plain):
        if sentence.strip() and not OFFICIAL.search(sentence.replace(" ", "")):
            yield from _chunks(HEADING_NUMBER.sub("", sentence.strip()), agency, labels)


def _chunks(sentence: str, agency: str, labels: frozenset[str]) -> Iterator[str]:
    found, chunk = list[str](), ""
    for clause in CLAUSE.findall(sentence):
        chunk += normalized(clause, agency)
        if len(chunk) >= SHORTEST_CHUNK:
            found.append(chunk)
            chunk = ""
    if chunk and found:
        found[-1] += chunk
    elif len(chunk) >= SHORTEST_SENTENCE:
        found.append(chunk)
    yield from (each for each in found if each not in labels)


def normalized(text: str, agency: str = "") -> str:
    """A text without numbers, years, names of the agency, space and punctuation."""
    named = text.replace(agency, "◇") if agency else text
    return NON_WORD.sub("", NUMERAL.sub("#", OWN_AGENCY.sub("◇", named)))


@cache
def _labels(layout: Layout) -> frozenset[str]:
    """The normalised headings of sections and topics, which are no text of the agency's."""
    names = (
        name for section in layout.sections for name in (section.heading, *(topic.label for topic in section.topics))
    )
    return frozenset(normalized(unnumbered(name)) for name in names)


def _hash(chunk: str) -> int:
    return int.from_bytes(blake2b(chunk.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
