"""Plain text: one paragraph a line, tables whose columns line up."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain

import pytest
from hypothesis import example, given, settings

from gxgen.model import Report
from gxgen.render.text import WIDTH, TextRenderer
from gxgen.spec import layouts
from tests.render.made import document_of, empty_reports, full_reports
from tests.strategies import reports
from tests.text_reader import columns, read_text

LAYOUT = layouts()[-1]


def test_the_whole_of_a_report_reads_like_this() -> None:
    """Title centred, headings at the margin, paragraphs two characters in, an empty line between any two."""
    report = Report(
        year=2023,
        layout=LAYOUT,
        agency="某县科学技术局",
        narrative={"preamble": "甲。\n乙。", "overview": "（一）主动公开\n**丙**。", "problems": "丁。"},
    )
    outside = [
        line
        for line in TextRenderer().render(document_of(report)).decode("utf-8").split("\n")
        if not line.startswith(("+", "|"))
    ]
    assert "\n".join(outside) == (
        "                 某县科学技术局2023年政府信息公开工作年度报告\n"
        "\n"
        "　　甲。\n"
        "\n"
        "　　乙。\n"
        "\n"
        "一、总体情况\n"
        "\n"
        "　　（一）主动公开\n"
        "\n"
        "　　丙。\n"
        "\n"
        "二、主动公开政府信息情况\n"
        "\n"
        "\n"
        "三、收到和处理政府信息公开申请情况\n"
        "\n"
        "\n"
        "四、政府信息公开行政复议、行政诉讼情况\n"
        "\n"
        "\n"
        "五、存在的主要问题及改进情况\n"
        "\n"
        "　　丁。\n"
        "\n"
        "六、其他需要报告的事项\n"
        "\n"
        "　　无\n"
    )


@settings(max_examples=100)
@given(report=reports())
@example(report=full_reports()[0])
@example(report=full_reports()[1])
def test_the_lines_of_a_table_are_equally_wide(report: Report) -> None:
    """Every line of a drawn table takes the same columns, so that its right edge is straight."""
    for drawing in read_text(TextRenderer().render(document_of(report))).drawings:
        assert len({len(columns(line)) for line in drawing}) == 1


@pytest.mark.parametrize("report", empty_reports(), ids=["2019", "2021"])
def test_a_table_of_everyday_figures_fits_a_terminal_and_a_mail(report: Report) -> None:
    """Without long figures no table is wider than 78 columns."""
    drawings = read_text(TextRenderer().render(document_of(report))).drawings
    assert max(len(columns(line)) for line in chain(*drawings)) <= WIDTH == 78


def test_a_merged_label_is_shown_once() -> None:
    """A label over several rows or columns stands in the drawing exactly once."""
    raw = TextRenderer().render(document_of(empty_reports()[1]))
    labels = [box.text for table in read_text(raw).tables for box in dict.fromkeys(chain(*table))]
    assert [labels.count(label) for label in ("三、本年度办理结果", "（三）不予公开", "申请人情况", "行政诉讼")] == [
        1
    ] * 4


def test_figures_stand_at_the_right_of_their_cells() -> None:
    """A figure ends one column before the rule, so that units stand under units."""
    report = Report(
        year=2023,
        layout=LAYOUT,
        figures={
            "disclosure.rules.issued": 7,
            "disclosure.normative_documents.issued": 1234,
            "disclosure.fees.amount": Decimal("12.50"),
        },
    )
    drawing = read_text(TextRenderer().render(document_of(report))).drawings[0]

    def end(figure: str) -> int:
        line = next(line for line in drawing if f" {figure} |" in line)
        return len(columns(line[: line.index(f" {figure} |")])) + len(figure)

    assert end("7") == end("1234")
    assert end("12.50") == len(columns(drawing[0])) - 3


def test_the_file_is_utf_8_without_a_mark_and_ends_with_a_newline() -> None:
    """A text file for any system: UTF-8, no byte order mark, line feeds, the last line ended."""
    raw = TextRenderer().render(document_of(empty_reports()[0]))
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith("无\n".encode())
