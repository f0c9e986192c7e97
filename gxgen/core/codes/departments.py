"""The codes of findings about a government's figures and those of its departments."""

from __future__ import annotations

from gxgen.core.findings import Code, Severity

W = Severity.WARNING

SUM_OF_DEPARTMENTS = Code(
    "W308",
    W,
    "不等于所属机关之和",
    "政府的报告汇总所属各机关的数字：每一格等于各机关同一格之和，垂直管理的机关除外。"
    "只在数据文件写了 departments，或者命令里写了 --departments 时核对。",
    "核对这一格和各机关的数字；以政府名义办理、不在任何机关报告里的，为它另写一份数据文件，和各机关的放在一起，或者写明理由豁免。",
    source="重庆、怀化、武汉等地的填报要求",
)
DEPARTMENT_UNUSABLE = Code(
    "W309",
    W,
    "有机关的数字不能汇总",
    "数据文件找不到、读不出、有错误，或者同一机关同一年度有两份，各机关之和就没有定数，所以没有核对。",
    "先改正这些数据文件，再核对汇总数。",
)
NO_DEPARTMENTS = Code(
    "W310",
    W,
    "没有可以汇总的机关",
    "departments 指的地方没有别的机关的数据文件，或者都是垂直管理的机关，没有可以核对的数字。",
    "改正 departments，写上放着所属机关数据文件的文件夹。",
)
NOT_OF_THE_YEAR = Code(
    "W311",
    W,
    "有机关没有本年度的数据文件",
    "只有别的年度的数据文件，没有计入各机关之和。撤并了的机关，也会有这一条。",
    "补上本年度的数据文件；年份写错的改正 year；撤并了的可以不改。",
)
