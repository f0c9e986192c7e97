"""The codes of findings about the narrative."""

from __future__ import annotations

from gxgen.core.findings import Code, Severity

W = Severity.WARNING
BOTH_CIRCULARS = "国办公开办函〔2019〕60号、〔2021〕30号"

EMPTY_SECTION = Code(
    "W501",
    W,
    "正文缺少内容",
    "总体情况、存在的主要问题及改进情况应有文字。",
    "在 [narrative] 中补写。",
    source="条例第五十条",
)

TEXT_NUMBER = Code(
    "W502",
    W,
    "正文与表中的数字不一致",
    "正文中收到、办结、结转、各类办理结果、复议诉讼和规范性文件的件数应与表一致；含上年结转等允许的口径都算对。",
    "核对后改正文字或表；说的是部分单位的数则不必改。",
    source=BOTH_CIRCULARS,
)
TEXT_DENIES = Code(
    "W503",
    W,
    "正文说没有，表中却有",
    "正文写未收到申请、未发生复议诉讼时，表中相应的数应为 0。",
    "核对后改正文字或表。",
    source=BOTH_CIRCULARS,
)
TEXT_SUM = Code(
    "W504",
    W,
    "正文各项之和不等于总数",
    "「共…件，其中…」的各项应加得出总数。",
    "改正总数或其中一项。",
    source=BOTH_CIRCULARS,
)
TEXT_PERCENTAGE = Code(
    "W505",
    W,
    "正文的百分比算不出来",
    "百分比应等于旁边两个数字之比。",
    "改正百分比或数字。",
    source=BOTH_CIRCULARS,
)
TEXT_FEE = Code(
    "W506",
    W,
    "信息处理费大于行政事业性收费",
    "信息处理费（国办函〔2020〕109号）计入行政事业性收费。",
    "核对正文的元与表中的万元。",
    source=BOTH_CIRCULARS,
)
TEXT_YEAR = Code(
    "W507",
    W,
    "正文写的是别的年度",
    "统计期间和报告名称应是本报告年度，常因沿用上年文字而出错。",
    "改为本年度。",
    source="条例第五十条",
)
THIN_SECTION = Code(
    "W508", W, "正文过于简单", "存在的主要问题及改进情况等应如实写明（条例第五十条）。", "补写。", source="条例第五十条"
)
MISSING_TOPIC = Code(
    "W509",
    W,
    "总体情况缺少一个方面",
    "总体情况应写明五个方面（国办公开办函〔2021〕30号）。",
    "补写这一方面。",
    source="条例第五十条",
)
DAMAGED_TEXT = Code(
    "W510", W, "正文可能有缺损或没改掉的提示", "粘贴时常丢失六角括号、年月日，或留下模板的提示文字。", "补全或删去。"
)
STRAY_MARK = Code(
    "W511",
    W,
    "加粗或引用的记号没有起作用",
    "**加粗** 要成对，引用数字用半角 {{ 名称 }}；写错的记号会原样印出。",
    "改正记号。",
)
