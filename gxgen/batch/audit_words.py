"""Findings in the words of whoever looks at a published report: nobody there can mend a data file.

The codes say what a clerk does about a data file; a supervising office has the report as it was published, and asks
the agency to put it right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gxgen import codes
from gxgen.findings import Code, Finding

LOOK = "对照原报告人工核对；"
TEXT_OR_TABLE = "请报告机关核对，改正文字或表中的数字"
HINTS: Mapping[Code, str] = {
    codes.IMPORT_YEAR: "报告标题应写明机关名称和年度，请报告机关更正",
    codes.IMPORT_YEAR_OF_PERIOD: "报告标题应写明机关名称和年度；请报告机关更正",
    codes.IMPORT_LAYOUT: "核对标题里的年度，以及是不是用错了年度的表格",
    codes.IMPORT_CELL: "表格里没有的应填 0；请报告机关把这一格写成一个数字",
    codes.IMPORT_ROW: f"{LOOK}确有错位、漏填或者加错的，请报告机关更正",
    codes.IMPORT_LABEL: f"{LOOK}项目名称应与规定的表格一致",
    codes.IMPORT_MISSING: f"{LOOK}报告里确实没有的，请报告机关补上",
    codes.IMPORT_HEADING: "六个部分的标题应与规定的一致；请报告机关更正标题",
    codes.TYPED_TOTAL: "请报告机关核对各分项和总计",
    codes.YUAN_FOR_TEN_THOUSAND: "表上的单位是万元；填写的是元的，应除以 10000",
    codes.RULES_WITHOUT_POWER: "如果是行政规范性文件，应填在那一行，规章一行填 0",
    codes.NOT_LAST_YEAR: "--against 后面写上一年的报告；或者不写，把两年的报告放在一起审核",
    codes.EMPTY_SECTION: "总体情况、存在的主要问题及改进情况应有文字（条例第五十条）；请报告机关补写",
    codes.TEXT_NUMBER: f"{TEXT_OR_TABLE}；如果说的不是全机关的数，可不改",
    codes.TEXT_DENIES: TEXT_OR_TABLE,
    codes.STRAY_MARK: "这些记号不是正文，请报告机关删去",
}
"""What to do about a finding, where the finding's own hint speaks of the data file."""
NOT_WRONG = frozenset((codes.IMPORT_EXTRA,))
"""What was passed over in reading is nothing that the agency has to answer for."""


def worded(finding: Finding) -> Finding:
    """A finding of reading or of a check, as told of a published report."""
    hint = HINTS.get(finding.code, finding.hint)
    message = finding.message
    if finding.code is codes.STRAY_MARK:
        message = message.replace("会原样印出", "是没有起作用的记号，原样印了出来")
    if finding.code is codes.TYPED_TOTAL:
        message = message.replace("填写 ", "印的是 ", 1)
    return replace(finding, message=message, hint=hint)
