"""Claims about 规章 and 规范性文件 made, repealed and in force, against the first item of 二."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from gxgen.checks.claims.counts import counts
from gxgen.checks.claims.elsewhere import is_elsewhere, sentences
from gxgen.checks.claims.grammar import is_understood
from gxgen.checks.claims.terms import Claim, Term
from gxgen.spec import Entry, Layout, address_book

VERBS = {
    "制发": r"(?:新?(?:制发|制定(?:并?(?:印发|出台|发布))?|出台|印发))",
    "废止": r"废止",
    "现行有效": r"现行有效(?:的)?",
    "新制作": r"(?:新?(?:制作|制发|制定(?:并?(?:印发|出台|发布))?|出台))",
}
"""How texts say what the form's columns count; a column whose label has none of these words is not spoken of."""
DOCUMENTS = ("规章", "规范性文件")


class DocumentClaims:
    """Reads what a text says of documents, in the words of one form."""

    def __init__(self, layout: Layout, year: int, names: frozenset[str]) -> None:
        self._layout = layout
        self._year = year
        self._names = names

    @cached_property
    def _terms(self) -> Mapping[tuple[str, str], Term]:
        """The cell of each (verb, document)."""
        found: dict[tuple[str, str], Term] = {}
        for entry in address_book(self._layout).entries.values():
            for verb, document in _spoken_of(entry):
                found[verb, document] = Term(f"{document}{entry.column.head.label}", ((entry.address,),))
        return found

    def claims(self, text: str) -> Iterator[Claim]:
        """Every number of documents of *text*."""
        for start, sentence in sentences(text):
            for claim in self._sentence(sentence):
                if not is_elsewhere(sentence, self._year, claim.count.start):
                    yield claim.moved(start)

    def _sentence(self, sentence: str) -> Iterator[Claim]:
        if not any(document in sentence for document in DOCUMENTS):
            return
        cursor, document = 0, ""
        for count in counts(sentence):
            label, cursor = sentence[cursor : count.start], count.end
            verbs = [verb for verb, words in VERBS.items() if re.search(words, label)]
            named = [name for name in DOCUMENTS if name in label]
            document = named[0] if len(named) == 1 else "" if named or not verbs else document
            bare = re.sub(f"行政|{'|'.join(DOCUMENTS)}|{'|'.join(VERBS.values())}", "", label)
            terms = [self._terms[verb, document] for verb in verbs if (verb, document) in self._terms]
            if len(terms) != 1 or not is_understood(bare, self._names):
                document = document if terms else ""
                continue
            if count.counts_cases and not count.is_vague:
                yield Claim(terms[0], count)


def _spoken_of(entry: Entry) -> Iterator[tuple[str, str]]:
    row, column = entry.row.head.label, entry.column.head.label
    for verb in VERBS:
        for document in DOCUMENTS:
            if verb in column and row in (document, f"行政{document}"):
                yield verb, document
