"""What is told of a statement that is not TOML: of its repairs, or of what the parser missed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

import tomli

from gxgen import codes
from gxgen.findings import Code, Finding, Position
from gxgen.frozen import frozen
from gxgen.source.complaints import complaint
from gxgen.source.repairs import Mended
from gxgen.source.statements import Statement

READ_AS, WRITE = "已读作：", "写成："

LONGEST_LINE = 120
"""Bytes of a mended line that is shown whole: forty Chinese characters, or a row of the form with all its keys."""
AROUND = 15
"""Characters shown on either side of the place in a longer one."""


def told(line: int, column: int, message: str, hint: str, code: Code = codes.SYNTAX) -> Finding:
    """A finding at a line and column, both counted from 0."""
    return Finding(code, "", message, hint, position=Position(line + 1, column + 1))


# What repairs tell


def of_repairs(statement: Statement, mended: Mended, *, is_certain: bool) -> tuple[Finding, ...]:
    """One finding for every line that had to be mended; none where the reader of figures is left to tell."""
    lines = groupby(sorted(_faults(statement, mended), key=lambda fault: fault.at), key=lambda fault: fault.line)
    return tuple(_of_line(statement, mended, line, list(faults), is_certain=is_certain) for line, faults in lines)


@frozen
class _Fault:
    """An edit that was needed: where in the statement as typed, and what to say of it."""

    at: int
    line: int
    kind: str
    message: str
    hint: str
    goes_on: bool
    """Whether it is mended in another line than it is told of, or in a way that the mended line does not show."""


def _faults(statement: Statement, mended: Mended) -> Iterator[_Fault]:
    for depth, step in enumerate(mended.steps):
        if not step.repair.message:
            continue
        typed = _before(statement, mended, depth)
        for edit in step.edits:
            at = mended.typed_at(depth, edit.place)
            old, new = edit.about or typed[edit.start : edit.end], edit.new
            words = {"old": old.strip(" ") or old, "new": new.strip(" ") or new}
            yield _Fault(
                at,
                statement.text.count("\n", 0, at),
                step.repair.name,
                step.repair.message.format(**words),
                step.repair.hint.format(**words),
                step.repair.is_choice or typed.count("\n", 0, edit.start) != typed.count("\n", 0, edit.place),
            )


def _before(statement: Statement, mended: Mended, depth: int) -> str:
    """The statement as the step of this depth found it."""
    before = Mended(statement.text)
    for step in mended.steps[:depth]:
        before = before.after(step)
    return before.text


def _of_line(statement: Statement, mended: Mended, line: int, faults: list[_Fault], *, is_certain: bool) -> Finding:
    messages: dict[str, str] = {}
    for fault in faults:
        messages.setdefault(fault.kind, fault.message)  # the first of its kind in the line stands for all
    first = faults[0].at
    column = first - (statement.text.rfind("\n", 0, first) + 1)
    typed, meant = (text.split("\n")[line] for text in (statement.text, mended.text))
    hint = next((fault.hint for fault in faults if fault.hint and (fault.goes_on or _look_alike(typed, meant))), "")
    hint = hint or f"{READ_AS if is_certain else WRITE}{_around(meant, column)}"
    code = codes.SPELLING if is_certain else codes.SYNTAX
    return told(statement.line + line, column, "；".join(messages.values()), hint, code)


def _look_alike(typed: str, meant: str) -> bool:
    return "".join(char for char in typed if char.isprintable()) == meant


def _around(line: str, column: int) -> str:
    """The mended line, or the part of a long one that was mended."""
    if len(line.encode()) <= LONGEST_LINE:
        return line.strip()
    start, end = max(column - AROUND, 0), column + AROUND
    return f"{'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"


# What the parser tells


def of_parser(statement: Statement) -> Finding:
    """What is wrong with a statement for which no repair will do."""
    try:
        tomli.loads(statement.text, parse_float=Decimal)
    except tomli.TOMLDecodeError as error:
        found = complaint(statement.text, error.msg, min(error.pos, len(statement.text)))
    except (ValueError, ArithmeticError, RecursionError):
        return told(statement.line, 0, "这一行有过长的数字或层数过多的括号", "删去这样的内容")
    line = statement.text.count("\n", 0, found.at)
    column = found.at - (statement.text.rfind("\n", 0, found.at) + 1)
    return told(statement.line + line, column, found.message, found.hint, found.code)


def too_many(last: Statement) -> Finding:
    """What is said of a file that would have to be mended all over; *last* was looked at last."""
    return told(
        last.line, 0, "写法有误的行太多，到这一行为止没有再读", "核对这是不是数据文件；数据文件的写法见样例和说明"
    )
