"""Report faulty quotations of figures in the narrative."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.compute import Completed, Fault, FaultKind
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.spec import address_book

LONGEST_PIECE = 60
"""Maximum characters of a faulty quotation in a message."""
LITERAL_BRACES = "要原样印出 {{ 时，写成 {{ '{{' }}"


def quotations(completed: Completed) -> Iterator[Finding]:
    """Every fault of every quotation, at its place in the text."""
    for place, faults in completed.faults.items():
        for fault in faults:
            message, hint = _worded(fault, completed)
            yield Finding(
                codes.QUOTE,
                f"narrative.{place}",
                message,
                hint,
                offset=fault.offset,
                length=max(len(fault.piece), 1),
            )


def _worded(fault: Fault, completed: Completed) -> tuple[str, str]:
    piece = fault.piece if len(fault.piece) <= LONGEST_PIECE else f"{fault.piece[:LONGEST_PIECE]}…"
    match fault.kind:
        case FaultKind.UNKNOWN_NAME:
            return _unknown_name(piece, completed)
        case FaultKind.NOT_A_FIGURE:
            return f"「{piece}」不是一个数字，而是一组数字", f"写到具体的一格，例如 {_example(fault.piece, completed)}"
        case FaultKind.FORBIDDEN:
            return (
                f"正文的引用里不能这样写：{piece}",
                "可以写名称、加减乘除、比较、{% if %}，以及 round、int、abs",
            )
        case FaultKind.ARITHMETIC:
            return f"引用的算式算不出结果（例如除以 0）：{piece}", "核对算式，或先用 {% if %} 判断"
        case FaultKind.SYNTAX:
            return f"引用写得不完整：{piece}", f"引用写成 {{{{ 名称 }}}}；{LITERAL_BRACES}"


def _example(branch: str, completed: Completed) -> str:
    """An address below *branch*, preferably of a total."""
    below = [address for address in address_book(completed.report.layout).entries if address.startswith(f"{branch}.")]
    totals = [address for address in below if address.endswith(".total")]
    return f"{branch}.total" if f"{branch}.total" in below else (totals or below)[0]


def _unknown_name(piece: str, completed: Completed) -> tuple[str, str]:
    from difflib import get_close_matches

    if piece == "agency":
        return "正文引用了 agency，但文件中没有写机关名称", '写 agency = "机关名称"，或在正文中直接写出'
    known = ("year", "agency", *address_book(completed.report.layout).entries)
    nearest = get_close_matches(piece, known, n=1)
    hint = f"是否想写 {nearest[0]}？" if nearest else "名称与数据文件的键相同，例如 requests.received.total"
    return f"没有可以引用的「{piece}」", hint
