"""Web pages: the report and nothing of the site around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gxgen.compute import complete
from gxgen.model import Report
from gxgen.published import read_bytes
from gxgen.source import read
from tests.published.damage import tables_of
from tests.published.printing import html_rows
from tests.published.test_round_trip import figures_as_printed, figures_read

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "district_2024.toml"
BEFORE = """\
<!DOCTYPE html><html><head><meta charset="utf-8"><title>2023年政府信息公开工作年度报告</title><style>p{}</style>
</head><body>
<div>首页 | 政务公开 | 互动交流</div><nav><a>某局2022年政府信息公开工作年度报告</a></nav>
<div>当前位置：首页 &gt; 政府信息公开年报</div><table><tr><td>
<h1>云岭市澄溪区人民政府<br>2024年政府信息公开工作年度报告</h1>
<p>发布时间：2025-01-20　来源：区政府办公室　【字体：大 中 小】</p><div>
"""
AFTER = """\
<p>【打印】【关闭】</p></div></td></tr></table><div>版权所有：澄溪区人民政府　网站标识码：1234567890</div>
<script>document.write("0")</script></body></html>
"""


def page(report: Report, spoilt: str = "") -> bytes:
    """The report as a web page saved with the site around it."""
    tables = dict(tables_of(complete(report)))
    body = ""
    for section in report.layout.sections:
        texts = [text for place, text in report.narrative.items() if place.split(".")[0] == section.key]
        lines = [line for text in texts for line in text.split("\n") if line]
        body += f"<p><strong>{section.heading}</strong></p>" + "".join(f"<p>&emsp;&emsp;{line}</p>" for line in lines)
        if section.heading in tables:
            body += f'<table border="1"><tbody>{html_rows(tables[section.heading])}</tbody></table>'
    return (BEFORE + body + AFTER).replace("<td rowspan", spoilt + "<td rowspan").encode()


def sample() -> Report:
    """A report with a figure in every row."""
    report = read(SAMPLE).report
    assert report
    return report


def test_the_report_is_read_out_of_the_page() -> None:
    """Title, texts and figures are the report's; the site's menus, remarks and footer are left out, and told."""
    published = read_bytes(page(sample()), ".html")
    assert published.report
    assert (published.report.year, published.report.agency) == (2024, "云岭市澄溪区人民政府")
    assert figures_read(published) == figures_as_printed(sample())
    assert not published.report.unread
    text = "".join(published.report.narrative.values())
    assert all(word not in text for word in ("发布时间", "版权所有", "打印", "当前位置", "首页"))
    assert [finding.code.name for finding in published.findings] == ["I619"]
    assert "首页" in published.findings[0].message


def test_a_page_in_gbk_is_read() -> None:
    """A page that says it is GB2312 is read as it says."""
    raw = page(sample()).decode().replace("utf-8", "gb2312").replace("—", "-").encode("gb18030")
    published = read_bytes(raw, ".html")
    assert published.report
    assert figures_read(published) == figures_as_printed(sample())


def test_a_footnote_is_no_digit() -> None:
    """A raised number beside a figure leaves the figure unread, unless its total leaves no other."""
    raw = page(sample()).decode().replace(">506<", ">506<sup>1</sup><")
    published = read_bytes(raw.encode(), ".html")
    assert published.report
    assert published.report.figures["requests.received.individual"] == 506
    published = read_bytes(raw.replace(">728<", ">729<", 1).encode(), ".html")
    assert published.report
    assert "requests.received.individual" in published.report.unread
    assert [
        finding.code.name for finding in published.findings if finding.address == "requests.received.individual"
    ] == ["W614"]


def test_hidden_cells_do_not_count() -> None:
    """What a browser does not show is not there."""
    published = read_bytes(page(sample(), '<td style="display: none">7</td>'), ".html")
    assert figures_read(published) == figures_as_printed(sample())


def test_struck_text_of_a_paragraph_is_reported() -> None:
    """It is left out of the text, with a warning that has the characters and how many they are."""
    report = sample()
    raw = page(report).decode().replace("<p>&emsp;&emsp;", "<p>&emsp;&emsp;<s>旧的话</s>", 1).encode()
    published = read_bytes(raw, ".html")
    assert published.report
    assert all("旧的话" not in text for text in published.report.narrative.values())
    (finding,) = (finding for finding in published.findings if finding.code.name == "W624")
    assert "划去的字" in finding.message
    assert "共 3 个字" in finding.message
    assert "旧的话" in finding.message


def test_long_lines_after_a_table_of_short_ones_stay_paragraphs() -> None:
    """Text whose paragraphs are lines, when most of its lines are those of tables."""
    first, second = ("全年工作照常进行，没有新的情况，" * 6)[:-1] + "。", "第二段的话不多，" * 9 + "到此为止。"
    lines = [
        "某某县科学技术局2021年政府信息公开工作年度报告",
        "一、总体情况",
        first,
        "",
        second,
        "二、主动公开政府信息情况",
    ]
    lines += ["行政规范性文件，本年制发件数和现行有效件数都没有变化，也没有废止，这是说明的一行字"] * 20
    published = read_bytes("\n".join(lines).encode(), ".txt")
    assert published.report
    assert published.report.narrative["overview"].split("\n") == [first, second]


def test_a_title_repeated_at_the_end_and_addresses_are_no_text() -> None:
    """Both are left out, and reported as text around the report."""
    title = "云岭市澄溪区人民政府2024年政府信息公开工作年度报告"
    end = f"<p>{title}</p><p>mailto:office@example.com</p>"
    raw = page(sample()).decode().replace("<p>【打印】", f"{end}<p>【打印】").encode()
    published = read_bytes(raw, ".html")
    assert published.report
    text = "".join(published.report.narrative.values())
    assert title not in text
    assert "mailto" not in text
    assert [finding.code.name for finding in published.findings] == ["I619"]


REPORT = """<h1>某某市水务局2023年政府信息公开工作年度报告</h1><h2>一、总体情况</h2><p>全年平稳，工作有序。</p>
<h2>五、存在的主要问题及改进情况</h2><p>公开不够及时。</p>"""


def problems_of(after: str, before: str = "") -> tuple[str, list[str]]:
    """The text of 五 with more HTML below it, and the notes on text."""
    published = read_bytes(f"{before}<body>{REPORT}{after}</body>".encode(), ".html")
    assert published.report
    told = [f"{one.code.name} {one.message}" for one in published.findings if one.code.name in ("I619", "W624")]
    return published.report.narrative["problems"].removeprefix("公开不够及时。").strip(), told


@pytest.mark.parametrize("tag", ["nav", "aside", "footer"])
def test_what_a_site_sets_around_an_article_is_left_out_and_told(tag: str) -> None:
    """With its length, and quoted."""
    text, told = problems_of(f"<{tag}>相关链接<p>意见征集</p></{tag}>")
    assert text == ""
    assert told == ["I619 报告之外的文字没有读入，共 8 个字：「相关链接 意见征集」"]


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ('可见<span style="color:#fff">暗</span>', "可见"),
        ('可见<font color="#FFFFFF">暗</font>', "可见"),
        ('可见<span style="color: transparent">暗</span>', "可见"),
        ('<span style="color:#fff">暗<i style="color:#000">明</i></span>', "明"),
        ('<p style="background:#00f">蓝底<span style="color:#fff">白字</span></p>', "蓝底白字"),
        ('<div bgcolor="red"><font color="white">红底白字</font></div>', "红底白字"),
        ('<p style="background:#00f">蓝底<span style="color:#fff;background:#fff">白字</span></p>', "蓝底"),
    ],
)
def test_white_on_white_is_no_text(html: str, seen: str) -> None:
    """A person does not see it; white on a colour is seen."""
    assert problems_of(f"<div>{html}</div>") == (seen, [])


def test_white_on_what_another_file_may_colour_is_told() -> None:
    """A style sheet that is not in the page may set a colour below it."""
    text, told = problems_of('<p>可见<span style="color:#fff">暗</span></p>', '<link rel="stylesheet" href="a.css">')
    assert text == "可见"
    assert told == ["W624 看不见的字没有读入，共 1 个字：「暗」"]


def test_preformatted_text_keeps_its_lines() -> None:
    """Lines are put together to paragraphs as those of a text file."""
    lines = "\n    第一段的话。\n    第二段的话。\n"
    assert problems_of(f"<pre>{lines}</pre>")[0] == "第一段的话。\n第二段的话。"


def test_the_caption_of_a_table_is_text() -> None:
    """And a table that is none of the form's is told with its length."""
    table = "<table><caption>表上的说明</caption><tr><td>名称<td>数量</tr><tr><td>办件<td>12</tr></table>"
    text, told = problems_of(table)
    assert text == "表上的说明"
    assert told == ["W624 第 1 个表格：这个表格不是年度报告的统计表，没有读入，共 8 个字：名称"]


@pytest.mark.parametrize("depth", [230, 300, 1000])
def test_text_that_stands_too_deep_is_told(depth: int) -> None:
    """And what follows it is read."""
    text, told = problems_of(f"{'<div>' * depth}深处的文字{'</div>' * depth}<p>后面的文字</p>")
    assert text == "后面的文字"
    assert told == ["W624 嵌套太深的字没有读入，共 5 个字：「深处的文字」"]


@pytest.mark.parametrize(("declared", "encoding"), [("gb2312", "utf-8"), ("utf-8", "gb18030"), ("gbk", "gb18030")])
def test_bytes_and_not_the_declaration_decide_the_encoding(declared: str, encoding: str) -> None:
    """A page that has been converted may still name its old encoding."""
    page = f'<meta charset="{declared}"><body>{REPORT}<p>鄠邑区镕</p></body>'
    published = read_bytes(page.encode(encoding), ".html")
    assert published.report
    assert published.report.narrative["problems"].endswith("鄠邑区镕")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_character_spoils_no_page(encoding: str) -> None:
    """A site cuts its summary in the middle of a character; one in the text itself is told."""
    cut = "摘要".encode(encoding)[:-1]
    declaration = f'<meta charset="{encoding}"><meta name="description" content="'.encode()
    page = (
        declaration
        + cut
        + f'"><body>{REPORT}<p>{"照常进行，" * 40}坏'.encode(encoding)
        + cut
        + "了。</p></body>".encode(encoding)
    )
    published = read_bytes(page, ".html")
    assert published.report
    assert "\ufffd" in published.report.narrative["problems"]
    (told,) = (finding.message for finding in published.findings if finding.code.name == "W624")
    assert "1 处字的编码已损坏" in told
