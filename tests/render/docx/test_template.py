"""What an agency may do to the Word template: whatever Word and WPS let it, as long as the report keeps its parts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from gxgen.model import Report
from gxgen.render.docx import DocxRenderer, PreparedTemplate, decode_template, encode_template, prepare
from gxgen.spec import layouts
from tests.docx_reader import read_docx
from tests.render.docx.packages import (
    DOCUMENT,
    FOOTER,
    STYLES,
    W,
    body_tables,
    package_of,
    parts_of,
    replacing,
    root_of,
    text_of,
    value,
    with_part,
)
from tests.render.made import ILLEGAL, document_of, full_reports

REPORT = Report(
    year=2023,
    layout=layouts()[-1],
    agency="A&B<局>",
    narrative={"preamble": "开头语。", "overview": "（一）主动公开\n公开了**26条**信息。\n（二）依申请公开。没有。"},
)
TITLE_TAG, HEADING_TAG = "{{p title }}", "{{p section.heading }}"


def made(template: bytes, report: Report = REPORT) -> bytes:
    """A report made through a template."""
    return DocxRenderer(prepare(template)).render(document_of(report))


def body(template: bytes) -> str:
    """The document part that a template makes of a report."""
    return parts_of(made(template))[DOCUMENT].decode("utf-8")


def lines(template: bytes) -> list[str]:
    """The paragraphs that a template makes of a report."""
    return [line.text for line in read_docx(made(template)).lines]


def paragraph(text: str) -> str:
    """A paragraph that an agency might type."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def before(tag: str, xml: str) -> Callable[[str], str]:
    """A change that puts paragraphs before the one that holds a tag."""
    return lambda text: re.sub(rf"(<w:p>(?:(?!<w:p>).)*{re.escape(tag)})", lambda found: xml + found[1], text, count=1)


def prepared_again(raw: bytes) -> PreparedTemplate:
    """The template as the cache gives it back."""
    template = decode_template(encode_template(prepare(raw), raw), raw)
    assert template is not None
    return template


@pytest.mark.parametrize(("left", "right"), [(1134, 1134), (2268, 2268), (1440, 1800)])
def test_tables_follow_the_margins(national_template: bytes, left: int, right: int) -> None:
    """With other margins every table is as wide as the text between them, and no cell vanishes."""
    template = with_part(
        national_template,
        DOCUMENT,
        lambda text: text.replace('w:left="1587"', f'w:left="{left}"').replace('w:right="1474"', f'w:right="{right}"'),
    )
    for table in body_tables(made(template)):
        width = int(value(table.find(f"{W}tblPr/{W}tblW"), "w"))
        assert 11906 - left - right - 20 <= width <= 11906 - left - right
        assert min(int(value(column, "w")) for column in table.iter(f"{W}gridCol")) > 0


def test_the_page_may_lie_on_its_side(national_template: bytes) -> None:
    """On a landscape page the tables take the width that there is."""
    template = with_part(
        national_template,
        DOCUMENT,
        replacing('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906" w:orient="landscape"'),
    )
    widths = [int(value(table.find(f"{W}tblPr/{W}tblW"), "w")) for table in body_tables(made(template))]
    assert all(16838 - 1587 - 1474 - 20 <= width <= 16838 - 1587 - 1474 for width in widths)


def test_styles_are_found_by_name(national_template: bytes) -> None:
    """Word and WPS give styles new ids when they save (Heading1 becomes 1); the report uses whatever ids there are."""
    ids = [value(style, "styleId") for style in root_of(national_template, STYLES).iter(f"{W}style")]
    numbers = {old: str(number) for number, old in enumerate(ids, start=1)}

    def renumbered(text: str) -> str:
        return re.sub(
            r'(w:styleId|<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val)="(\w+)"',
            lambda found: f'{found[1]}="{numbers[found[2]]}"',
            text,
        )

    template = national_template
    for name in (STYLES, DOCUMENT, FOOTER, "word/footer2.xml"):
        template = with_part(template, name, renumbered)
    assert [(line.style, line.text) for line in read_docx(made(template)).lines] == [
        (line.style, line.text) for line in read_docx(made(national_template)).lines
    ]
    used = {
        value(style) for tag in ("pStyle", "rStyle", "tblStyle") for style in root_of(made(template)).iter(f"{W}{tag}")
    }
    assert used <= set(numbers.values())


def test_names_of_styles_may_be_capitalised(national_template: bytes) -> None:
    """Some programs save the built-in style heading 1 as Heading 1."""
    template = with_part(national_template, STYLES, replacing('w:val="heading 1"', 'w:val="Heading 1"'))
    assert lines(template) == lines(national_template)


@pytest.mark.parametrize("tag", ["{{p title }}", "{{p section.heading }}", "{%p for section in sections %}"])
def test_a_tag_may_be_spread_over_runs(national_template: bytes, tag: str) -> None:
    """Word splits what is typed into runs as it likes, spell check marks included; the tag still works."""
    spread = '</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>'.join(tag)
    template = with_part(national_template, DOCUMENT, replacing(tag, spread))
    assert lines(template) == lines(national_template)


def with_size(template: bytes, style: str, half_points: int) -> bytes:
    """The template with another size of type in a style."""
    size = re.compile(rf'(w:styleId="{style}">(?:(?!</w:style>).)*<w:sz w:val=)"\d+"')
    return with_part(template, STYLES, lambda text: size.sub(rf'\g<1>"{half_points}"', text))


def test_smaller_type_has_more_room(national_template: bytes) -> None:
    """With smaller type in the dense tables, ten digits are narrowed less."""
    report = full_reports()[1]

    def narrowest(raw: bytes) -> int:
        return min(int(value(scale)) for table in body_tables(raw) for scale in table.iter(f"{W}w"))

    smaller = with_size(national_template, "DenseFigure", 13)
    assert narrowest(made(smaller, report)) > narrowest(made(national_template, report))


@pytest.mark.parametrize("half_points", [20, 24, 28, 32, 44])
@pytest.mark.parametrize("style", ["DenseFigure", "TableFigure"])
def test_tables_hold_larger_type(national_template: bytes, style: str, half_points: int) -> None:
    """However large the type of the figures, the tables stay within the text and every column has a width."""
    template = with_size(national_template, style, half_points)
    for report in (REPORT, full_reports()[1]):
        for table in body_tables(made(template, report)):
            widths = [int(value(column, "w")) for column in table.iter(f"{W}gridCol")]
            assert min(widths) > 0
            assert sum(widths) <= 11906 - 1587 - 1474


def test_text_may_stand_between_the_parts(national_template: bytes) -> None:
    """What an agency adds stays where it stands, and may name the agency and the year."""
    template = with_part(
        national_template, DOCUMENT, before(TITLE_TAG, paragraph("内部资料") + paragraph("{{ agency }}（{{ year }}）"))
    )
    assert lines(template) == ["内部资料", "A&B<局>（2023）", *lines(national_template)]


def test_agency_and_year_may_stand_in_a_footer(national_template: bytes) -> None:
    """A footer has the names, too."""
    template = with_part(national_template, FOOTER, replacing("{{r", "{{ agency }} {{ year }} {{r"))
    assert text_of(root_of(made(template), FOOTER)) == "A&B<局> 2023 — 1 —"


def test_agency_and_year_may_stand_in_a_header(national_template: bytes) -> None:
    """A header that the agency adds has the names, too."""
    parts = parts_of(national_template)
    parts["word/header1.xml"] = (
        parts[FOOTER].replace(b"w:ftr", b"w:hdr").replace(b"{{r page_number }}", b"{{ agency }}{{ year }}")
    )
    assert text_of(root_of(made(package_of(parts)), "word/header1.xml")) == "A&B<局>2023"


def test_a_template_may_do_more_than_place(national_template: bytes) -> None:
    """With a condition or a filter, which takes Jinja, a template that comes to the same makes the same document."""
    wrapped = "</w:t></w:r></w:p><w:p><w:r><w:t>".join(
        ("{%p if section.table %}", "{{p section.table }}", "{%p endif %}")
    )
    conditional = with_part(national_template, DOCUMENT, replacing("{{p section.table }}", wrapped))
    filtered = with_part(
        national_template, DOCUMENT, replacing("{{p section.text }}", "{{p section.text|default('') }}")
    )
    plain_text = body(national_template)
    assert body(conditional) == plain_text
    assert body(filtered) == plain_text


def test_a_section_may_be_treated_by_its_key(national_template: bytes) -> None:
    """A template can put something before one section only."""
    note = paragraph("{%p if section.key == 'requests' %}") + paragraph("（见下表）") + paragraph("{%p endif %}")
    found = lines(with_part(national_template, DOCUMENT, before(HEADING_TAG, note)))
    assert found.count("（见下表）") == 1
    assert found[found.index("（见下表）") + 1] == "三、收到和处理政府信息公开申请情况"


def test_chinese_quotation_marks_in_a_tag_are_understood(national_template: bytes) -> None:
    """Word turns the quotation marks that one types into “ ”; inside a tag they still quote."""
    curly = with_part(national_template, DOCUMENT, replacing("section.text", "section[“text”]"))
    assert body(curly) == body(national_template)


def test_braces_can_be_printed(national_template: bytes) -> None:
    """What docxtpl writes for braces that are no tag prints braces."""
    template = with_part(national_template, DOCUMENT, before(TITLE_TAG, paragraph("{_{ 年 }_} {_% 月 %_}")))
    assert lines(template)[0] == "{{ 年 }} {% 月 %}"


@pytest.mark.parametrize("change", ["plain", "jinja"])
def test_a_template_from_the_cache_is_the_same(national_template: bytes, change: str) -> None:
    """What preparing found out can be kept as JSON, and then makes the same bytes."""
    template = (
        national_template
        if change == "plain"
        else with_part(national_template, DOCUMENT, replacing(HEADING_TAG, "{{p section.heading|safe }}"))
    )
    kept = DocxRenderer(prepared_again(template))
    for report in (REPORT, *full_reports()):
        assert kept.render(document_of(report)) == made(template, report)


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"format": 0}',
        b'{"format": 1}',
        b"\xff",
        b'{"format": 1, "programs": {}, "look": {}}',
    ],
)
def test_a_damaged_cache_is_not_used(national_template: bytes, kept: bytes) -> None:
    """Anything else in the cache is answered with None, so that the template is prepared anew."""
    assert decode_template(kept, national_template) is None


def test_parts_that_have_no_tags_are_copied(national_template: bytes) -> None:
    """Styles, fonts, settings and pictures of the template arrive byte for byte, and in their order."""
    parts = parts_of(national_template) | {"word/media/image1.png": bytes(range(256))}
    there = parts_of(made(package_of(parts)))
    assert list(there) == list(parts)
    changed = {name for name in parts if there[name] != parts[name]}
    assert changed == {DOCUMENT, FOOTER, "word/footer2.xml", "docProps/core.xml"}


def test_a_slot_may_be_used_twice(national_template: bytes) -> None:
    """A title that stands twice in the template stands twice in the report."""
    template = with_part(national_template, DOCUMENT, before(TITLE_TAG, paragraph(TITLE_TAG)))
    title, *others = lines(national_template)
    assert lines(template) == [title, title, *others]


@pytest.mark.parametrize("agency", ["空\x00字局", "半个\ud800字局", "\x1b[31m局"])
@pytest.mark.parametrize("tag", ["{{ agency }}", "{{ agency|default('') }}"])
def test_a_name_with_a_character_that_no_document_holds_is_placed(
    national_template: bytes, agency: str, tag: str
) -> None:
    """The agency's name in a slot of its own shows U+FFFD for such a character, as it does in the title."""
    template = with_part(national_template, DOCUMENT, before(TITLE_TAG, paragraph(f"{tag}：")))
    first = read_docx(made(template, replace(REPORT, agency=agency))).lines[0]
    assert first.text == ILLEGAL.sub("\ufffd", f"{agency}：")
