"""The codes of findings about texts that are copies of others."""

from __future__ import annotations

from gxgen.core.findings import Code, Severity

__all__ = ["COPIED_FROM_OTHER", "LEFT_FROM_LAST_YEAR"]

W = Severity.WARNING

COPIED_FROM_OTHER = Code(
    "W512",
    W,
    "正文与别的机关雷同",
    "年度报告写的是本机关的工作。总体情况、存在的问题和其他事项的文字，不计数字、年份、机关名称和法定表述，"
    "有一半以上与别的机关逐字相同的，多半是照抄的。上级统一印发的文字不算抄袭。",
    "看看是谁照抄了谁，或者是不是同一份材料；照抄的改写成本机关的情况。",
    source="条例第五十条",
)
LEFT_FROM_LAST_YEAR = Code(
    "W513",
    W,
    "正文大部分是上一年的原文",
    "总体情况、存在的问题和其他事项的文字，不计数字和年份，八成以上与本机关上一年的报告逐字相同的，多半只换了数字。",
    "把今年的工作、问题和改进情况写进去。",
    source="条例第五十条",
)
