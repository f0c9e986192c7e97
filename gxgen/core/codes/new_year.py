"""The codes of findings about a new year's data file that is begun from last year's report."""

from __future__ import annotations

from gxgen.core.findings import Code, Severity

__all__ = ["CARRY_DROPPED", "CARRY_LEFT_OUT", "CARRY_TO_REVISE", "NOT_THE_YEAR_BEFORE"]

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741  # as findings print them
BOTH_CIRCULARS = "国办公开办函〔2019〕60号、〔2021〕30号"

NOT_THE_YEAR_BEFORE = Code(
    "E650",
    E,
    "不是上一年的报告",
    "新一年的数据文件只接着上一年的报告写：上年结转等数字只由上一年的报告决定。",
    "改写 --from 或年份；没有上一年的报告，就不写 --from。",
)
CARRY_LEFT_OUT = Code(
    "W651",
    W,
    "上一年的数字没有带过来",
    "没有读准的、合计对不上的数字，和减成负数的项目，带过来可能就是错的，所以没有带。",
    "查清上一年的数字，在新的数据文件里「待核」的地方补上。",
    source=BOTH_CIRCULARS,
)
CARRY_DROPPED = Code(
    "I652",
    I,
    "上一年的内容没有带过来",
    "公布日期和豁免只属于上一年的报告；两年表格不同的，只带两版都有、名称相同的项目。",
    "今年也要写的，在新的数据文件里另写。",
    source=BOTH_CIRCULARS,
)
CARRY_TO_REVISE = Code(
    "I653",
    I,
    "上一年的文字要改",
    "正文照上一年的带过来了；写着年份和数字的地方，多半要改成今年的。",
    "逐处改写新的数据文件里标着「待改」的文字，改好一处删去一处注释。",
)
