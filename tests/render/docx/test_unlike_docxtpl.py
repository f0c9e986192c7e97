"""Where gxgen departs from docxtpl on purpose: docs/deviations.md lists each."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx.oxml.ns import nsdecls
from docxtpl import DocxTemplate

from gxgen.core.errors import TemplateError
from gxgen.model import Report
from gxgen.render.docx import DocxRenderer, prepare
from gxgen.spec import layouts
from tests.render.docx.docxtpl_cases import with_body, with_related_part, with_xml
from tests.render.docx.packages import DOCUMENT, parts_of, root_of, text_of
from tests.render.made import document_of

REPORT = Report(year=2023, layout=layouts()[-1], agency="A&B<局>", narrative={"problems": "一。\n**二**。"})


def made(template: bytes, **wording: str) -> bytes:
    """A report made through a template."""
    return DocxRenderer(prepare(template), wording=wording).render(document_of(REPORT))


def by_docxtpl(template: bytes, names: dict[str, object]) -> bytes:
    """What docxtpl makes of a template as its documentation shows."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(names)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def words(raw: bytes, part: str = DOCUMENT) -> str:
    """The text of a part."""
    return text_of(root_of(raw, part))


def refusal(template: bytes, **wording: str) -> TemplateError:
    """Why a template is refused."""
    with pytest.raises(TemplateError) as refused:
        made(template, **wording)
    return refused.value


def test_data_is_escaped(national_template: bytes) -> None:
    """Docxtpl loses the text after a < in the data; here it arrives."""
    template = with_body(national_template, ("局：{{ agency }}完",))
    assert "局：A&B<局>完" in words(made(template))
    assert "局：A&B<局>完" not in words(by_docxtpl(with_plain_body("局：{{ agency }}完"), {"agency": "A&B<局>"}))


def with_plain_body(text: str) -> bytes:
    """An ordinary document of one paragraph."""
    document = docx.Document()
    document.add_paragraph(text)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_a_name_that_is_not_there_is_refused(national_template: bytes) -> None:
    """Docxtpl prints nothing."""
    assert words(by_docxtpl(with_plain_body("前{{ nothing }}后"), {})) == "前后"
    assert "nothing" in refusal(with_body(national_template, ("前{{ nothing }}后",))).message


def test_braces_in_data_are_data(national_template: bytes) -> None:
    """Docxtpl turns {_{ in the data into {{; here only the template's own are braces."""
    template = with_body(national_template, ("{{ wording.braces }}",))
    assert "{_{ a }_}" in words(made(template, braces="{_{ a }_}"))


def test_endnotes_have_the_names(national_template: bytes) -> None:
    """Docxtpl leaves tags in endnotes as they are."""
    note = (
        f'<w:endnotes {nsdecls("w")}><w:endnote w:id="2"><w:p><w:r><w:t>{{{{ year }}}}</w:t></w:r></w:p>'
        "</w:endnote></w:endnotes>"
    )
    assert words(made(with_related_part(national_template, "endnotes", note)), "word/endnotes.xml") == "2023"


def test_footnotes_are_filled_in_once(national_template: bytes) -> None:
    """Docxtpl fills them in once for every section of the document, so that data is taken for tags."""
    note = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>{{{{ wording.tag }}}}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    document = docx.Document(io.BytesIO(with_related_part(national_template, "footnotes", note)))
    document.add_section()
    saved = io.BytesIO()
    document.save(saved)
    assert words(made(saved.getvalue(), tag="{{ year }}"), "word/footnotes.xml") == "{{ year }}"


def test_a_tables_rows_are_its_own(national_template: bytes) -> None:
    """Docxtpl counts the rows of a table within a table as the outer one's, and widens its grid."""
    inner = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='9'/></w:tblGrid><w:tr>"
        + "<w:tc><w:p/></w:tc>" * 4
        + "</w:tr></w:tbl>"
    )
    outer = (
        f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid><w:gridCol w:w='5000'/></w:tblGrid>"
        f"<w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    )
    grids = re.findall(
        "<w:tblGrid>(.*?)</w:tblGrid>", parts_of(made(with_xml(national_template, outer)))[DOCUMENT].decode()
    )
    assert [grid.count("<w:gridCol") for grid in grids[-2:]] == [1, 4]


@pytest.mark.parametrize("tag", ["{{ title }}", "{{ problems.heading }}"])
def test_a_line_of_the_report_may_stand_within_a_line(national_template: bytes, tag: str) -> None:
    """Without p, a title or heading is its words: a keeper may set it in a paragraph of his own."""
    found = words(made(with_body(national_template, (f"《{tag}》",))))
    assert re.search("《(A&B<局>2023年政府信息公开工作年度报告|五、存在的主要问题及改进情况)》", found)


@pytest.mark.parametrize(
    "tag", ["{{p agency }}", "{{p requests.received.total }}", "{{tr agency }}", "{{tr requests.table }}"]
)
def test_words_may_not_stand_outside_paragraphs(national_template: bytes, tag: str) -> None:
    """Docxtpl would put them where Word reads none, or would not open the file."""
    rows = (("甲", tag),) if "tr" in tag else ()
    assert refusal(with_body(national_template, () if rows else (tag,), rows)).hint


def test_words_between_runs_get_a_run(national_template: bytes) -> None:
    """Docxtpl wants a RichText there; here any word will do."""
    assert "前2023后" in words(made(with_body(national_template, ("前{{r year }}后",))))


def test_a_condition_that_breaks_the_document_is_refused(national_template: bytes) -> None:
    """Docxtpl mends what has become no XML in silence, whatever is lost by it; here nothing is lost or it is told."""
    holds = ("{%p if year > 2000 %}", "甲{% endif %}")
    fails = ("{%p if year > 3000 %}", "甲{% endif %}")
    assert "甲" in words(made(with_body(national_template, holds)))
    assert "不在同一层" in refusal(with_body(national_template, fails)).message


def test_markup_of_a_macro_is_whole(national_template: bytes) -> None:
    """Half an element, kept in a variable, is refused where it is printed."""
    template = with_body(national_template, ("{% set a %}甲", "乙{% endset %}{{ a }}"))
    assert refusal(template).hint
