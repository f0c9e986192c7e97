"""What is told of a report that is not as the form has it: each code at least once, and nothing read amiss."""

from __future__ import annotations

import pytest

from gxgen.published import Published, read_bytes

REPORT = """\
某某局2022年政府信息公开工作年度报告

一、总体情况

工作平稳。

二、主动公开政府信息情况

| 第二十条第（一）项 | | | |
|---|---|---|---|
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| 规章 | 0 | 0 | 0 |
| 行政规范性文件 | 22 | 1 | 40 |
| 第二十条第（五）项 | | | |
| 信息内容 | 本年处理决定数量 | | |
| 行政许可 | 1,234 | | |
| 第二十条第（八）项 | | | |
| 信息内容 | 本年收费金额（单位：万元） | | |
| 行政事业性收费 | 0.50 | | |

五、存在的主要问题及改进情况

公开不够及时。
"""
LAST = "disclosure.normative_documents"


def read(before: str = "", after: str = "") -> Published:
    """The report with a piece of it replaced."""
    assert before in REPORT
    return read_bytes(REPORT.replace(before, after, 1).encode(), ".txt")


def figures(published: Published) -> dict[str, str]:
    """The figures that were read and are not 0."""
    assert published.report
    return {address: str(figure) for address, figure in published.report.figures.items() if figure}


WHOLE = {
    f"{LAST}.issued": "22",
    f"{LAST}.repealed": "1",
    f"{LAST}.in_force": "40",
    "disclosure.licences.decisions": "1234",
    "disclosure.fees.amount": "0.50",
}


def without(*addresses: str) -> dict[str, str]:
    """The figures of the report less those below some addresses."""
    return {address: figure for address, figure in WHOLE.items() if not address.startswith(addresses)}


def test_an_alias_a_unit_and_commas_leave_no_doubt() -> None:
    """Wordings met in published reports are read, and an amount keeps its digits."""
    assert figures(read()) == WHOLE
    assert figures(read("行政规范性文件", "规范性文件")) == WHOLE
    assert figures(read("现行有效件数", "现行有效件")) == WHOLE
    assert figures(read("（单位：万元）", "(万元)")) == WHOLE
    assert figures(read("第二十条第（八）项", "第二十条第八项")) == WHOLE
    assert figures(read("| 22 |", "| 22.00 |")) == WHOLE
    assert figures(read("| 22 |", "| 22项 |")) == WHOLE


@pytest.mark.parametrize(
    ("before", "after", "code", "lost"),
    [
        ("| 22 |", "| 22（其中修订16件） |", "W614", f"{LAST}.issued"),
        ("| 22 |", "| / |", "W614", f"{LAST}.issued"),
        ("| 22 |", "| 22.5 |", "W614", f"{LAST}.issued"),
        ("| 22 |", "| -22 |", "W614", f"{LAST}.issued"),
        ("| 22 |", "| |", "W615", LAST),
        ("| 22 | 1 | 40 |", "| 22 | 1 |", "W615", LAST),
        ("| 22 | 1 | 40 |", "| 22 | 1 | 40 | 3 |", "W615", LAST),
        ("行政规范性文件", "红头文件", "W616", LAST),
        ("本年废止件数", "废止件数", "W616", LAST),
        ("单位：万元", "单位：元", "W616", "disclosure.fees"),
        ("（单位：万元）", "", "W616", "disclosure.fees"),
    ],
)
def test_what_is_not_certain_is_left_out_and_told(before: str, after: str, code: str, lost: str) -> None:
    """The figure or row concerned is not read, the others are."""
    published = read(before, after)
    assert figures(published) == without(lost)
    assert code in [finding.code.name for finding in published.findings]


@pytest.mark.parametrize(
    ("before", "after"),
    [("行政规范性文件", "行政规性范文件"), ("行政许可", "行政许司"), ("行政事业性收费", "行政事业收费")],
)
def test_a_label_one_misprint_away_is_read_and_told(before: str, after: str) -> None:
    """Where no other row can be meant, the figures are read, and one note quotes the misprint."""
    published = read(before, after)
    assert figures(published) == WHOLE
    notes = [finding.message for finding in published.findings if finding.code.name == "W622"]
    assert len(notes) == 1
    assert after in notes[0]
    assert before in notes[0]


def test_an_extra_row_is_told_and_changes_nothing() -> None:
    """A row that the form does not have is quoted."""
    published = read("| 第二十条第（五）项", "| 其他主动公开文件 | 7 | 8 | 9 |\n| 第二十条第（五）项")
    assert figures(published) == WHOLE
    assert [finding.message for finding in published.findings if finding.code.name == "W616"] == [
        "认不出这一行的名称「其他主动公开文件」：7｜8｜9"
    ]


def test_a_row_that_stands_twice_is_not_read() -> None:
    """Which of the two is meant stays open."""
    published = read("| 第二十条第（五）项", "| 行政规范性文件 | 7 | 8 | 9 |\n| 第二十条第（五）项")
    assert figures(published) == without(LAST)


def test_what_is_missing_is_told() -> None:
    """Sections without a heading, tables and rows that are not there are named."""
    told = {(finding.code.name, finding.address) for finding in read().findings}
    assert {
        ("W618", "narrative.requests"),
        ("W618", "narrative.disputes"),
        ("W618", "narrative.other"),
        ("W617", "requests"),
        ("W617", "disputes"),
        ("W617", "disclosure.penalties"),  # one note for the rows of a table, with the address of each cell
    } == told
    missing = next(finding for finding in read().findings if finding.address == "disclosure.penalties")
    assert missing.unread == ("disclosure.penalties.decisions", "disclosure.coercive_measures.decisions")


def test_a_table_of_the_other_form_is_told() -> None:
    """A 2019 table under a title of 2022: nothing of it is read that the 2021 form does not have in the same words."""
    page = """<h1>某某局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>二、主动公开政府信息情况</p><table>
<tr><td colspan=4>第二十条第（一）项</td></tr>
<tr><td>信息内容<td>本年新制作数量<td>本年新公开数量<td>对外公开总数量</tr><tr><td>规章<td>1<td>2<td>3</tr>
<tr><td colspan=4>第二十条第（五）项</td></tr>
<tr><td>信息内容<td>上一年项目数量<td>本年增/减<td>处理决定数量</tr><tr><td>行政许可<td>4<td>5<td>6</tr></table>"""
    published = read_bytes(page.encode(), ".html")
    assert figures(published) == {}
    assert ("W613", "year") in [(finding.code.name, finding.address) for finding in published.findings]


def test_a_text_of_the_other_form_is_told() -> None:
    """So is a table of which only the text is left; a single header in the other words costs its own rows."""
    published = read("本年制发件数 | 本年废止件数 | 现行有效件数", "本年新制作数量 | 本年新公开数量 | 对外公开总数量")
    assert figures(published) == without(LAST)
    page = (
        REPORT[: REPORT.index("| 第二十条第（五）项")]
        .replace("制发件数", "新制作数量")
        .replace("废止件数", "新公开数量")
    )
    published = read_bytes(page.replace("现行有效件数", "对外公开总数量").encode(), ".txt")
    assert figures(published) == {}
    assert ("W613", "year") in [(finding.code.name, finding.address) for finding in published.findings]


def test_titles_that_contradict_each_other_give_no_year() -> None:
    """Two years in the titles are no year."""
    published = read("某某局2022年", "某某局2021年政府信息公开工作年度报告\n某某局2022年")
    assert published.report is None
    assert [finding.code.name for finding in published.findings] == ["E612"]
    assert "2021、2022" in published.findings[0].message


def test_a_line_of_quotation_marks_is_no_header() -> None:
    """What folds to nothing opens no table: figures under a header in another order stay unread."""
    table = """三、收到和处理政府信息公开申请情况
申请人情况
自然人 法人或其他组织 总计
科研机构 商业企业 社会公益组织 法律服务机构 其他
3.危及“三安全一稳定
” 0 0 0 0 0 0 0
4.保护第三方合法权益 0 2 0 2 0 0 4
"""
    published = read("五、存在", table + "\n五、存在")
    assert published.report
    assert not any(address.startswith("requests") for address in published.report.figures)


def test_a_unit_that_waits_for_its_number_is_a_blank() -> None:
    """So the row around it may have slipped, and none of it is read."""
    rows = "<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数</tr><tr><td>规章<td>0<td>7<td>件</tr>"
    headings = "<h1>某某局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>二、主动公开政府信息情况</p>"
    published = read_bytes(f"{headings}<table>{rows}</table>".encode(), ".html")
    assert published.report
    assert not published.report.figures


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("| 规章 | 0 | 0 | 0 |", "| 规章 | 0 | 0 | 0 | 0 | 0 | 0 |"),
        ("| 规章 | 0 | 0 | 0 |", "| | 本年 | 上年 | 本年 |\n| 规章 | 0 | 0 | 0 |"),
    ],
    ids=["more figures than columns", "columns parted once more"],
)
def test_figures_of_two_years_side_by_side_are_not_read(before: str, after: str) -> None:
    """Which of them is this year's nobody knows, in the rows around them neither."""
    assert not any(address.startswith(LAST) for address in figures(read(before, after)))
