"""A stranger's .docx that would run something, read something, or fill the disk is refused with a remedy."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable

import docx
import pytest

from gxgen.core.errors import TemplateError
from gxgen.render.docx import prepare
from gxgen.render.docx.package import MAX_PARTS, MAX_UNPACKED, MAX_XML
from tests.render.docx.packages import DOCUMENT, SETTINGS, package_of, parts_of, replacing, with_part

TYPES, RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHINESE = re.compile("[\u4e00-\u9fff]{4}")
Change = Callable[[bytes], bytes]


def relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> Change:
    """A change that adds a relationship to the document."""
    added = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return lambda raw: with_part(raw, RELATIONS, replacing("</Relationships>", added))


def part(name: str, content: bytes = b"x") -> Change:
    """A change that adds a part."""
    return lambda raw: package_of(parts_of(raw) | {name: content})


def field(words: str) -> Change:
    """A change that adds a field as Word writes it, its words cut in two."""
    half = len(words) // 2
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (words[:half], words[half:]))
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return lambda raw: with_part(raw, DOCUMENT, replacing("<w:body>", f"<w:body><w:p>{begin}{runs}{end}</w:p>"))


def before_the_root(text: str) -> Change:
    """A change that puts something before a part's root."""
    return lambda raw: with_part(raw, SETTINGS, lambda xml: re.sub(r"(<\?xml.*?\?>)?\s*", rf"\1{text}", xml, count=1))


def twice(raw: bytes) -> bytes:
    """The file with two parts of one name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in [*parts_of(raw).items(), ("word/DOCUMENT.xml", b"<document/>")]:
            archive.writestr(name, content)
    return packed.getvalue()


def lying(raw: bytes) -> bytes:
    """The file with a part that unpacks to more than it says."""
    packed = io.BytesIO(part("word/media/image1.png", bytes(1_000_000))(raw))
    changed = bytearray(packed.getvalue())
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        for found in re.finditer(re.escape(signature), bytes(changed)):
            size = struct.unpack_from("<I", changed, found.start() + at)[0]
            if size == 1_000_000:
                struct.pack_into("<I", changed, found.start() + at, 1_000)
    return bytes(changed)


SCRAMBLED = random.Random(1).randbytes(MAX_XML + 1)  # noqa: S311  # what does not shrink when packed
UNSAFE: dict[str, tuple[Change, str]] = {
    "a macro": (part("word/vbaProject.bin"), "宏"),
    "a macro elsewhere": (part("custom/VBAPROJECT.BIN"), "宏"),
    "a .docm by its type": (
        lambda raw: with_part(
            raw,
            TYPES,
            replacing(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml",
            ),
        ),
        "宏",
    ),
    "a control": (part("word/activeX/activeX1.xml", b"<ax/>"), "控件"),
    "buttons": (part("customUI/customUI.xml", b"<customUI/>"), "宏"),
    "a macro by its relationship": (relation("vbaProject", "anything.bin", ""), "宏"),
    "an attached template": (relation("attachedTemplate", "http://example.org/a.dotm"), "attachedTemplate"),
    "an attached template on a share": (relation("attachedTemplate", "file:///\\\\host\\a.dotm"), "attachedTemplate"),
    "a linked picture": (relation("image", "http://example.org/a.png"), "image"),
    "a linked object": (relation("oleObject", "file:///C:/a.xlsx"), "oleObject"),
    "an embedded object": (relation("oleObject", "embeddings/oleObject1.bin", ""), "对象"),
    "a linked document": (relation("subDocument", "file:///C:/a.docx"), "subDocument"),
    "an embedded page": (relation("aFChunk", "page.html", ""), "对象"),
    "a frame": (relation("frame", "http://example.org/"), "frame"),
    "a link to a file": (relation("hyperlink", "file:///etc/passwd"), "hyperlink"),
    "a link that runs": (relation("hyperlink", "javascript:alert(1)"), "hyperlink"),
    "an external link in a part of its own": (
        part(
            "word/_rels/settings.xml.rels",
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
            + f'Type="{OFFICE}/attachedTemplate" Target="http://a/" TargetMode="External"/></Relationships>'.encode(),
        ),
        "attachedTemplate",
    ),
    "a DTD": (before_the_root("<!DOCTYPE a>"), "实体"),
    "an entity": (before_the_root('<!DOCTYPE a [<!ENTITY b "c">]>'), "实体"),
    "an entity from a file": (before_the_root('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'), "实体"),
    "a billion laughs": (
        before_the_root('<!DOCTYPE a [<!ENTITY b "cccccccc"><!ENTITY d "&b;&b;&b;&b;&b;&b;&b;&b;">]>'),
        "实体",
    ),
    "an entity in UTF-16": (
        part("word/a.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")),
        "实体",
    ),
    "a field that starts a program": (field(" DDEAUTO c:\\\\windows\\\\cmd.exe "), "DDEAUTO"),
    "a field that reads a file": (field("INCLUDETEXT /etc/passwd"), "INCLUDETEXT"),
    "a field that fetches a picture": (field(" includepicture http://example.org/a.png"), "includepicture"),
    "a simple field": (
        lambda raw: with_part(
            raw, DOCUMENT, replacing("<w:body>", '<w:body><w:p><w:fldSimple w:instr=" LINK Excel.Sheet "/></w:p>')
        ),
        "LINK",
    ),
    "an embedded chunk": (
        lambda raw: with_part(raw, DOCUMENT, replacing("<w:body>", '<w:body><w:altChunk r:id="rId1"/>')),
        "嵌着",
    ),
    "a way out": (part("../../etc/passwd"), "路径"),
    "a way out in the middle": (part("word/../../a"), "路径"),
    "a path from the root": (part("/etc/passwd"), "路径"),
    "a path of Windows": (part("word\\..\\a"), "路径"),
    "a drive": (part("C:/a"), "路径"),
    "two parts of one name": (twice, "重名"),
    "very many parts": (
        lambda raw: package_of(parts_of(raw) | {f"word/media/{n}.png": b"" for n in range(MAX_PARTS)}),
        "太多",
    ),
    "a bomb": (part("word/media/image1.png", bytes(MAX_UNPACKED)), "过大"),
    "a small bomb": (part("word/media/image1.png", bytes(20_000_000)), "不正常"),
    "a part of XML without end": (
        part("word/a.xml", SCRAMBLED),
        "过大",
    ),
    "a part that says it is smaller": (lying, "不是有效的"),
}
"""Packages that are refused, and a word of why."""


@pytest.mark.parametrize(("change", "word"), UNSAFE.values(), ids=UNSAFE.keys())
def test_an_unsafe_package_is_refused(national_template: bytes, change: Change, word: str) -> None:
    """The message says what it is, the hint what to do, both in Chinese."""
    with pytest.raises(TemplateError) as refused:
        prepare(change(national_template))
    assert word in refused.value.message
    assert CHINESE.search(refused.value.message)
    assert CHINESE.search(refused.value.hint)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["{{ ", "{% colspan ", "{% vm ", "{%- ", "{#", "{{ a }} "])
def test_tags_without_number_are_refused(national_template: bytes, piece: str) -> None:
    """What would take docxtpl minutes to join is refused before it begins."""
    text = f"<w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{piece * 40_000}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    with pytest.raises(TemplateError, match="标记太多"):
        prepare(with_part(national_template, DOCUMENT, replacing("<w:body>", text)))


@pytest.mark.parametrize("address", ["http://www.gov.cn/", "https://www.gov.cn/", "mailto:a@example.org"])
def test_a_link_to_a_web_page_may_stay(national_template: bytes, address: str) -> None:
    """A reader follows it or does not; nothing happens by itself."""
    assert prepare(relation("hyperlink", address)(national_template)).programs


def test_page_numbers_and_pictures_may_stay(national_template: bytes) -> None:
    """The fields and parts of ordinary documents are no danger."""
    harmless = field(" PAGE \\* MERGEFORMAT ")(part("word/media/image1.png", bytes(range(256)))(national_template))
    assert prepare(harmless).programs


def test_an_ordinary_document_of_python_docx_is_safe(national_template: bytes) -> None:
    """Programs other than Word write packages that are taken."""
    saved = io.BytesIO()
    docx.Document(io.BytesIO(national_template)).save(saved)
    assert prepare(saved.getvalue()).programs
