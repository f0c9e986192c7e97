"""Read the numbers of decisions, fees and documents (table of 二) that a text gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

import msgspec

from gxgen.checks.agencies import is_department, is_town
from gxgen.checks.prose.counts import Count, counts
from gxgen.checks.prose.grammar import LIMITING, ORGANS, is_understood, names_agency
from gxgen.checks.prose.quantities import Claim, Quantity, named_in
from gxgen.checks.prose.sentences import clauses_out_of_scope, is_out_of_scope, sentences
from gxgen.core.regex import LazyPattern, regex
from gxgen.model import YUAN
from gxgen.spec import TEN_THOUSAND, Kind, Layout, address_book, layouts

MONEY = (YUAN, TEN_THOUSAND)
OF_DECISIONS = regex(r"处理决定|决定书?|措施|实施|采取|数量")
OF_MONEY = regex(r"收取|征收|收入|金额|总额")
ABOUT_SOMETHING_ELSE = regex(
    r"申请|受理|收(?!取|入|费)|新增|复议|诉讼|公开|登记|答复|结转|维持|纠正|审|提出|提交|来自|其中|包括|含|其余|另|属|还|不|仅|只"
)
"""Known words that make the number one of something else, or of a part."""
UP_TO_MARK = regex(r"[^，,、；;：:。（(]*")
WHOLE_AGENCY = regex(rf"(?:我|本|全)(?:{ORGANS})")


class SingleFigureRow(msgspec.Struct, frozen=True):
    """A row of 二 that has one number only, so that texts mean that number by the name of the row."""

    quantity: Quantity
    is_money: bool


@lru_cache(maxsize=8)
def single_figure_rows(layout: Layout) -> Mapping[str, SingleFigureRow]:
    """The rows of a form of which a text can mean one number only, by each of their names."""
    found = {}
    for entry in address_book(layout).entries.values():
        head, noun = entry.row.head, entry.column.head.wording.noun
        is_money = entry.kind is Kind.AMOUNT and entry.unit == TEN_THOUSAND
        if is_money or noun:
            row = SingleFigureRow(Quantity(f"{head.label}{noun}", ((entry.address,),)), is_money)
            found.update(dict.fromkeys(head.spoken_names, row))
    return MappingProxyType(found)


@lru_cache(maxsize=8)
def places_of_disclosure(layout: Layout) -> frozenset[str]:
    """Places of the narrative that are about these rows only."""
    book, rows = address_book(layout), single_figure_rows(layout).values()
    return frozenset(book.section_of(row.quantity.candidates[0][0]).key for row in rows)


class DecisionClaims:
    """Reads numbers of decisions and fees, in the words of one form.

    The report of a government describes its departments one after another: its numbers are those of the table only if
    the sentence, or its place, is about the whole.
    """

    def __init__(self, layout: Layout, year: int, agency: str) -> None:
        self._rows = single_figure_rows(layout)
        self._spoken_of = regex("|".join(self._rows)) if self._rows else None
        self._year = year
        self._agency = agency
        self._has_departments = bool(agency) and not is_department(agency) and not is_town(agency)

    def claims(self, text: str, *, about_all: bool) -> Iterator[Claim]:
        """Every number of decisions or fees in a text; *about_all*: its place is about the whole agency."""
        if self._spoken_of is None or not self._spoken_of.search(text):
            return
        for start, sentence in sentences(text):
            if self._spoken_of.search(sentence) and (about_all or self._is_about_all(sentence)):
                yield from (claim.shifted(start) for claim in self._sentence(sentence))

    def _is_about_all(self, sentence: str) -> bool:
        if not self._has_departments:
            return True
        return bool(WHOLE_AGENCY.search(sentence)) or names_agency(sentence, self._agency)

    def _sentence(self, sentence: str) -> Iterator[Claim]:
        """The claims up to the first number of something unknown: what follows may be about it, too."""
        out_of_scope = clauses_out_of_scope(sentence, self._year)
        cursor = 0
        for count in counts(sentence):
            if any(start <= count.start < end for start, end in out_of_scope):
                return
            label, end = sentence[cursor : count.start], count.end
            if not any(name in label for name in self._rows) and (follows := UP_TO_MARK.match(sentence, end)):
                label, end = label + follows[0], follows.end()  # 1286件行政许可决定
            row = self._row(label, count)
            if row is None:
                return
            cursor = end
            if not count.is_vague:
                yield Claim(row.quantity, count)

    def _row(self, label: str, count: Count) -> SingleFigureRow | None:
        named = named_in(label, self._rows)
        if len(named) != 1:
            return None
        row = self._rows[named[0]]
        counts_decisions = count.unit == "项" and OF_DECISIONS.search(label) is not None
        fits = count.unit in MONEY if row.is_money else counts_decisions or (count.counts_cases and count.unit != "条")
        bare = (OF_MONEY if row.is_money else OF_DECISIONS).sub("", label.replace(named[0], ""))
        is_plain = fits and not ABOUT_SOMETHING_ELSE.search(bare)
        return row if is_plain and is_understood(bare, frozenset(), self._agency) else None


JOINED = ("、", "和", "及")
OF_DOCUMENTS = ("部", "个")
"""Measure words that documents have and applications have not."""
CLAUSE_END = regex(r"(?<=[，,])")


class DocumentWords(msgspec.Struct, frozen=True):
    """The words of all forms for documents, since texts use those of an older form, too."""

    names: tuple[str, ...]
    verbs: Mapping[str, LazyPattern[str]]
    """By phrase: how texts say what a column counts."""
    every_word: LazyPattern[str]


@cache
def document_words() -> DocumentWords:
    """The words of every form, those of the newest first."""
    cells = [entry for layout in reversed(layouts()) for entry in address_book(layout).entries.values()]
    of_documents = [entry for entry in cells if entry.row.address and entry.column.head.wording.phrase]
    names = tuple(dict.fromkeys(name for entry in of_documents for name in entry.row.head.spoken_names))
    phrases = tuple(dict.fromkeys(entry.column.head.wording.phrase for entry in of_documents))
    every_word = regex(f"行政|政府(?=规章)|{'|'.join((*names, *phrases))}")
    return DocumentWords(names, {phrase: regex(phrase) for phrase in phrases}, every_word)


class DocumentClaims:
    """Reads numbers of documents (规章, 规范性文件), in the words of one form."""

    def __init__(self, layout: Layout, year: int, agency: str, names: frozenset[str]) -> None:
        self._quantities = document_quantities(layout)
        self._year = year
        self._agency = agency
        self._names = names
        self._words = document_words()

    def claims(self, text: str) -> Iterator[Claim]:
        """Every number of documents in a text."""
        if not any(document in text for document in self._words.names):
            return
        for start, sentence in sentences(text):
            for claim in self._sentence(sentence):
                if not is_out_of_scope(sentence, self._year, claim.number.start):
                    yield claim.shifted(start)

    def _sentence(self, sentence: str) -> Iterator[Claim]:
        if not any(document in sentence for document in self._words.names):
            return
        cursor, document, last_verbs = 0, "", list[str]()
        for count in counts(sentence):
            label, cursor = self._own_clauses(sentence[cursor : count.start]), count.end
            verbs = [verb for verb, words in self._words.verbs.items() if words.search(label)]
            named = named_in(label, self._words.names)
            if named and not verbs and label[:1] in JOINED:
                verbs = last_verbs  # 废止规章1部、规范性文件2件
            document = named[0] if len(named) == 1 else "" if named or not verbs else document
            quantities = [self._quantities[verb, document] for verb in verbs if (verb, document) in self._quantities]
            if len(quantities) != 1 or not is_understood(
                self._words.every_word.sub("", label), self._names, self._agency
            ):
                document, last_verbs = document if quantities else "", []
                continue
            last_verbs = verbs
            if (count.counts_cases or count.unit in OF_DOCUMENTS) and not count.is_vague:
                yield Claim(quantities[0], count)

    def _own_clauses(self, label: str) -> str:
        """The last clause if it is complete by itself (verb and document) and nothing before it limits it; else all."""
        *before, last = CLAUSE_END.split(label)
        verbs = self._words.verbs.values()
        is_whole = any(name in last for name in self._words.names) and any(words.search(last) for words in verbs)
        return last if before and is_whole and not any(map(LIMITING.search, before)) else label


@lru_cache(maxsize=8)
def document_quantities(layout: Layout) -> Mapping[tuple[str, str], Quantity]:
    """The cell of each (phrase of the column, name of the document)."""
    found: dict[tuple[str, str], Quantity] = {}
    for entry in address_book(layout).entries.values():
        phrase = entry.column.head.wording.phrase
        for document in entry.row.head.spoken_names if phrase and entry.row.address else ():
            found[phrase, document] = Quantity(f"{document}{entry.column.head.label}", ((entry.address,),))
    return found
