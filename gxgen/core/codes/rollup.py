"""The codes of findings about sums of departments' data files."""

from __future__ import annotations

from gxgen.core.findings import Code, Severity

__all__ = [
    "ROLLUP_ABSENT",
    "ROLLUP_DOUBLED",
    "ROLLUP_DOUBTFUL",
    "ROLLUP_FAULTY",
    "ROLLUP_FORM",
    "ROLLUP_LEFT_OUT",
    "ROLLUP_NOTHING",
    "ROLLUP_TARGET",
    "ROLLUP_UNITS",
    "ROLLUP_YEARS",
]

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741  # as findings print them

ROLLUP_FAULTY = Code(
    "E630",
    E,
    "有机关的数据文件有错误，没有汇总",
    "有错误的数据文件，数字还没有定数，加起来的数也不可信；所以只要有一份有错误，就什么也不写。",
    "先改正列出的错误，再汇总。",
)
ROLLUP_YEARS = Code(
    "E631",
    E,
    "年度不一致，没有汇总",
    "一份报告只说一年的事，不同年度的数字不能加在一起。",
    "用 --year 写明汇总哪一年；年份写错的，改正数据文件里的 year。",
)
ROLLUP_DOUBLED = Code(
    "E632",
    E,
    "同一机关有两份数据文件，没有汇总",
    "两份都计入就重复了，计入哪一份程序不去猜。",
    "每个机关只留一份；是不同机关的，把各自的机关名称写全。",
)
ROLLUP_FORM = Code(
    "E633",
    E,
    "汇总的表格里没有这一行",
    "机关用的模板包给表格加了行，汇总用的模板包没有这一行，数字没有地方放。",
    "用 --pack 写明汇总用哪个模板包，或者统一各机关数据文件里的 pack。",
)
ROLLUP_UNITS = Code(
    "E634",
    E,
    "金额有的写了单位、有的没写，加不起来",
    "表上没有印单位的金额，有的机关写了单位，有的没写；没写的是元还是万元，程序不去猜。",
    '给没有单位的金额补上单位，例如 amount = "25.1万元"；单位可以不同，汇总时按元折算。',
)
ROLLUP_NOTHING = Code(
    "E635",
    E,
    "没有可以汇总的机关",
    "文件夹找不到，或者里面没有这一年的数据文件，或者都是垂直管理的机关。",
    "核对文件夹和 --year。",
)
ROLLUP_TARGET = Code(
    "E636",
    E,
    "汇总数没有写入",
    "已有的数据文件不会被改动，除非加 --force；加了也只换数字，文字、注释都留着。别的机关、别的年度的文件不换。",
    "加 --force 更新数字，或者用 -o 写到别的文件。",
)
ROLLUP_ABSENT = Code(
    "W637",
    W,
    "名单上的机关没有数据文件",
    "--expect 名单上的机关，有的没有这一年的数据文件，汇总数里没有它们。",
    "催报、补齐后再汇总一次；名称写法不同的，改成一致。",
)
ROLLUP_LEFT_OUT = Code(
    "I638",
    I,
    "没有计入的机关",
    "垂直管理的机关不计入所在地政府的汇总；下级政府已经汇总了的机关，数字在下级政府的报告里，不再单独计入。",
    "核对有没有不该漏的；没有就不用管。",
    source="重庆、怀化、武汉等地的填报要求",
)
ROLLUP_DOUBTFUL = Code(
    "W639",
    W,
    "有机关还有没读准的数字",
    "数据文件里标着「待核」的数字没有读入，按 0 计，汇总数就可能偏小。",
    "请这些机关补上数字、删去「待核」的注释，再汇总一次。",
)
