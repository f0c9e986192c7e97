"""The codes of findings about tables of many reports."""

from __future__ import annotations

from gxgen.core.findings import Code, Severity

__all__ = ["SHEET_BLANK", "SHEET_FORMS", "SHEET_HEADER", "SHEET_PARTIAL", "SHEET_ROW", "SHEET_SPELLING"]

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741  # as findings print them

SHEET_HEADER = Code(
    "E640",
    E,
    "认不出表头",
    "多个机关的数字表，一行一个机关：要有「机关」一列，各列的名称与表上的行、列名称完全一致，或者有一行地址。",
    "用 gxgen export --empty 2023 -o 收数表.xlsx 做一张空表，把数字填进去。",
)
SHEET_ROW = Code(
    "E641",
    E,
    "数字表的一行没有读入",
    "每一行要说得出是哪个机关、哪一年的；同一机关同一年度有两行的，哪一行对程序不去猜。",
    "在表里改好这一行，再读一次；没有年度一列的，用 --year 写明年度。",
)
SHEET_BLANK = Code(
    "W642",
    W,
    "数字表里有空格",
    "空格可能是没有，也可能是漏填，程序不去猜：空格没有读入。",
    "补填；空格都表示没有的，加 --blank-is-zero 再读一次。",
)
SHEET_SPELLING = Code(
    "I643",
    I,
    "数字表里的数字写法不规范，已读入",
    "全角数字、带「件」的数字等等，意思只有一种，照读。",
    "看一眼读得对不对；对就不用管。",
)
SHEET_FORMS = Code(
    "E644",
    E,
    "两种表格不能导出到一个 CSV 文件",
    "2019、2020 年与 2021 年以后的表格不同，模板包也可以加行；一个 CSV 文件只能有一种表头。",
    "导出到 .xlsx（一种表格一张工作表）或 .json，或者分开导出。",
    source="国办公开办函〔2019〕60号、〔2021〕30号",
)
SHEET_PARTIAL = Code(
    "W645",
    W,
    "数字表里没有这些项目",
    "表里没有的列，数字没有读入：新写的数据文件里按 0 计，已有的数据文件里的不动。",
    "表里补上这些列，或者在数据文件里补填；确实都没有的，不用管。",
)
