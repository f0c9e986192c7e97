"""A Word template that cannot be used says why, in Chinese, and what to do: TemplateError and nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from gxgen.core.errors import TemplateError
from gxgen.model import Report
from gxgen.render.docx import DocxRenderer, prepare
from gxgen.render.docx.metrics import REQUIRED
from gxgen.render.docx.package import MAX_UNPACKED, OLE
from gxgen.spec import layouts
from tests.render.docx.packages import DOCUMENT, FOOTER, STYLES, package_of, parts_of, replacing, with_part
from tests.render.made import document_of

REPORT = Report(year=2023, layout=layouts()[-1], agency="某县科学技术局", narrative={"preamble": "开头语。"})
CHINESE = re.compile("[\u4e00-\u9fff]{4}")


def refusal(template: bytes) -> TemplateError:
    """Why a template is refused, when it is read or when a report is made of it."""
    with pytest.raises(TemplateError) as refused:
        DocxRenderer(prepare(template)).render(document_of(REPORT))
    assert CHINESE.search(refused.value.message), refused.value.message
    assert CHINESE.search(refused.value.hint), refused.value.hint
    return refused.value


# The file


def without(name: str) -> Callable[[bytes], bytes]:
    """A change that takes a part out of a package."""
    return lambda raw: package_of({part: content for part, content in parts_of(raw).items() if part != name})


def encrypted(raw: bytes) -> bytes:
    """The file with the mark of encryption on each of its parts."""
    marked = bytearray(raw)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(signature), raw):
            marked[found.start() + flags] |= 1
    return bytes(marked)


def bomb(raw: bytes) -> bytes:
    """A file that unpacks to more than any template."""
    return package_of(parts_of(raw) | {"word/media/image1.png": bytes(MAX_UNPACKED)})


NOT_DOCX: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "text": lambda _: "这是一份模板".encode(),
    "cut off": lambda raw: raw[: len(raw) // 2],
    "an empty zip": lambda _: package_of({}),
    "a workbook": lambda _: package_of({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}),
    "no document": without(DOCUMENT),
    "no styles": without(STYLES),
    "no content types": without("[Content_Types].xml"),
    "document cut off": lambda raw: with_part(raw, DOCUMENT, lambda text: text[:-100]),
    "document empty": lambda raw: with_part(raw, DOCUMENT, lambda _: ""),
    "styles no XML": lambda raw: with_part(raw, STYLES, replacing("<w:style ", "<w:style & ")),
    "footer not closed": lambda raw: with_part(raw, FOOTER, replacing("</w:p>", "")),
}


@pytest.mark.parametrize("damage", NOT_DOCX.values(), ids=NOT_DOCX.keys())
def test_a_file_that_is_no_word_file_is_refused(national_template: bytes, damage: Callable[[bytes], bytes]) -> None:
    """The message says that the template is no valid .docx, and the hint how to save one."""
    refused = refusal(damage(national_template))
    assert refused.message == "Word 模板不是有效的 .docx 文件"
    assert "另存为" in refused.hint


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (OLE + bytes(5000), "Word 模板是旧版 .doc"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
)
def test_an_old_file_and_one_with_a_password_are_told_apart(raw: bytes, message: str) -> None:
    """A .doc renamed to .docx begins like a .docx with a password; the message says which it is."""
    assert message in refusal(raw).message


def test_an_encrypted_zip_is_refused(national_template: bytes) -> None:
    """A zip with a password is not asked for it."""
    assert "密码" in refusal(encrypted(national_template)).message


def test_a_file_that_unpacks_to_very_much_is_refused(national_template: bytes) -> None:
    """A zip bomb is not unpacked."""
    assert "过大" in refusal(bomb(national_template)).message


def test_an_unknown_compression_is_refused(national_template: bytes) -> None:
    """A zip that packs its parts in a way that Word does not read is no .docx."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts_of(national_template).items():
            archive.writestr(name, content)
    raw = bytearray(packed.getvalue())
    for signature, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        for found in re.finditer(re.escape(signature), bytes(raw)):
            raw[found.start() + method] = 99
    assert ".docx" in refusal(bytes(raw)).message


# The styles and the page


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_style_is_named(national_template: bytes, name: str) -> None:
    """The message names the style that the template lacks, as Word shows it."""
    renamed = re.compile(rf'<w:name w:val="{name}"/>', re.IGNORECASE)
    template = with_part(national_template, STYLES, lambda text: renamed.sub('<w:name w:val="别的"/>', text))
    assert refusal(template).message.endswith(f"：{name}")


def test_all_missing_styles_are_named_at_once(national_template: bytes) -> None:
    """One message for two styles."""
    template = with_part(
        national_template, STYLES, lambda text: text.replace("密表表头", "甲").replace("密表标签", "乙")
    )
    assert refusal(template).message.endswith("：密表表头、密表标签")


def test_a_template_without_a_page_is_refused(national_template: bytes) -> None:
    """Without a page nobody knows how wide the tables are."""
    template = with_part(national_template, DOCUMENT, lambda text: re.sub("<w:sectPr>.*</w:sectPr>", "", text))
    assert "页面设置" in refusal(template).message


@pytest.mark.parametrize("margin", ["9000", "10000", "10432", "11906", "99999"])
def test_a_page_without_room_for_text_is_refused(national_template: bytes, margin: str) -> None:
    """Margins that leave no room for a title or a table are the template's fault."""
    assert refusal(with_part(national_template, DOCUMENT, replacing('w:left="1587"', f'w:left="{margin}"')))


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        (STYLES, '<w:sz w:val="18"/>', '<w:sz w:val="九号"/>'),
        (STYLES, '<w:sz w:val="18"/>', '<w:sz w:val=""/>'),
        (STYLES, '<w:sz w:val="44"/>', '<w:sz w:val="0"/>'),
        (STYLES, '<w:sz w:val="18"/>', '<w:sz w:val="0"/>'),
        (STYLES, '<w:left w:w="45"', '<w:left w:w="宽"'),
        (DOCUMENT, 'w:left="1587"', 'w:left="左"'),
        (DOCUMENT, 'w:w="11906"', 'w:w=""'),
    ],
)
def test_a_measure_that_is_no_number_is_the_templates_fault(
    national_template: bytes, part: str, before: str, after: str
) -> None:
    """A size or margin that is no positive number is refused like any other fault of the template."""
    assert refusal(with_part(national_template, part, replacing(before, after)))


# The tags


@pytest.mark.parametrize(
    ("tag", "named"),
    [
        ("{{p title }}", "{{p title }}"),
        ("{{p preamble }}", "{{p preamble }}"),
        ("{{p section.heading }}", "heading"),
        ("{{p section.text }}", "text"),
        ("{{p section.table }}", "table"),
    ],
)
def test_a_template_that_drops_a_part_of_the_report_is_refused(national_template: bytes, tag: str, named: str) -> None:
    """A report never loses its title, a section, a text or a table silently; the hint lists the slots."""
    refused = refusal(with_part(national_template, DOCUMENT, replacing(tag, "")))
    assert "漏掉" in refused.message
    assert named in refused.hint


def test_a_template_without_tags_is_refused(national_template: bytes) -> None:
    """An ordinary Word file is no template."""
    template = with_part(national_template, DOCUMENT, lambda text: re.sub(r"\{[{%].*?[}%]\}", "", text))
    assert "漏掉" in refusal(template).message


def test_a_tag_that_is_never_closed_drops_its_part(national_template: bytes) -> None:
    """Half a tag is text, so what it was to place is missing."""
    assert "漏掉" in refusal(with_part(national_template, DOCUMENT, replacing("{{p title }}", "{{p title"))).message


def test_a_text_that_another_section_says_too_may_not_be_dropped(national_template: bytes) -> None:
    """Two sections that say the same (无) are two: one of them may not vanish behind the other."""
    report = Report(year=2023, layout=layouts()[-1], narrative={"problems": "无"})
    template = with_part(
        national_template,
        DOCUMENT,
        replacing("{{p section.text }}", "{{p section.text if section.key != 'problems' else '' }}"),
    )
    with pytest.raises(TemplateError, match="漏掉"):
        DocxRenderer(prepare(template)).render(document_of(report))


@pytest.mark.parametrize("tag", ["{{p section.headline }}", "{{p section.headline|upper }}"])
def test_an_unknown_attribute_is_named(national_template: bytes, tag: str) -> None:
    """The message names what the template asks for in vain, whichever way the template is run."""
    assert (
        "headline" in refusal(with_part(national_template, DOCUMENT, replacing("{{p section.heading }}", tag))).message
    )


@pytest.mark.parametrize("tag", ["{{p titel }}", "{{p titel|upper }}", "{{p 标题 }}"])
def test_an_unknown_name_is_named(national_template: bytes, tag: str) -> None:
    """A name that does not exist is never printed as nothing."""
    refused = refusal(with_part(national_template, DOCUMENT, replacing("{{p title }}", tag)))
    assert tag.split()[1].partition("|")[0] in refused.message


@pytest.mark.parametrize(
    ("tag", "broken"),
    [
        ("{%p endfor %}", ""),
        ("{%p endfor %}", "{%p endif %}"),
        ("{%p for section in sections %}", "{%p for section sections %}"),
        ("{%p for section in sections %}", "{%p 循环 %}"),
        ("{{p title }}", "{{p title|没有 }}"),
        ("{{p title }}", "{{p title + }}"),
    ],
)
def test_a_broken_tag_is_refused(national_template: bytes, tag: str, broken: str) -> None:
    """What Jinja cannot read is a fault of the tags, and the message says so."""
    refused = refusal(with_part(national_template, DOCUMENT, replacing(tag, broken)))
    assert "标记" in refused.message


def test_a_broken_tag_is_quoted_with_its_place(national_template: bytes) -> None:
    """Nobody can guess which of the tags is meant: the message quotes it as it was typed."""
    refused = refusal(with_part(national_template, DOCUMENT, replacing("{{p title }}", "{{p title + }}")))
    assert "第 1 段" in refused.message
    assert "{{p title + }}" in refused.message


@pytest.mark.parametrize("tag", ["{{ section.table }}", "表{{ section.table }}"])
def test_a_slot_without_its_p_is_refused(national_template: bytes, tag: str) -> None:
    """A slot brings its own paragraphs; put inside one, it makes a file that Word does not open."""
    assert "{{p" in refusal(with_part(national_template, DOCUMENT, replacing("{{p section.table }}", tag))).hint
