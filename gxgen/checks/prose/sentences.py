"""Split texts into sentences, and find the clauses outside the time scope of the report."""

from __future__ import annotations

from functools import lru_cache

from gxgen.core.regex import regex

LONGEST_SENTENCE = 1_000
SENTENCE = regex(r"[^。！？!?\n]*[。！？!?\n]|[^。！？!?\n]+")
CLAUSE = regex(r"[^，,；;。！？!?\n]+")
CARRIED = r"(?!度?(?:结转|转结|转入|未办结))"
YEAR = regex(rf"((?:19|20)\d\d)(?<!\d\d{{4}})(?<!结转\d{{4}})(?<!结转[至到]\d{{4}})年{CARRIED}")
PAST = regex(
    rf"上年{CARRIED}|上一年{CARRIED}|去年{CARRIED}|往年|历年|近[一两三四五六七八九十\d]?年",
)
PRESENT = regex(r"今年|本年|全年|当年|年内|报告期")
CHANGE = regex(
    r"同期|同比|环比|相比|比上|较上|较去|比去|持平|增加|减少|增长|下降|上升|上半年|下半年|季度|计划|力争|预计|拟|将|如|若|假如|可能"
    r"|较20\d\d年|比20\d\d年"
)
"""Words of a change, of part of a year, or of a possibility; they concern their clause only.

Each begins with a character of its own, so that most clauses are passed over at the speed of a search for characters.
"""
MONTH = regex(r"(?:[一二三四五六七八九十]|(?<!\d)\d{1,2})月份")


NARROW = regex(r"[;()?!]|[,:](?!\d)|(?<!\d)[,:]|(?<=[一-龥)）])\.(?=\s|$)")
"""Half-width punctuation that is none of a number or of a time of day."""
WIDE = str.maketrans(",;:()?!.", "，；：（）？！。")


@lru_cache(maxsize=64)
def with_wide_punctuation(text: str) -> str:
    """The text with full-width punctuation, as many characters long: ``无,也未收到.`` as ``无，也未收到。``."""
    return NARROW.sub(lambda mark: mark[0].translate(WIDE), text)


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[tuple[int, str], ...]:
    """The sentences of a text, each with its offset, without those that are too long.

    Cached, because several checks read the same texts.
    """
    every = ((found.start(), found[0]) for found in SENTENCE.finditer(text))
    return tuple((start, sentence) for start, sentence in every if len(sentence) <= LONGEST_SENTENCE)


@lru_cache(maxsize=512)
def clauses_out_of_scope(sentence: str, year: int) -> tuple[tuple[int, int], ...]:
    """The parts of a sentence, as (start, end), about another time or a change.

    A year, once named, applies until another one is named.
    """
    found, is_past = [], False
    for clause in CLAUSE.finditer(sentence):
        is_change = CHANGE.search(clause[0]) is not None or (
            "月份" in clause[0] and MONTH.search(clause[0]) is not None
        )
        if not is_change:
            years = [int(named) for named in YEAR.findall(clause[0])]
            if PAST.search(clause[0]) or any(named != year for named in years):
                is_past = True
            elif years or PRESENT.search(clause[0]):
                is_past = False
        if is_change or is_past:
            found.append(clause.span())
    return tuple(found)


def is_out_of_scope(sentence: str, year: int, at: int) -> bool:
    """Whether offset *at* of a sentence is about another time or a change."""
    return any(start <= at < end for start, end in clauses_out_of_scope(sentence, year))
