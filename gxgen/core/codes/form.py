"""The codes of findings about the report as a whole: its form, its headings, its date (rules S-1 to S-3)."""

from __future__ import annotations

from gxgen.core.codes.prose import BOTH_CIRCULARS
from gxgen.core.findings import Code, Severity

E, W = Severity.ERROR, Severity.WARNING

HEADINGS = Code(
    "E312",
    E,
    "各部分的标题不合规定",
    "报告有六个部分，标题和顺序由格式规定；通行的几种写法（例如第四部分的"
    "「因政府信息公开工作被申请行政复议、提起行政诉讼情况」）也算对。由数据文件生成的报告，标题由程序写出，不会有错；"
    "只有改动过版式的模板包或者别的程序才会。",
    "按规定的标题改正模板包，或换回 national。",
    source=BOTH_CIRCULARS,
)
FORM_OF_YEAR = Code(
    "E313",
    E,
    "版式与年度不符",
    "2019、2020 年的报告用国办公开办函〔2019〕60号的版式，2021 年起用〔2021〕30号的版式。"
    "由数据文件生成的报告，版式由 year 决定，不会有错；只有别的程序才会。",
    "改用本年度的版式，或改正年度。",
    source=BOTH_CIRCULARS,
)

PUBLISHED_LATE = Code(
    "W704",
    W,
    "公布得晚了",
    "政府部门应在每年 1 月 31 日前、地方政府应在每年 3 月 31 日前公布上一年度的报告。",
    "核对 published 和 year；确实晚了的，照实写。",
    source="条例第四十九条",
)
PUBLISHED_EARLY = Code(
    "W705",
    W,
    "公布日期早于年底",
    "报告统计的是一整年，过了 12 月 31 日才能公布。",
    "核对 published 和 year，看是不是写错了年份。",
    source="条例第四十九条",
)
