"""Word documents: text as a person sees it."""

from __future__ import annotations

import pytest

from gxgen.published.document import Omission, Paragraph, Table
from gxgen.published.readers import ReaderError
from gxgen.published.readers.docx import read
from tests.published.readers.strict import as_strict
from tests.published.readers.wordprocessing import (
    NAMESPACES,
    cell,
    code,
    document,
    field,
    figure,
    lines,
    package,
    paragraph,
    row,
    run,
    style,
    styles,
    table,
)

HIDDEN, STRUCK, RAISED = "<w:vanish/>", "<w:strike/>", '<w:vertAlign w:val="superscript"/>'
SHOWN = '<w:vanish w:val="0"/>'


def of_style(name: str, kind: str = "r") -> str:
    """The element that names a style."""
    return f'<w:{kind}Style w:val="{name}"/>'


class TestHiddenText:
    """Hidden characters leave no trace, whatever says that they are hidden."""

    @pytest.mark.parametrize(
        ("defined", "run_properties", "of_paragraph", "of_table"),
        [
            ("", HIDDEN, "", ""),
            (style("A", HIDDEN, "character"), of_style("A"), "", ""),
            (style("A", HIDDEN, "character") + style("B", "", "character", "A"), of_style("B"), "", ""),
            (style("A!", HIDDEN, "character"), "", "", ""),
            (style("A", HIDDEN), "", of_style("A", "p"), ""),
            (style("A!", HIDDEN), "", "", ""),
            (style("A!", HIDDEN), "", of_style("unknown", "p"), ""),
            (style("A", HIDDEN, "table"), "", "", of_style("A", "tbl")),
            (style("A!", HIDDEN, "table"), "", "", ""),
            (style("A!", "") + style("B", HIDDEN, based_on="A"), "", of_style("B", "p"), ""),
        ],
    )
    def test_by_the_run_or_by_a_style(
        self, defined: str, run_properties: str, of_paragraph: str, of_table: str
    ) -> None:
        """Directly, by a style, by what that is based on, or by the default of its kind."""
        shown = run("31", SHOWN)
        read_ = figure(
            run("2", run_properties), shown, of_paragraph=of_paragraph, of_table=of_table, styles=styles(defined)
        )
        assert read_ == ("31", "")

    def test_hidden_by_two_levels_is_shown(self) -> None:
        """A toggle property that the paragraph's and the character's style both set is off (17.7.3)."""
        defined = styles(style("A", HIDDEN) + style("B", HIDDEN, "character"))
        assert figure(run("3", of_style("B")), of_paragraph=of_style("A", "p"), styles=defined) == ("3", "")

    def test_hidden_by_the_defaults_stays_hidden(self) -> None:
        """What the document's defaults set is not toggled."""
        defined = styles(style("A", HIDDEN), defaults=HIDDEN)
        assert figure(run("3"), run("1", SHOWN), of_paragraph=of_style("A", "p"), styles=defined) == ("1", "")

    def test_a_style_that_is_based_on_itself_ends(self) -> None:
        """A circle of styles is followed to a bound."""
        defined = styles(style("A", "", based_on="B") + style("B", HIDDEN, based_on="A"))
        assert figure(run("3"), of_paragraph=of_style("A", "p"), styles=defined) == ("", "")

    def test_a_hidden_row_is_no_row(self) -> None:
        """``w:hidden`` takes a row out of the table."""
        (block,) = document(
            table(row(cell(run("a")), cell(run("1"))), row(cell(run("b")), cell(run("2")), properties="<w:hidden/>"))
        ).blocks
        assert isinstance(block, Table)
        assert list(block.texts()) == ["a", "1"]

    def test_the_next_paragraph_goes_on_after_a_hidden_mark(self) -> None:
        """A hidden or deleted mark at a paragraph's end joins it with the next."""
        for mark in (HIDDEN, '<w:del w:id="1"/>'):
            joined = paragraph(run("一、"), properties=f"<w:rPr>{mark}</w:rPr>") + paragraph(run("总体情况"))
            assert lines(joined) == ["一、总体情况"]


class TestDoubtfulCharacters:
    """Characters struck out, raised or invisible make a cell's figure uncertain."""

    @pytest.mark.parametrize(
        ("properties", "reason"),
        [
            (STRUCK, "格内有划去的字「2」"),
            ("<w:dstrike/>", "格内有划去的字「2」"),
            (RAISED, "格内有上标或下标的字「2」"),
            ('<w:vertAlign w:val="subscript"/>', "格内有上标或下标的字「2」"),
            ('<w:position w:val="8"/>', "格内有上标或下标的字「2」"),
            ('<w:position w:val="-4pt"/>', "格内有上标或下标的字「2」"),
            ('<w:color w:val="FFFFFF"/>', "格内有看不见的字「2」"),
            ('<w:sz w:val="2"/>', "格内有看不见的字「2」"),
        ],
    )
    @pytest.mark.parametrize("by_style", [False, True])
    def test_are_named(self, properties: str, reason: str, by_style: bool) -> None:
        """The cell keeps the other characters, and says which are doubtful."""
        defined = styles(style("A", properties, "character"))
        doubtful = run("2", of_style("A") if by_style else properties)
        assert figure(doubtful, run("31"), styles=defined) == ("31", reason)

    @pytest.mark.parametrize("setting", ['<w:position w:val="-12"/>', '<w:position w:val="2"/>'])
    def test_a_whole_cell_set_lower_is_certain(self, setting: str) -> None:
        """Text of one height is only placed otherwise."""
        assert figure(run("3", setting), run("1", setting)) == ("31", "")

    def test_white_on_a_coloured_ground_is_certain(self) -> None:
        """White can be read there."""
        white = '<w:color w:val="FFFFFF"/>'
        assert figure(run("31", white), of_cell='<w:shd w:val="clear" w:fill="1F497D"/>') == ("31", "")

    def test_a_table_style_strikes_its_first_row(self) -> None:
        """A conditional format counts where the table asks for it."""
        first = f'<w:tblStylePr w:type="firstRow"><w:rPr>{STRUCK}</w:rPr></w:tblStylePr>'
        defined = styles(style("A", "", "table", more=first))
        look = '<w:tblLook w:firstRow="{}" w:noHBand="1" w:noVBand="1"/>'
        asked, unasked = (of_style("A", "tbl") + look.format(value) for value in "10")
        assert figure(run("31"), of_table=asked, styles=defined) == ("", "格内有划去的字「31」")
        assert figure(run("31"), of_table=unasked, styles=defined) == ("31", "")

    def test_in_narrative_they_are_left_out_and_reported(self) -> None:
        """The paragraph is read without them."""
        pages = document(paragraph(run("制发"), run("二十", STRUCK), run("三十件")))
        assert pages.blocks == (Paragraph("制发三十件"),)
        assert pages.omissions == (Omission("划去的字", "二十", 2),)


class TestFields:
    """The result of a field is text, its code is not."""

    def test_a_field_in_the_code_of_another(self) -> None:
        """Its result belongs to the code."""
        inner = field(code("MERGEFIELD x"), run("9"))
        assert figure(field(code("IF ") + inner + code(' = "" "0" "31"'), run("31"))) == ("31", "")

    def test_a_field_over_several_paragraphs(self) -> None:
        """A table of contents begins in one paragraph and ends in another."""
        begin, separate, end = (
            f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
        )
        body = paragraph(begin, code("TOC"), separate, run("一")) + paragraph(run("二"), end) + paragraph(run("三"))
        assert lines(body) == ["一", "二", "三"]

    def test_a_field_without_end_hides_nothing(self) -> None:
        """A stray beginning does not swallow the rest of the document."""
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        assert lines(paragraph(begin, run("一")) + paragraph(run("二"))) == ["一", "二"]

    @pytest.mark.parametrize(
        ("eq", "shown"),
        [(r"EQ \* jc2 \o\ad(\s\up 9(kē),科)", "科"), (r"eq \o\ac(○,3)", "③"), (r"EQ \f(1,2)", "\ufffd"), ("XE 词", "")],
    )
    def test_a_field_that_shows_its_code(self, eq: str, shown: str) -> None:
        """A phonetic guide keeps its base; an enclosed number is that number."""
        assert lines(paragraph(run("甲"), field(code(eq)), run("乙"))) == [f"甲{shown}乙"]


class TestPieces:
    """What stands in a run beside text."""

    @pytest.mark.parametrize(
        ("piece", "text"),
        [
            (
                "<w:ruby><w:rt><w:r><w:t>ke</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>科</w:t></w:r></w:rubyBase></w:ruby>",
                "科",
            ),
            ("<w:softHyphen/>", ""),
            ("<w:t>\xad</w:t>", ""),
            ("<w:noBreakHyphen/>", "-"),
            ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
            ('<w:sym w:font="宋体" w:char="2460"/>', "①"),
            ('<w:sym w:font="Webdings" w:char="F061"/>', "\ufffd"),
            ("<w:commentReference/>", ""),
            ('<w:footnoteReference w:id="1"/>', ""),
            ("<mc:AlternateContent><mc:Choice><w:t>甲</w:t></mc:Choice><mc:Fallback/></mc:AlternateContent>", "甲"),
            ("<mc:AlternateContent><mc:Choice/><mc:Fallback><w:t>甲</w:t></mc:Fallback></mc:AlternateContent>", "甲"),
        ],
    )
    def test_are_read_as_shown(self, piece: str, text: str) -> None:
        """Between two other characters."""
        assert lines(paragraph(f"<w:r><w:t>前</w:t>{piece}<w:t>后</w:t></w:r>")) == [f"前{text}后"]

    @pytest.mark.parametrize(
        "around",
        ["ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "sdt", "del", "moveFrom"],
    )
    def test_what_stands_around_runs(self, around: str) -> None:
        """Insertions and controls are text; deletions are not."""
        inside = f"<w:sdtContent>{run('甲')}</w:sdtContent>" if around == "sdt" else run("甲")
        assert lines(paragraph(f"<w:{around}>{inside}</w:{around}>")) == ["" if around in ("del", "moveFrom") else "甲"]

    def test_an_equation_is_text(self) -> None:
        """A number typed as an equation."""
        assert figure("<m:oMath><m:r><m:t>31</m:t></m:r></m:oMath>") == ("31", "")


class TestTables:
    """Cells as they are merged, nested and deleted."""

    def test_cells_merged_by_h_merge(self) -> None:
        """``w:hMerge`` makes one cell of several."""
        first, more = ('<w:hMerge w:val="restart"/>', "<w:hMerge/>")
        (block,) = document(
            table(
                row(cell(run("题"), properties=first), cell(properties=more), cell(run("右"))),
                row(cell(run("甲")), cell(run("1")), cell(run("2"))),
            )
        ).blocks
        assert isinstance(block, Table)
        assert [(each.column, each.columns, each.text) for each in block.rows[0]] == [(0, 2, "题"), (2, 1, "右")]

    def test_a_cell_deleted_with_tracked_changes_is_none(self) -> None:
        """``w:cellDel`` takes it out of its row."""
        gone = cell(run("9"), properties='<w:cellDel w:id="1"/>')
        (block,) = document(table(row(cell(run("甲")), gone, cell(run("1"))))).blocks
        assert isinstance(block, Table)
        assert list(block.texts()) == ["甲", "1"]

    def test_a_table_with_one_figure_in_a_cell(self) -> None:
        """Of a table with figures of its own it is the cell's text; with more cells it is doubtful."""
        own = [row(cell(run(f"第{number}行")), cell(run(str(number)))) for number in range(5)]
        for inner, expected in (((run("31"),), ("31", "")), ((run("3"), run("1")), ("3\n1", "格内有另一个表格"))):
            nested = f"<w:tc><w:tcPr/>{table(row(*map(cell, inner)))}<w:p/></w:tc>"
            (block,) = document(table(*own, row(cell(run("末行")), nested))).blocks
            assert isinstance(block, Table)
            last = block.rows[5][1]
            assert (last.text.strip(), last.unclear) == expected

    def test_a_text_box_in_a_cell_is_reported(self) -> None:
        """It may float anywhere."""
        box = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph(run('7'))}</w:txbxContent></v:textbox></w:pict></w:r>"
        assert figure(run("31"), box) == ("31", "格内有文本框「7」")


class TestPackages:
    """Documents that are put together otherwise than Word usually does."""

    def test_the_main_part_is_found_by_its_relationship(self) -> None:
        """Word for the web calls it ``document2.xml``."""
        assert read(package(paragraph(run("甲")), main="document2.xml")).blocks == (Paragraph("甲"),)

    def test_parts_named_as_on_windows(self) -> None:
        """Strokes the other way, and letters in another case."""
        raw = package(paragraph(run("甲")))
        for old, new in ((b"word/document.xml", b"word\\document.xml"), (b"word/document.xml", b"Word/Document.xml")):
            assert read(raw.replace(old, new)).blocks == (Paragraph("甲"),)

    @pytest.mark.parametrize("part", ["", "<w:styles", "no XML at all", f"<w:styles {NAMESPACES}><w:style></w:styles>"])
    def test_broken_styles_are_survived(self, part: str) -> None:
        """The text is read without them."""
        assert lines(paragraph(run("甲")), styles=part) == ["甲"]

    def test_names_of_the_strict_class(self) -> None:
        """ISO's own names of the elements are those of the transitional class."""
        assert read(as_strict(package(paragraph(run("甲"))))).blocks == (Paragraph("甲"),)

    def test_headers_and_notes_are_reported(self) -> None:
        """What stands outside of the body is left out; a page number is no text."""
        outside = f"<w:hdr {NAMESPACES}>{{}}</w:hdr>"
        pages = document(
            paragraph(run("甲")),
            header=outside.format(paragraph(run("某某县年度报告"))),
            footer=outside.format(paragraph(run("— 3 —"))),
            footnotes=outside.format(paragraph(run("含派出机构"))),
        )
        assert pages.omissions == (Omission("页眉", "某某县年度报告", 7), Omission("脚注", "含派出机构", 5))

    def test_a_document_in_another_file_is_refused(self) -> None:
        """A body that is only an embedded file has no text until Word opens it."""
        with pytest.raises(ReaderError, match="altChunk"):
            document('<w:altChunk r:id="r9"/>')
