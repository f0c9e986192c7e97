"""Random forms in the vocabulary of the specification: header trees, their products, and tables of several of them."""

from __future__ import annotations

from hypothesis import strategies as st

from gxgen.spec import Head, Layout, Section, Table
from gxgen.spec.vocabulary import UNLABELLED_ROW, Crosstab, group, leaf

LABELS = st.sampled_from(["自然人", "法人或其他组织", "一、新收", "（一）公开", "1.其他", "本年", "件数", "x"])
MOST_LEVELS = 4


class Keys:
    """A key for every head of a form, none twice."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self, kind: str = "k") -> str:  # noqa: D102 - the class says it
        self._last += 1
        return f"{kind}{self._last}"


@st.composite
def heads(draw: st.DrawFn, keys: Keys, level: int = 1) -> tuple[Head, ...]:
    """A header tree: leaves, groups of them with a key or without, and a total here and there."""
    found = [draw(_head(keys, level)) for _ in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        found.insert(draw(st.integers(0, len(found))), Head("总计", keys("total"), is_total=True))
    return tuple(found)


@st.composite
def _head(draw: st.DrawFn, keys: Keys, level: int) -> Head:
    label = draw(LABELS)
    if level == MOST_LEVELS or draw(st.integers(0, 2)):
        return leaf(keys(), label)
    return group(label, *draw(heads(keys, level + 1)), key=draw(st.sampled_from(["", keys()])))


@st.composite
def crosstabs(draw: st.DrawFn, keys: Keys) -> Crosstab:
    """The product of two header trees, with a caption and a column of row labels or without."""
    return Crosstab(
        columns=draw(heads(keys)),
        rows=draw(heads(keys)) if draw(st.booleans()) else UNLABELLED_ROW,
        key=draw(st.sampled_from(["", keys()])),
        caption=draw(st.sampled_from(["", "第二十条第（一）项"])),
        corner=draw(st.sampled_from(["", "信息内容"])),
    )


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """One to four crosstabs stacked in one grid."""
    keys = Keys()
    return Table(tuple(draw(st.lists(crosstabs(keys), min_size=1, max_size=4))))


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """A form of one section with a random table."""
    section = Section("figures", "一、数字", table=draw(tables()))
    return Layout(2027, "国办公开办函〔2027〕1号", "{year}年报告", (section,))
