"""Two texts sentence by sentence."""

from __future__ import annotations

from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from gxgen.compare.texts import Edit, EditKind, Segment, edits, section_diffs, sentences
from gxgen.compute import complete
from gxgen.model import Report
from gxgen.spec import layout_for

TEXTS = st.lists(
    st.sampled_from(
        [
            "公开信息26条。",
            "公开信息31条。",
            "加强培训；",
            "收到申请8件，均已办结。",
            "收到申请 9 件，均已办结。",
            "（一）主动公开\n",
            "无",
        ]
    )
    | st.text("公开信息。；\n 0123a*", max_size=8),
    max_size=8,
).map("".join)


def side(found: list[Edit], which: str) -> list[str]:
    """The sentences of one text, as the edits tell them."""
    return ["".join(part.text for part in getattr(edit, which)) for edit in found if getattr(edit, which)]


@given(TEXTS, TEXTS)
def test_nothing_is_lost_and_each_sentence_is_told_once_in_order(before: str, after: str) -> None:
    """The edits hold both texts, and say of a sentence that it is kept only where both have it."""
    found = list(edits(before, after))
    assert side(found, "before") == sentences(before)
    assert side(found, "after") == sentences(after)
    for edit in found:
        assert (edit.kind is EditKind.KEPT) == (edit.before == edit.after)
        assert bool(edit.before) == (edit.kind is not EditKind.ADDED)
        assert bool(edit.after) == (edit.kind is not EditKind.REMOVED)


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    """Every sentence is kept."""
    assert all(edit.kind is EditKind.KEPT for edit in edits(text, text))


def test_what_has_changed_within_a_sentence_is_marked() -> None:
    """Numbers as wholes, the rest word for word; space beside Chinese is no change."""
    (edit,) = edits("公开信息26条，效果好。", "公开信息 126 条，效果好。")
    assert edit == Edit(
        EditKind.CHANGED,
        (Segment("公开信息", True), Segment("26", False), Segment("条，效果好。", True)),
        (Segment("公开信息", True), Segment("126", False), Segment("条，效果好。", True)),
    )
    (same,) = edits("公开信息 26 条。", "公开信息26条。")
    assert same.kind is EditKind.KEPT


def test_what_is_no_report_takes_no_time_that_grows_with_the_square() -> None:
    """A text of a hundred thousand sentences, or of one endless one, is told as a whole."""
    many, endless = "公开。" * 100_000, "公开" * 100_000
    assert {edit.kind for edit in edits(many, many + "了。")} == {EditKind.REMOVED, EditKind.ADDED}
    assert [edit.kind for edit in edits(endless, f"{endless}了")] == [EditKind.ADDED, EditKind.REMOVED]


def test_texts_are_compared_by_sections_however_they_are_written() -> None:
    """One report writes 一 as a whole, the other by topics; a section that neither has is left out."""
    layout = layout_for(2023)
    assert layout
    whole = Report(2023, layout, narrative=MappingProxyType({"overview": "公开信息26条。\n收到申请8件。"}))
    topics = {"overview.active": "公开信息26条。", "overview.on_request": "收到申请8件。"}
    (section,) = section_diffs(complete(whole), complete(Report(2023, layout, narrative=MappingProxyType(topics))))
    assert section.key == "overview"
    assert not section.differs
