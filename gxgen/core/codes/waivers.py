"""Codes of what an agency stands by."""

from __future__ import annotations

from gxgen.core.findings import Code, Severity

E, W = Severity.ERROR, Severity.WARNING

WAIVER = Code(
    "E701",
    E,
    "豁免写得不完整",
    "豁免须写明豁免哪个代码、为什么；理由要经得起上级询问，所以不能空着。",
    "补上 code 和 reason，或删去这一条 [[waiver]]。",
)
NOT_WAIVABLE = Code(
    "E702",
    E,
    "这个问题不能豁免",
    "只有警告和提示可以豁免；有错误的报告不真实或印不出来，只能改正。",
    "改正问题本身，删去这一条 [[waiver]]。",
)
UNUSED_WAIVER = Code(
    "W703",
    W,
    "豁免没有对上任何问题",
    "问题已经改好，或者地址写错了；留着多余的豁免，以后会遮住别的问题。",
    "删去这一条 [[waiver]]，或改正 code、where。",
)
