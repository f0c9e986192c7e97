"""Write templates/national/report.docx: the page and the styles of GB/T 9704-2012 in a package written from scratch.

    python tools/national_template.py

The same script writes the same bytes. Lengths are millimetres where the standard gives millimetres and points where it
gives sizes (号); WordprocessingML wants twentieths of a point (twips).
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import partial
from math import floor
from pathlib import Path

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "national" / "report.docx"

TIMES = "Times New Roman"
FANGSONG, KAITI, HEITI, SONGTI, XIAOBIAOSONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
ELSEWHERE = {
    FANGSONG: "FangSong,仿宋",
    KAITI: "KaiTi,楷体",
    HEITI: "SimHei",
    SONGTI: "SimSun",
    XIAOBIAOSONG: "SimSun,宋体",
}
"""The same design under the name it has on a computer without the official font."""

SIZE_2, SIZE_3, SIZE_4, SIZE_5, SIZE_SMALL_5 = 22, 16, 14, 10.5, 9
LINES, CHARACTERS = 22, 28
PAGE_NUMBER_DROP = 7

SCHEMAS = "http://schemas.openxmlformats.org"
OFFICE = f"{SCHEMAS}/officeDocument/2006"
NAMESPACES = f'xmlns:w="{SCHEMAS}/wordprocessingml/2006/main" xmlns:r="{OFFICE}/relationships"'
DRAWING = f"{SCHEMAS}/drawingml/2006/main"
WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def millimetres(length: float) -> int:
    """Turn millimetres into twips."""
    return round(length * 1440 / 25.4)


def points(length: float) -> int:
    """Turn points into twips."""
    return round(length * 20)


@dataclass(frozen=True)
class Page:
    """A4 (GB/T 9704-2012, 5.1) with a type area of 156 × 225 mm (5.2.1), in twips."""

    width: int = millimetres(210)
    height: int = millimetres(297)
    top: int = millimetres(37)
    right: int = millimetres(26)
    bottom: int = millimetres(35)
    left: int = millimetres(28)

    @property
    def line_pitch(self) -> int:
        """22 lines fill the type area and not a twip more (GB/T 9704-2012, 5.2.3)."""
        return (self.height - self.top - self.bottom) // LINES

    @property
    def character_pitch(self) -> float:
        """28 characters fill a line (GB/T 9704-2012, 5.2.3)."""
        return (self.width - self.left - self.right) / CHARACTERS

    @property
    def character_space(self) -> int:
        """What the grid adds to a 三号 character, in 4096ths of a point; rounded down, or 27 would fit."""
        return floor((self.character_pitch / points(1) - SIZE_3) * 4096)

    @property
    def narrowing(self) -> int:
        """What a 三号 character gives up so that 28 fit, in whole twips; justified lines win back what is too much.

        One twip is to spare: LibreOffice rounds, and would set 27.
        """
        return floor(self.character_pitch) - points(SIZE_3) - 1

    @property
    def footer(self) -> int:
        """From the paper's edge to the foot of the page number.

        The dashes stand 7 mm below the type area (GB/T 9704-2012, 7.5), halfway up their line.
        """
        return self.bottom - millimetres(PAGE_NUMBER_DROP) - points(SIZE_4) // 2


PAGE = Page()
BODY_LINE = PAGE.line_pitch / points(1)
TITLE_LINE = SIZE_2 + SIZE_3 * 7 / 8
"""A line is its character's height and 7/8 of a 三号 one (GB/T 9704-2012, 3.2)."""


def element(tag: str, *children: str, **attributes: object) -> str:
    """Write one element of the main namespace; its attributes belong to the same."""
    written = "".join(f' w:{name}="{value}"' for name, value in attributes.items())
    content = "".join(children)
    return f"<w:{tag}{written}>{content}</w:{tag}>" if content else f"<w:{tag}{written}/>"


def switch(tag: str, on: bool) -> str:
    """Write an on-off property out, whichever way it is, so that no program's own default shows."""
    return element(tag, val=int(on))


def fonts(chinese: str, latin: str = TIMES) -> str:
    """Name all four fonts: a script left out falls back to the theme, or to the program's own idea."""
    return element("rFonts", hint="eastAsia", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin)


@dataclass(frozen=True)
class Style:
    """A paragraph style. Unless told otherwise: 三号仿宋 (GB/T 9704-2012, 5.2.2), 22 lines of 28 characters.

    The styles keep to the page's grid by their own measures and none snaps to it: LibreOffice gives a character wider
    than its cell two of them (14 to a line), and table text in Word would be pulled apart.
    """

    id: str
    name: str
    font: str = FANGSONG
    latin: str = TIMES
    size: float = SIZE_3
    line: float | None = BODY_LINE
    """The fixed height of a line in points; None lets the font decide."""
    after: float = 0
    align: str = "both"
    indented: bool = False
    outline: int | None = None
    keep_next: bool = False
    narrowed: bool = True
    """Narrowed to 28 characters a line."""
    successor: str = ""

    @property
    def custom(self) -> bool:
        """Word's own styles have English names."""
        return not self.name.isascii()

    @property
    def paragraph(self) -> str:
        """The paragraph properties, in the order of the schema."""
        heading = self.outline is not None
        rule, line = ("auto", 240) if self.line is None else ("exact", points(self.line))
        indent = element("ind", firstLineChars=200, firstLine=round(2 * PAGE.character_pitch))
        return element(
            "pPr",
            switch("keepNext", self.keep_next),
            switch("keepLines", heading),
            switch("widowControl", False),
            switch("adjustRightInd", False),
            switch("snapToGrid", False),
            element("spacing", before=0, after=points(self.after), line=line, lineRule=rule),
            indent if self.indented else "",
            element("jc", val=self.align),
            element("outlineLvl", val=self.outline) if heading else "",
        )

    @property
    def run(self) -> str:
        """The run properties, in the order of the schema."""
        half_points = round(self.size * 2)
        return element(
            "rPr",
            fonts(self.font, self.latin),
            switch("b", False),
            switch("bCs", False),
            switch("snapToGrid", False),
            element("spacing", val=PAGE.narrowing if self.narrowed else 0),
            element("sz", val=half_points),
            element("szCs", val=half_points),
        )


figures = partial(Style, size=SIZE_5, line=None, align="center", narrowed=False)
dense = partial(figures, size=SIZE_SMALL_5)
"""Table text has lines as high as it needs: in a fixed pitch a cell would lose some."""

BODY = Style("ReportBody", "报告正文", indented=True)
HEADING = partial(Style, indented=True, keep_next=True, successor=BODY.id)

NORMAL = Style("Normal", "Normal")
TITLE = Style(
    "Title",
    "Title",
    font=XIAOBIAOSONG,
    size=SIZE_2,
    line=TITLE_LINE,
    after=2 * BODY_LINE - TITLE_LINE,
    align="center",
    keep_next=True,
    narrowed=False,
    successor=BODY.id,
)
"""二号小标宋, centred (GB/T 9704-2012, 7.3.1); a title of one line takes two lines of the page."""
HEADING_1 = HEADING("Heading1", "heading 1", font=HEITI, outline=0)
HEADING_2 = HEADING("Heading2", "heading 2", font=KAITI, outline=1)
"""`一、` is set in 黑体 and `（一）` in 楷体, the text two characters in (GB/T 9704-2012, 7.3.3)."""
TABLE_FIGURE = figures("TableFigure", "表格数字")
FOOTER = Style("Footer", "footer", font=SONGTI, latin=SONGTI, size=SIZE_4, line=SIZE_4, narrowed=False)
"""四号宋体, its digits too (GB/T 9704-2012, 7.5)."""

STYLES = (
    NORMAL,
    TITLE,
    HEADING_1,
    HEADING_2,
    BODY,
    figures("TableBand", "表格分项", align="left"),
    figures("TableHead", "表格表头"),
    figures("TableLabel", "表格标签"),
    TABLE_FIGURE,
    dense("DenseHead", "密表表头"),
    dense("DenseLabel", "密表标签", align="left"),
    dense("DenseFigure", "密表数字"),
    Style("TableSpacer", "表格间距", line=6, narrowed=False, successor=BODY.id),
    Style("Header", "header", font=SONGTI, size=SIZE_SMALL_5, line=None, align="center", narrowed=False),
    FOOTER,
)

SLOTS = (
    ("{{p title }}", TITLE),
    ("{{p preamble }}", BODY),
    ("{%p for section in sections %}", NORMAL),
    ("{{p section.heading }}", HEADING_1),
    ("{{p section.text }}", BODY),
    ("{{p section.table }}", TABLE_FIGURE),
    ("{%p endfor %}", NORMAL),
)
"""Each tag stands in the style of what replaces it, so that the look shows in Word."""


def paragraph_style(style: Style) -> str:
    """Write a paragraph style; all stand on Normal."""
    kind = {"customStyle": 1} if style.custom else {"default": 1} if style is NORMAL else {}
    return element(
        "style",
        element("name", val=style.name),
        element("basedOn", val=NORMAL.id) if style is not NORMAL else "",
        element("next", val=style.successor) if style.successor else "",
        element("qFormat"),
        style.paragraph,
        style.run,
        type="paragraph",
        **kind,
        styleId=style.id,
    )


def run_in_head_style() -> str:
    """Write the style of a head that begins its paragraph: 楷体 (GB/T 9704-2012, 7.3.3)."""
    return element(
        "style",
        element("name", val="行内标题"),
        element("qFormat"),
        element("rPr", fonts(KAITI)),
        type="character",
        customStyle=1,
        styleId="RunInHead",
    )


def cell_margins(vertical: float, horizontal: float) -> str:
    """Write the space between a cell's rule and its text, given in millimetres."""
    sides = {"top": vertical, "left": horizontal, "bottom": vertical, "right": horizontal}
    return element("tblCellMar", *(element(side, w=millimetres(width), type="dxa") for side, width in sides.items()))


def plain_table_style() -> str:
    """Write the table style that every other one stands on."""
    return element(
        "style",
        element("name", val="Normal Table"),
        element("uiPriority", val=99),
        element("semiHidden"),
        element("unhideWhenUsed"),
        element("rPr", fonts(FANGSONG)),
        element("tblPr", element("tblInd", w=0, type="dxa"), cell_margins(0, 1.9)),
        type="table",
        default=1,
        styleId="TableNormal",
    )


def report_table_style() -> str:
    """Write the style of the report's tables: single black rules of half a point, text in the middle of its cell."""
    rules = ("top", "left", "bottom", "right", "insideH", "insideV")
    return element(
        "style",
        element("name", val="年报表格"),
        element("basedOn", val="TableNormal"),
        element("qFormat"),
        element("rPr", fonts(FANGSONG)),
        element(
            "tblPr",
            element("jc", val="center"),
            element("tblBorders", *(element(rule, val="single", sz=4, space=0, color="000000") for rule in rules)),
            cell_margins(0.3, 0.8),
        ),
        element("tcPr", element("vAlign", val="center")),
        type="table",
        customStyle=1,
        styleId="ReportTable",
    )


def styles() -> str:
    """Write the styles; no font comes from a theme."""
    language = element("lang", val="en-US", eastAsia="zh-CN")
    size = round(SIZE_3 * 2)
    defaults = element("rPr", fonts(FANGSONG), element("sz", val=size), element("szCs", val=size), language)
    return part(
        "styles",
        element("docDefaults", element("rPrDefault", defaults), element("pPrDefault")),
        *map(paragraph_style, STYLES),
        run_in_head_style(),
        plain_table_style(),
        report_table_style(),
    )


def part(tag: str, *children: str) -> str:
    """Write the root element of a part."""
    return f"<w:{tag} {NAMESPACES}>{''.join(children)}</w:{tag}>"


def run(text: str) -> str:
    """Write a run that keeps its spaces."""
    return element("r", f'<w:t xml:space="preserve">{text}</w:t>')


def paragraph(style: Style, *runs: str, properties: str = "") -> str:
    """Write a paragraph in a style."""
    return element("p", element("pPr", element("pStyle", val=style.id), properties), *runs)


def body() -> str:
    """Write a paragraph for each tag of the template."""
    return "".join(paragraph(style, run(tag)) for tag, style in SLOTS)


def document(content: str) -> str:
    """Write the body, then the page."""
    return part("document", element("body", content, section()))


def section() -> str:
    """Write the page's measures, its grid and its two page numbers."""
    return element(
        "sectPr",
        '<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>',
        element("pgSz", w=PAGE.width, h=PAGE.height),
        element(
            "pgMar",
            top=PAGE.top,
            right=PAGE.right,
            bottom=PAGE.bottom,
            left=PAGE.left,
            header=millimetres(15),
            footer=PAGE.footer,
            gutter=0,
        ),
        element("docGrid", type="linesAndChars", linePitch=PAGE.line_pitch, charSpace=PAGE.character_space),
    )


def footer(side: str) -> str:
    """Write the place of the page number, one character in from its side of the page (GB/T 9704-2012, 7.5)."""
    place = element("ind", **{f"{side}Chars": 100, side: points(SIZE_4)}) + element("jc", val=side)
    return part("ftr", paragraph(FOOTER, run("{{r page_number }}"), properties=place))


def settings() -> str:
    """Write the settings: odd and even pages differ, Chinese punctuation closes up, Word lays out as of 2013."""
    compatibility = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    uri = "http://schemas.microsoft.com/office/word"
    return part(
        "settings",
        element("defaultTabStop", val=round(2 * PAGE.character_pitch)),
        switch("autoHyphenation", False),
        switch("evenAndOddHeaders", True),
        element("characterSpacingControl", val="compressPunctuation"),
        element("compat", *(element("compatSetting", name=k, uri=uri, val=v) for k, v in compatibility.items())),
        element("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def font_table() -> str:
    """Write the fonts and what stands in for one that a computer lacks."""
    return part(
        "fonts",
        *(
            element("font", element("altName", val=others), element("charset", val=86), name=name)
            for name, others in ELSEWHERE.items()
        ),
        element("font", element("charset", val="00"), element("family", val="roman"), name=TIMES),
    )


THEME_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "1F497D",
    "lt2": "EEECE1",
    "accent1": "4F81BD",
    "accent2": "C0504D",
    "accent3": "9BBB59",
    "accent4": "8064A2",
    "accent5": "4BACC6",
    "accent6": "F79646",
    "hlink": "0000FF",
    "folHlink": "800080",
}


def theme() -> str:
    """Write the theme that validators ask for. No style refers to it, and it offers no font of its own."""
    colours = "".join(f'<a:{k}><a:srgbClr val="{v}"/></a:{k}>' for k, v in THEME_COLOURS.items())
    font = f'<a:latin typeface="{TIMES}"/><a:ea typeface="{FANGSONG}"/><a:cs typeface="{TIMES}"/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    formats = {
        "fillStyleLst": fill,
        "lnStyleLst": f"<a:ln>{fill}</a:ln>",
        "effectStyleLst": "<a:effectStyle><a:effectLst/></a:effectStyle>",
        "bgFillStyleLst": fill,
    }
    lists = "".join(f"<a:{name}>{3 * item}</a:{name}>" for name, item in formats.items())
    return (
        f'<a:theme xmlns:a="{DRAWING}" name="gxgen"><a:themeElements><a:clrScheme name="gxgen">{colours}</a:clrScheme>'
        f'<a:fontScheme name="gxgen"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="gxgen">{lists}</a:fmtScheme></a:themeElements></a:theme>'
    )


def relationships(*targets: tuple[str, str]) -> str:
    """Write relationships rId1, rId2 … of (type, target)."""
    listed = (
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{SCHEMAS}/package/2006/relationships">{"".join(listed)}</Relationships>'


def core_properties() -> str:
    """Write the properties that a report fills in; no dates, they would make each file another."""
    namespaces = (
        f'xmlns:cp="{SCHEMAS}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return f"<cp:coreProperties {namespaces}><dc:title/><dc:creator/></cp:coreProperties>"


def application_properties() -> str:
    """Write the name of the program."""
    return f'<Properties xmlns="{OFFICE}/extended-properties"><Application>gxgen</Application></Properties>'


def content_types(types: dict[str, str]) -> str:
    """Write the type of each part; the parts of relationships share a default."""
    overrides = (f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    relationship = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{SCHEMAS}/package/2006/content-types">{relationship}{"".join(overrides)}</Types>'


def parts(content: str) -> dict[str, str]:
    """Every part of the package by its name, in the order of the file; *content* is what the body holds."""
    kinds = f"{OFFICE}/relationships"
    typed = {
        "docProps/core.xml": ("application/vnd.openxmlformats-package.core-properties+xml", core_properties()),
        "docProps/app.xml": (
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
            application_properties(),
        ),
        "word/document.xml": (f"{WORDPROCESSING}.document.main+xml", document(content)),
        "word/styles.xml": (f"{WORDPROCESSING}.styles+xml", styles()),
        "word/settings.xml": (f"{WORDPROCESSING}.settings+xml", settings()),
        "word/fontTable.xml": (f"{WORDPROCESSING}.fontTable+xml", font_table()),
        "word/footer1.xml": (f"{WORDPROCESSING}.footer+xml", footer("right")),
        "word/footer2.xml": (f"{WORDPROCESSING}.footer+xml", footer("left")),
        "word/theme/theme1.xml": ("application/vnd.openxmlformats-officedocument.theme+xml", theme()),
    }
    return {
        "[Content_Types].xml": content_types({name: kind for name, (kind, _) in typed.items()}),
        "_rels/.rels": relationships(
            (f"{kinds}/officeDocument", "word/document.xml"),
            (f"{SCHEMAS}/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{kinds}/extended-properties", "docProps/app.xml"),
        ),
        "word/_rels/document.xml.rels": relationships(
            (f"{kinds}/styles", "styles.xml"),
            (f"{kinds}/settings", "settings.xml"),
            (f"{kinds}/fontTable", "fontTable.xml"),
            (f"{kinds}/footer", "footer1.xml"),
            (f"{kinds}/footer", "footer2.xml"),
            (f"{kinds}/theme", "theme/theme1.xml"),
        ),
    } | {name: xml for name, (_, xml) in typed.items()}


def package(content: str = "") -> bytes:
    """Pack the parts around *content*, or the tags of this template; the oldest date a zip file knows everywhere."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, xml in parts(content or body()).items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}')
    return packed.getvalue()


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(package())
    print(TEMPLATE)
