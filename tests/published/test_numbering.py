"""Numbers that Word sets before paragraphs by itself, in documents made by python-docx."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gxgen.published import read_bytes

TITLE = "青川县水务局2023年政府信息公开工作年度报告"


def document(levels: list[tuple[str, str]], paragraphs: list[tuple[str, int | None]]) -> bytes:
    """A report whose section 五 has these paragraphs, each numbered on a level or not at all."""
    made = Document()
    lists = made.part.numbering_part.element
    kind = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{name}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (name, text) in enumerate(levels)
    )
    lists.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{kind}</w:abstractNum>'))
    lists.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for text, level in [
        (TITLE, None),
        ("一、总体情况", None),
        ("全年平稳。", None),
        ("五、存在的主要问题及改进情况", None),
        *paragraphs,
    ]:
        paragraph = made.add_paragraph(text)
        if level is not None:
            number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(number))
    raw = io.BytesIO()
    made.save(raw)
    return raw.getvalue()


def problems(raw: bytes) -> str:
    """The text of section 五 as it is read."""
    report = read_bytes(raw, ".docx").report
    assert report
    return report.narrative["problems"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("decimal", "%1.", ["1.", "2."]),
        ("chineseCounting", "（%1）", ["（一）", "（二）"]),
        ("chineseCountingThousand", "%1、", ["一、", "二、"]),
        ("decimalEnclosedCircleChinese", "%1", ["①", "②"]),
        ("lowerLetter", "%1)", ["a)", "b)"]),
        ("bullet", "", ["", ""]),
        ("hebrew1", "%1.", ["\ufffd.", "\ufffd."]),
    ],
)
def test_a_number_is_read_as_word_shows_it(name: str, text: str, expected: list[str]) -> None:
    """It is part of what the report says; a sign in its place shows where nobody knows what it was."""
    raw = document([(name, text)], [("提高质量。", 0), ("其间没有。", None), ("加强培训。", 0)])
    first, second = expected
    assert problems(raw) == f"{first}提高质量。\n其间没有。\n{second}加强培训。"


def test_levels_count_by_themselves() -> None:
    """A deeper level begins anew below each number of the level above."""
    raw = document(
        [("chineseCounting", "（%1）"), ("decimal", "%2.")],
        [("甲。", 0), ("乙。", 1), ("丙。", 1), ("丁。", 0), ("戊。", 1)],
    )
    assert problems(raw) == "（一）甲。\n1.乙。\n2.丙。\n（二）丁。\n1.戊。"


def test_a_heading_is_known_without_its_number() -> None:
    """Headings numbered by Word are headings."""
    raw = document(
        [("chineseCounting", "%1、")], [("提高质量。", None), ("其他需要报告的事项", 0), ("另有一事。", None)]
    )
    report = read_bytes(raw, ".docx").report
    assert report
    assert (report.narrative["problems"], report.narrative["other"]) == ("提高质量。", "另有一事。")
