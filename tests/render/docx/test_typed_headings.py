"""A heading that a keeper types into the template is as good as one that is placed by its name."""

from __future__ import annotations

import pytest

from gxgen.core.errors import TemplateError
from gxgen.model import Report
from gxgen.render import text
from gxgen.render.docx import DocxRenderer, prepare
from gxgen.spec import layouts
from tests.docx_reader import read_docx
from tests.render.docx.packages import DOCUMENT, replacing, with_part
from tests.render.made import document_of

REPORT = Report(year=2023, layout=layouts()[-1], agency="A&B局", narrative={"overview": "平稳。"})
HEADINGS = [section.heading for section in REPORT.layout.sections]
SLOT = "{{p section.heading }}"


def typed(*headings: str) -> str:
    """Headings in runs of their own, each under its section's condition, as Word would have them."""
    runs = "</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>"
    lines = "".join(
        f'</w:t></w:r></w:p><w:p><w:r><w:t>{{%p if section.key == "{section.key}" %}}</w:t></w:r></w:p>'
        f"<w:p><w:r><w:t>{heading[:2]} {runs}{heading[2:]}</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>{%p endif %}"
        for section, heading in zip(REPORT.layout.sections, headings, strict=True)
    )
    return f"{lines}</w:t></w:r></w:p><w:p><w:r><w:t>"


def test_typed_headings_are_placed(national_template: bytes) -> None:
    """The report is made, whatever runs and spaces Word has put into a heading, and says each heading once."""
    template = with_part(national_template, DOCUMENT, replacing(SLOT, typed(*HEADINGS)))
    lines = read_docx(DocxRenderer(prepare(template)).render(document_of(REPORT))).lines
    shown = [line.text.replace(" ", "") for line in lines]
    assert [shown.count(heading) for heading in HEADINGS] == [1] * 6


@pytest.mark.parametrize("wrong", ["", "存在的主要问题及改进情况", "五、存在的主要问题及改进情况："])
def test_a_heading_that_is_typed_wrong_is_missed(national_template: bytes, wrong: str) -> None:
    """Without its numeral, or with a word too many, it is not the official heading; the others are in order."""
    headings = [wrong if heading.startswith("五") else heading for heading in HEADINGS]
    template = with_part(national_template, DOCUMENT, replacing(SLOT, typed(*headings)))
    with pytest.raises(TemplateError) as refused:
        DocxRenderer(prepare(template)).render(document_of(REPORT))
    assert "「五、存在的主要问题及改进情况」的标题" in refused.value.message
    assert "一、总体情况" not in refused.value.message


def test_a_heading_in_a_sentence_is_not_placed(national_template: bytes) -> None:
    """Somewhere in a paragraph it heads nothing."""
    headings = [f"下面是{heading}" for heading in HEADINGS]
    template = with_part(national_template, DOCUMENT, replacing(SLOT, typed(*headings)))
    with pytest.raises(TemplateError, match="「一、总体情况」的标题"):
        DocxRenderer(prepare(template)).render(document_of(REPORT))


def test_a_typed_title_is_placed(national_template: bytes) -> None:
    """A title put together from agency and year on two lines of one paragraph is the report's title."""
    two_lines = "{{ agency }}</w:t><w:br/><w:t>{{ year }}年政府信息公开工作年度报告"
    template = with_part(national_template, DOCUMENT, replacing("{{p title }}", two_lines))
    made = read_docx(DocxRenderer(prepare(template)).render(document_of(REPORT)))
    assert made.lines[0].text == "A&B局\n2023年政府信息公开工作年度报告"


def test_headings_typed_into_a_text_template_are_placed() -> None:
    """The same holds for plain text, line by line."""
    sections = "\n".join(f"{section.heading}\n{{{{ {section.key}.text }}}}" for section in REPORT.layout.sections)
    with_tables = sections.replace("{{ problems.text }}", "").replace("{{ other.text }}", "")
    tables = "\n".join(f"{{{{ {section.key}.table }}}}" for section, _ in REPORT.layout.tables)
    template = text.TextRenderer(f"{{{{ title }}}}\n{with_tables}\n{{{{ other.text }}}}\n{tables}\n")
    lines = template.render(document_of(REPORT)).decode().splitlines()
    assert [heading for heading in HEADINGS if heading in lines] == HEADINGS
    with pytest.raises(TemplateError, match="「六、其他需要报告的事项」的标题"):
        text.TextRenderer(
            f"{{{{ title }}}}\n{with_tables.replace('六、', '6.')}\n{tables}\n{{{{ other.text }}}}"
        ).render(document_of(REPORT))
