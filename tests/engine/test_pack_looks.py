"""What pack.toml sets of the look, from a pack's folder to the three files of a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gxgen.core import codes
from gxgen.engine.results import Options, Result
from gxgen.services.building import build
from gxgen.source import read
from tests.docx_reader import read_docx
from tests.forms import expected, read_back
from tests.html_reader import read_html
from tests.packs.making import pack
from tests.render.docx.packages import FOOTER, STYLES, W, body_tables, root_of, styles_by_name, text_of, value
from tests.text_reader import read_text

DATA = """\
year = 2023
agency = "某某县科学技术局"
pack = "north"
[narrative]
preamble = "开头。"
problems = "公开内容还不够丰富。\\n下一步将及时更新。"
[disclosure]
rules = [1, 0, 2]
[requests]
received = [8, 1, 0, 0, 0, 0]
[requests.outcome]
granted = [8, 1, 0, 0, 0, 0]
"""
CHANGED = """\
title_lines = "two"
page_number = "of_total"
[styles."标题 1"]
font = "楷体_GB2312"
latin_font = "Arial"
size = 18
bold = true
colour = "C00000"
line_spacing = 30
space_before = 6
space_after = 3.5
[styles."密表数字"]
size = 7.5
[styles."行内标题"]
bold = true
[styles."年报表格"]
colour = "333333"
[table]
band_fill = ""
header_fill = "DDEEFF"
rule_colour = "FF0000"
rule_width = 1.5
row_height = 30
dense_row_height = 20
[wording]
opening = "甲&乙"
[values]
telephone = "027-12345678"
"""
PAGE = """\
<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ agency }}</title><style>
{{ style }}</style></head><body>
<p id="own">{{ wording.opening }} {{ values.telephone }} {{ requests.received.total }}{{ page_number }}</p>
<article class="gx-report">{{ title }}{{ preamble }}
{% for section in sections %}
{{ section }}
{% endfor %}
</article></body></html>
"""
LINES = """\
{{ wording.opening }} {{ values.telephone }} {{ requests.received.total }}{{ page_number }}{{ style }}
{{ title }}

{{ preamble }}
{% for section in sections %}

{{ section }}
{% endfor %}
"""
ALL = Options(formats=("docx", "txt", "html"))


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a data file, made the current one."""
    monkeypatch.chdir(tmp_path)
    Path("2023.toml").write_text(DATA, "utf-8")


def built(settings: str, options: Options = ALL, **files: bytes) -> dict[str, bytes]:
    """The files of the report by suffix, made with a pack."""
    pack(Path(), "north", settings, **files)
    (result,) = build([Path("2023.toml")], options)
    assert not [str(finding.full_message) for finding in result.findings if finding.is_error]
    return {path.suffix: path.read_bytes() for path in result.written}


def refused(settings: str, options: Options = ALL, **files: bytes) -> Result:
    """What becomes of a report that cannot be made."""
    pack(Path(), "north", settings, **files)
    (result,) = build([Path("2023.toml")], options)
    assert not result.written
    return result


def test_the_same_figures_stand_in_all_three_formats() -> None:
    """A pack that changes everything changes no figure: each is in its cell on paper, in text and on the web."""
    made = built(CHANGED, report__html__j2=b"", report__txt__j2=LINES.encode())
    report = read(Path("2023.toml")).report
    assert report
    wanted = expected(report)
    assert read_back(report, read_docx(made[".docx"]).tables) == wanted
    assert read_back(report, read_text(made[".txt"]).tables) == wanted
    assert read_back(report, read_html(made[".html"]).tables) == wanted


@pytest.mark.parametrize("settings", [CHANGED, *(f'page_number = "{kind}"\n' for kind in ("plain", "none"))])
def test_a_changed_template_passes_the_audit(settings: str, openxml_validator: Any) -> None:
    """openxml-audit finds nothing in a document whose styles, rules and page number a pack has set."""
    Path("made.docx").write_bytes(built(settings)[".docx"])
    assert [str(problem) for problem in openxml_validator.validate(Path("made.docx")).errors] == []


# Word's styles


def test_a_style_takes_what_the_pack_sets() -> None:
    """Fonts, size, weight, colour, line and spaces of 标题 1 are the pack's, found by the name that Word shows."""
    raw = built(CHANGED)[".docx"]
    style = styles_by_name(raw)["heading 1"]
    run, spacing = style.find(f"{W}rPr"), style.find(f"{W}pPr/{W}spacing")
    assert run is not None
    fonts = run.find(f"{W}rFonts")
    assert [value(fonts, script) for script in ("eastAsia", "ascii", "hAnsi", "cs")] == ["楷体_GB2312", *["Arial"] * 3]
    assert [value(run.find(f"{W}{tag}")) for tag in ("sz", "szCs", "b", "bCs", "color")] == [
        *("36", "36", "1", "1"),
        "C00000",
    ]
    assert spacing is not None
    assert [value(spacing, name) for name in ("line", "lineRule", "before", "after")] == ["600", "exact", "120", "70"]


def test_what_is_not_set_stays_as_in_the_template() -> None:
    """Only the style that is named changes, and only in what is named."""
    plain, changed = built("")[".docx"], built('[styles."报告正文"]\nsize = 15\n')[".docx"]
    before, after = styles_by_name(plain), styles_by_name(changed)
    assert {name for name in before if _xml(before[name]) != _xml(after[name])} == {"报告正文"}
    assert _xml(after["报告正文"]) == _xml(before["报告正文"]).replace('="32"', '="30"')


def _xml(element: Any) -> str:
    from lxml import etree

    return etree.tostring(element, method="c14n").decode()


def test_columns_are_reckoned_with_the_sizes_of_the_pack() -> None:
    """With larger figures the columns of a table share its width otherwise, and a long figure is narrowed."""
    Path("2023.toml").write_text(DATA.replace("[8, 1,", "[1234567, 1,"), "utf-8")

    def widths(settings: str) -> list[str]:
        grid = body_tables(built(settings)[".docx"])[1].find(f"{W}tblGrid")
        assert grid is not None
        return [value(column, "w") for column in grid]

    assert widths("") != widths('[styles."密表数字"]\nsize = 14\n')


def test_unknown_styles_are_told_all_at_once_with_the_nearest() -> None:
    """Each is told at its first line in pack.toml with the name that was probably meant, and nothing is written."""
    result = refused('[styles."报告正问"]\nsize = 1\n[styles."标题1 "]\nsize = 16\n[styles."甲乙"]\nbold = true\n')
    told = [finding for finding in result.findings if finding.is_error]
    assert {finding.code for finding in told} == {codes.PACK_SETTINGS}
    assert [finding.related[0].position and finding.related[0].position.line for finding in told] == [2, 6]
    assert "没有「报告正问」这个样式" in told[0].message
    assert told[0].hint == "是否想写「报告正文」？"
    assert "标题 1" in told[1].hint


def test_a_character_style_has_no_lines() -> None:
    """Line spacing belongs to paragraphs; Word would call the file damaged."""
    (told,) = (finding for finding in refused('[styles."行内标题"]\nline_spacing = 20\n').findings if finding.is_error)
    assert "字符样式" in told.message
    assert told.related[0].position
    assert told.related[0].position[:2] == (2, 1)


# Tables


def test_tables_are_ruled_filled_and_high_as_the_pack_says() -> None:
    """Rules, fills and heights in the document are the pack's."""
    raw = built(CHANGED)[".docx"]
    rules = styles_by_name(raw, "table")["年报表格"].find(f"{W}tblPr/{W}tblBorders")
    assert rules is not None
    assert {(value(rule, "sz"), value(rule, "color")) for rule in rules} == {("12", "FF0000")}
    roomy, dense, _ = body_tables(raw)
    for table, height in ((roomy, "600"), (dense, "400")):
        assert {value(found) for found in table.iter(f"{W}trHeight")} == {height}
    filled = {text_of(cell): fill for cell, fill in _fills(roomy)}
    assert set(filled.values()) == {"DDEEFF"}
    assert "第二十条第（一）项" not in filled
    assert "本年制发件数" in filled


def _fills(table: Any) -> list[tuple[Any, str]]:
    return [(cell, value(fill, "fill")) for cell in table.iter(f"{W}tc") for fill in cell.findall(f"{W}tcPr/{W}shd")]


def test_a_page_takes_the_look_of_tables() -> None:
    """The same settings stand in the page's style sheet; without them it is the usual one."""
    page = built(CHANGED)[".html"].decode()
    assert ".gx-band { background: none;" in page
    assert "background: #DDEEFF" in page
    assert "border-color: #FF0000" in page
    assert "border-right-width: 1.5pt" in page
    assert "table:not(.gx-dense) tr { height: 30pt; }" in page
    assert "table.gx-dense tr { height: 20pt; }" in page
    usual = built("")[".html"].decode()
    assert ".gx-band { background: #C6D9F1;" in usual
    assert "border-right-width" not in usual


# Page numbers


@pytest.mark.parametrize(
    ("kind", "shown", "fields", "css"),
    [
        ("dash", "— 1 —", ["PAGE"], 'content: "— " counter(page) " —";'),
        ("plain", "1", ["PAGE"], "content: counter(page);"),
        ("of_total", "第 1 页 共 1 页", ["PAGE", "NUMPAGES"], '"第 " counter(page) " 页 共 " counter(pages) " 页"'),
        ("none", "", [], "content: none;"),
    ],
)
def test_pages_are_numbered_as_the_pack_says(kind: str, shown: str, fields: list[str], css: str) -> None:
    """On both sides of a sheet, and when a page of the web is printed; Word and the browser count."""
    made = built(f'page_number = "{kind}"\n')
    for part in (FOOTER, FOOTER.replace("1", "2")):
        footer = root_of(made[".docx"], part)
        assert text_of(footer) == shown
        assert [value(field, "instr").strip() for field in footer.iter(f"{W}fldSimple")] == fields
    assert css in made[".html"].decode()


# Titles, wording, values and templates of a pack's own


@pytest.mark.parametrize(("wanted", "lines"), [("auto", 1), ("one", 1), ("two", 2)])
def test_a_title_has_as_many_lines_as_the_pack_says(wanted: str, lines: int) -> None:
    """In all three formats alike."""
    Path("2023.toml").write_text(DATA.replace("某某县科学技术局", "某县"), "utf-8")
    made = built(f'title_lines = "{wanted}"\n')
    title = read_docx(made[".docx"]).lines[0].text
    assert title.count("\n") == lines - 1
    text = made[".txt"].decode().split("\n\n")[0].split("\n")
    assert len(text) == lines
    assert "".join(line.strip(" ") for line in text) == title.replace("\n", "")
    h1 = made[".html"].decode().partition("<h1>")[2].partition("</h1>")[0]
    assert h1.count("<br>") == lines - 1
    assert ("<span>" in h1) is (wanted != "one")


def test_wording_and_values_are_the_same_in_all_three(national_template: bytes) -> None:
    """``wording`` and ``values`` print in each format's template, escaped where the format needs it."""
    from tests.render.docx.packages import DOCUMENT, replacing, with_part

    tag = "{{p title }}"
    own = "</w:t></w:r></w:p><w:p><w:r><w:t>{{ wording.opening }} {{ values.telephone }} {{ requests.received.total }}"
    word = with_part(national_template, DOCUMENT, replacing(tag, tag + own))
    made = built(CHANGED, report__docx=word, report__html__j2=PAGE.encode(), report__txt__j2=LINES.encode())
    wanted = "甲&乙 027-12345678 9"
    assert wanted in [line.text for line in read_docx(made[".docx"]).lines]
    assert made[".txt"].decode().split("\n")[0] == wanted
    page = read_html(made[".html"])
    assert wanted in page.lines
    report = read(Path("2023.toml")).report
    assert report
    assert read_back(report, page.tables) == expected(report)
    assert "border-color: #FF0000" in made[".html"].decode()


def test_a_page_of_the_packs_own_escapes_what_the_report_says() -> None:
    """Names and text of a report are words in a page, never markup, and the slots are markup."""
    Path("2023.toml").write_text(DATA.replace("某某县科学技术局", "<b>A&B</b>局"), "utf-8")
    page = built(CHANGED, report__html__j2=PAGE.encode())[".html"].decode()
    assert "<title>&lt;b&gt;A&amp;B&lt;/b&gt;局</title>" in page
    assert "<b>" not in page
    assert "<h1><span>&lt;b&gt;" in page


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (PAGE.replace("{{ preamble }}", ""), "网页模板漏掉了报告的一部分：开头的段落"),
        (PAGE.replace("{{ agency }}", "{{ agency.__class__ }}"), "__class__"),
        (PAGE.replace("{{ agency }}", "{{ agnecy }}"), "不存在的名称「agnecy」"),
        (PAGE.replace("{{ agency }}", "{% include 'x' %}"), "不能用 {% include %}"),
        (PAGE.replace("{% endfor %}", ""), "第 7 行的标记写得不对"),
    ],
    ids=["a part lost", "an attribute", "a name", "include", "no end"],
)
def test_a_page_template_is_held_to_the_same_rules(template: str, message: str) -> None:
    """Sandbox, names and the rule that no part is lost hold for pages, and nothing is written."""
    (told,) = (
        f
        for f in refused(
            "[wording]\nopening = '甲'\n[values]\ntelephone = 1\n", report__html__j2=template.encode()
        ).findings
        if f.is_error
    )
    assert told.code is codes.TEMPLATE
    assert message in told.message + told.hint


def test_a_page_number_in_a_line_wants_its_letter(national_template: bytes) -> None:
    """``{{ page_number }}`` without r is told with what to write."""
    from tests.render.docx.packages import replacing, with_part

    word = with_part(national_template, FOOTER, replacing("{{r page", "{{ page"))
    (told,) = (f for f in refused("", report__docx=word).findings if f.is_error)
    assert "{{r page_number }}" in told.hint


def test_styles_are_kept_in_the_cache_with_their_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prepared anew, from the cache and without one, the document is the same; other settings are another entry."""
    from gxgen.core.user_folders import SWITCH
    from gxgen.engine.formats import _docx

    monkeypatch.setenv(SWITCH, str(tmp_path / "cache"))
    made = []
    for settings in (CHANGED, CHANGED, CHANGED.replace("18", "17")):
        _docx.cache_clear()
        made.append(built(settings)[".docx"])
    assert made[0] == made[1] != made[2]
    assert len(list((tmp_path / "cache").iterdir())) == 2
    assert root_of(made[2], STYLES).find(f"{W}docDefaults") is not None
