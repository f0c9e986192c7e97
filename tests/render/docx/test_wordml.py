"""WordprocessingML is well-formed whatever the text."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from lxml.etree import _Element

from gxgen.render.docx import wordml
from tests.render.docx.packages import W, value
from tests.render.made import ILLEGAL

ANY_TEXT = st.text(st.characters() | st.characters(categories=("Cc", "Cs")) | st.sampled_from("&<>\"']\t\n"))


def parsed(xml: str) -> _Element:
    """The element that a piece of WordprocessingML is."""
    return etree.fromstring(xml.replace(">", f' xmlns:w="{W[1:-1]}">', 1))


def read(run: _Element) -> str:
    """What a run shows: its text and its tabs."""
    return "".join("\t" if piece.tag == f"{W}tab" else piece.text or "" for piece in run.iter(f"{W}t", f"{W}tab"))


@given(text=ANY_TEXT)
@example(text="\x00\x08\x0b\x1f\ufffe\uffff")
@example(text="\ud800\udfff")
@example(text="]]>&amp;<w:t>")
def test_a_run_holds_any_text(text: str) -> None:
    """A run read back by an XML parser is the text, with U+FFFD for what XML cannot hold."""
    assert read(parsed(wordml.run(text))) == ILLEGAL.sub("\ufffd", text)


def test_a_run_names_only_what_is_asked_of_it() -> None:
    """Style, bold and narrowing appear when asked for, in the order that the schema wants."""

    def properties(xml: str) -> list[str]:
        found = parsed(xml).find(f"{W}rPr")
        assert found is not None
        return [etree.QName(child).localname for child in found]

    assert properties(wordml.run("字")) == ["rFonts"]
    assert properties(wordml.run("字", style="S", bold=True, scale=50)) == ["rStyle", "rFonts", "b", "bCs", "w"]


def test_spaces_at_the_ends_are_kept() -> None:
    """Word drops them unless told not to."""
    (text,) = parsed(wordml.run(" 字 ")).iter(f"{W}t")
    assert text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_a_table_is_as_wide_as_its_columns() -> None:
    """The width of the table is the sum of its grid."""
    table = parsed(
        wordml.table("T", [100, 250], wordml.row(wordml.cell(350, "<w:p/>", columns=2), height=9, is_header=True))
    )
    assert value(table.find(f"{W}tblPr/{W}tblW"), "w") == "350"
    assert [value(column, "w") for column in table.iter(f"{W}gridCol")] == ["100", "250"]
