"""The codes of findings about published reports that are read back."""

from __future__ import annotations

from gxgen.core.findings import Code, Finding, Severity

__all__ = [
    "IMPORT_CELL",
    "IMPORT_EXISTS",
    "IMPORT_EXTRA",
    "IMPORT_HEADING",
    "IMPORT_LABEL",
    "IMPORT_LAYOUT",
    "IMPORT_MISSING",
    "IMPORT_NO_REPORT",
    "IMPORT_ROW",
    "IMPORT_UNREADABLE",
    "IMPORT_YEAR",
    "IMPORT_YEAR_OF_PERIOD",
    "MISPRINTED_LABEL",
    "is_unread",
]

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741  # as findings print them

IMPORT_UNREADABLE = Code(
    "E610",
    E,
    "不是能读的报告文件",
    "能读的是 .docx、.xlsx、.pdf、网页（.html）、纯文本和 Markdown；文件不能加密、损坏或过大。",
    "用 Word 或 WPS 打开，另存为 .docx 再读。",
)
IMPORT_NO_REPORT = Code(
    "E611",
    E,
    "不像年度报告",
    "文件里找不到年度报告的标题、六个部分的标题和表格。",
    "核对文件；网页要保存「完整网页」，内容在另一页的，要保存那一页。",
)
IMPORT_YEAR = Code(
    "E612",
    E,
    "认不出报告年度",
    "年度从标题「某某年政府信息公开工作年度报告」中读出，版式由年度决定；标题互相矛盾的不去猜。",
    "在文件的标题里写明年度，再读一次。",
    source="国办公开办函〔2019〕60号、〔2021〕30号",
)
IMPORT_LAYOUT = Code(
    "W613",
    W,
    "表格是另一版式的",
    "2019、2020 年与 2021 年以后的表格不同；只读两版都有、名称相同的项目。",
    "核对标题里的年份；年份没错的，没有读入的数字照报告补填。",
    source="国办公开办函〔2019〕60号、〔2021〕30号",
)
IMPORT_CELL = Code(
    "W614",
    W,
    "格子里不是一个明确的数字",
    "空格、横线、斜线和带说明的数字可以有几种意思，程序不去猜；发布的报告里空格不等于 0。",
    "看原报告，在数据文件里补上数字；确实没有的，不用写。",
)
IMPORT_ROW = Code(
    "W615",
    W,
    "一行数字读不准",
    "格数对不上、有空格、被合并或者加起来不等于总计的行，数字可能错了位，整行不读。",
    "看原报告，在数据文件里补上这一行。",
)
IMPORT_LABEL = Code(
    "W616",
    W,
    "认不出的项目名称",
    "数字按行和列的名称认定，不按位置；名称不是表上的，数字不读。",
    "看原报告；是表上的项目而名称有误的，在数据文件里补上。",
)
IMPORT_MISSING = Code(
    "W617",
    W,
    "报告里没有读到这些项目",
    "表格缺少、断开，或者项目的名称不完整。",
    "看原报告，在数据文件里补上。",
)
IMPORT_HEADING = Code(
    "W618",
    W,
    "找不到一个部分的标题",
    "六个部分按标题认定；标题不完整的，文字会归到前一部分。",
    "在数据文件里把这一部分的文字移到自己的位置。",
)
IMPORT_EXTRA = Code(
    "I619",
    I,
    "表格里外多出的文字",
    "不属于报告正文和表格的文字（页码、网页导航、表中的说明行）没有读入。",
    "看一眼有没有要保留的；没有就不用管。",
)
IMPORT_EXISTS = Code(
    "E620",
    E,
    "数据文件已经存在",
    "读入的数据文件不会盖掉已有的文件。",
    "用 -o 写到别的文件夹，或者加 --force 覆盖。",
)
IMPORT_YEAR_OF_PERIOD = Code(
    "W621",
    W,
    "标题里没有年度",
    "标题没有抄下来或者没有写年度的，报告自己写明统计期限（某年1月1日至12月31日）的，年度按它读。",
    "核对数据文件里的年度和机关名称。",
    source="国办公开办函〔2019〕60号、〔2021〕30号",
)
MISPRINTED_LABEL = Code(
    "W622",
    W,
    "项目名称印错了",
    "与规定的名称只差一处、按前后各行各列只能是这一项的，照规定的名称读入。",
    "数字已经读入，不用补填；报告里的名称请机关改正。",
    source="国办公开办函〔2019〕60号、〔2021〕30号",
)


def is_unread(finding: Finding) -> bool:
    """Whether it tells of something in a report that could not be read, and so was not checked."""
    unread = (IMPORT_CELL, IMPORT_ROW, IMPORT_LABEL, IMPORT_MISSING, IMPORT_HEADING)
    return finding.code in unread and finding.severity is not Severity.INFO and not finding.waiver
