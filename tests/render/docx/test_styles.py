"""Every paragraph names its style, and every style its Chinese font."""

from __future__ import annotations

import pytest
from lxml.etree import _Element

from gxgen.model import Report
from gxgen.render.docx import DocxRenderer
from gxgen.spec import layouts
from tests.docx_reader import Line, read_docx
from tests.render.docx.packages import STYLES, W, root_of, styles_by_name, text_of, value
from tests.render.made import document_of

REPORT = Report(
    year=2023,
    layout=layouts()[-1],
    agency="某县科学技术局",
    narrative={
        "preamble": "开头语。",
        "overview": "（一）主动公开\n公开了**26条**信息。\n（二）依申请公开。没有**收到**申请。",
        "problems": "**存在问题**是少。",
    },
)


@pytest.fixture(scope="module")
def raw(renderer: DocxRenderer) -> bytes:
    """A report as a .docx file."""
    return renderer.render(document_of(REPORT))


@pytest.fixture(scope="module")
def lines(raw: bytes) -> dict[str, Line]:
    """Its paragraphs by their text."""
    return {line.text: line for line in read_docx(raw).lines}


@pytest.mark.parametrize(
    ("name", "font", "half_points"),
    [
        ("Title", "方正小标宋简体", 44),
        ("heading 1", "黑体", 32),
        ("heading 2", "楷体_GB2312", 32),
        ("报告正文", "仿宋_GB2312", 32),
        ("footer", "宋体", 28),
        ("表格数字", "仿宋_GB2312", 21),
        ("密表数字", "仿宋_GB2312", 18),
    ],
)
def test_styles_have_the_fonts_and_sizes_of_the_standard(raw: bytes, name: str, font: str, half_points: int) -> None:
    """Title, the three levels of text, page number and tables have the typeface and size of the standard."""
    properties = styles_by_name(raw)[name].find(f"{W}rPr")
    assert properties is not None
    assert value(properties.find(f"{W}rFonts"), "eastAsia") == font
    assert int(value(properties.find(f"{W}sz"))) == half_points


def test_every_paragraph_style_names_its_chinese_font(raw: bytes) -> None:
    """A style without w:eastAsia of its own would take Word's: 等线, or what the theme says."""
    styles = styles_by_name(raw)
    assert styles
    assert all(value(style.find(f"{W}rPr/{W}rFonts"), "eastAsia") for style in styles.values())


def test_no_font_comes_from_a_theme(raw: bytes) -> None:
    """A theme font overrides the font named beside it."""
    fonts = list(root_of(raw, STYLES).iter(f"{W}rFonts"))
    assert fonts
    assert [name for element in fonts for name in map(str, element.attrib) if "heme" in name] == []


@pytest.mark.parametrize(("name", "level"), [("heading 1", "0"), ("heading 2", "1")])
def test_headings_have_outline_levels(raw: bytes, name: str, level: str) -> None:
    """Word's navigation pane and a table of contents go by the outline level."""
    assert value(styles_by_name(raw)[name].find(f"{W}pPr/{W}outlineLvl")) == level


def test_nothing_but_headings_has_an_outline_level(raw: bytes) -> None:
    """Body text in the navigation pane would bury the headings."""
    outlined = [name for name, style in styles_by_name(raw).items() if style.find(f"{W}pPr/{W}outlineLvl") is not None]
    assert sorted(outlined) == ["heading 1", "heading 2"]


def test_each_paragraph_has_the_style_of_its_level(lines: dict[str, Line]) -> None:
    """Title, section headings, heads on their own line and text each name their style."""
    styles = {text: line.style for text, line in lines.items()}
    assert styles["某县科学技术局\n2023年政府信息公开工作年度报告"] == "Title"
    assert styles["一、总体情况"] == "Heading 1"
    assert styles["（一）主动公开"] == "Heading 2"
    assert {styles[text] for text in ("开头语。", "公开了26条信息。", "存在问题是少。", "无")} == {"报告正文"}


def test_a_head_that_runs_in_is_set_apart(lines: dict[str, Line]) -> None:
    """The head of a paragraph is in the character style 行内标题 and its text is not; the paragraph is body text."""
    line = lines["（二）依申请公开。没有收到申请。"]
    assert line.style == "报告正文"
    assert [(piece.text, piece.style, piece.bold) for piece in line.pieces] == [
        ("（二）依申请公开。", "行内标题", False),
        ("没有", "", False),
        ("收到", "", True),
        ("申请。", "", False),
    ]


def test_a_run_in_head_is_in_kaiti(raw: bytes) -> None:
    """The character style 行内标题 is 楷体, as a head on its own line is."""
    assert value(styles_by_name(raw, "character")["行内标题"].find(f"{W}rPr/{W}rFonts"), "eastAsia") == "楷体_GB2312"


def test_bold_pieces_are_bold(lines: dict[str, Line]) -> None:
    """``**…**`` makes a bold run, also at the start of a paragraph, and its neighbours stay plain."""
    assert [(piece.text, piece.bold) for piece in lines["公开了26条信息。"].pieces] == [
        ("公开了", False),
        ("26条", True),
        ("信息。", False),
    ]
    assert [(piece.text, piece.bold) for piece in lines["存在问题是少。"].pieces] == [
        ("存在问题", True),
        ("是少。", False),
    ]


def test_punctuation_takes_the_chinese_font(raw: bytes) -> None:
    """Every run of text has the East Asian hint, without which “ ” — … come out half as wide; digits need none."""

    def hint(run: _Element) -> str | None:
        fonts = run.find(f"{W}rPr/{W}rFonts")
        return None if fonts is None else fonts.get(f"{W}hint")

    runs = [run for run in root_of(raw).iter(f"{W}r") if not text_of(run).isascii()]
    assert runs
    assert {hint(run) for run in runs} == {"eastAsia"}
