"""Claims about 规章 and 规范性文件 made, repealed and in force, against the first item of 二."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from gxgen.checks.claims.counts import counts
from gxgen.checks.claims.elsewhere import is_elsewhere, sentences
from gxgen.checks.claims.grammar import LIMITING, is_understood
from gxgen.checks.claims.terms import Claim, Term
from gxgen.patterns import regex
from gxgen.spec import Entry, Layout, address_book

WORDS = {
    "制发": r"(?:新?(?:制发|制定(?:并?(?:印发|出台|发布))?|出台|印发))",
    "废止": r"废止",
    "现行有效": r"现行有效(?:的)?",
    "新公开": r"新公开",
    "对外公开": r"对外公开(?:总数量?)?",
    "新制作": r"(?:新?(?:制作|制发|制定(?:并?(?:印发|出台|发布))?|出台))",
}
"""How texts say what the form's columns count; a column whose label has none of these words is not spoken of."""
DOCUMENTS = ("规章", "规范性文件")
VERBS = {verb: regex(words) for verb, words in WORDS.items()}
JOINED = ("、", "和", "及")
OF_DOCUMENTS = ("部", "个")
"""Measure words that documents have and applications have not."""
CLAUSE_END = regex(r"(?<=[，,])")
OWN_WORDS = regex(f"行政|政府(?=规章)|{'|'.join(DOCUMENTS)}|{'|'.join(WORDS.values())}")


class DocumentClaims:
    """Reads what a text says of documents, in the words of one form."""

    def __init__(self, layout: Layout, year: int, agency: str, names: frozenset[str]) -> None:
        self._terms = terms_of_documents(layout)
        self._year = year
        self._agency = agency
        self._names = names

    def claims(self, text: str) -> Iterator[Claim]:
        """Every number of documents of *text*."""
        if not any(document in text for document in DOCUMENTS):
            return
        for start, sentence in sentences(text):
            for claim in self._sentence(sentence):
                if not is_elsewhere(sentence, self._year, claim.number.start):
                    yield claim.moved(start)

    def _sentence(self, sentence: str) -> Iterator[Claim]:
        if not any(document in sentence for document in DOCUMENTS):
            return
        cursor, document, last_verbs = 0, "", list[str]()
        for count in counts(sentence):
            label, cursor = self._own_clauses(sentence[cursor : count.start]), count.end
            verbs = [verb for verb, words in VERBS.items() if words.search(label)]
            named = [name for name in DOCUMENTS if name in label]
            if named and not verbs and label[:1] in JOINED:
                verbs = last_verbs  # 废止规章1部、规范性文件2件
            document = named[0] if len(named) == 1 else "" if named or not verbs else document
            terms = [self._terms[verb, document] for verb in verbs if (verb, document) in self._terms]
            if len(terms) != 1 or not is_understood(OWN_WORDS.sub("", label), self._names, self._agency):
                document, last_verbs = document if terms else "", []
                continue
            last_verbs = verbs
            if (count.counts_cases or count.unit in OF_DOCUMENTS) and not count.is_vague:
                yield Claim(terms[0], count)

    @staticmethod
    def _own_clauses(label: str) -> str:
        """The last clause where it says by itself what was done with which documents, and nothing before limits it."""
        *before, last = CLAUSE_END.split(label)
        is_whole = any(name in last for name in DOCUMENTS) and any(words.search(last) for words in VERBS.values())
        return last if before and is_whole and not any(map(LIMITING.search, before)) else label


@lru_cache(maxsize=8)
def terms_of_documents(layout: Layout) -> Mapping[tuple[str, str], Term]:
    """The cell of each (verb, document)."""
    found: dict[tuple[str, str], Term] = {}
    for entry in address_book(layout).entries.values():
        for verb, document in _spoken_of(entry):
            found[verb, document] = Term(f"{document}{entry.column.head.label}", ((entry.address,),))
    return found


def _spoken_of(entry: Entry) -> Iterator[tuple[str, str]]:
    row, column = entry.row.head.label, entry.column.head.label
    for verb in VERBS:
        for document in DOCUMENTS:
            if verb in column and row in (document, f"行政{document}"):
                yield verb, document
