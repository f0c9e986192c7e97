"""Messages on statements that are not TOML: on their repairs, or on what the parser missed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

import msgspec
import tomli
from msgspec.structs import replace

from gxgen.core import codes
from gxgen.core.findings import Code, Finding, Parameters, Position, Words
from gxgen.source.recovery.brackets import unclosed
from gxgen.source.recovery.edits import SourceStatement
from gxgen.source.recovery.repairs import Repaired
from gxgen.source.recovery.statements import HEADER, SPELLED, Statement, signs_only

ONE_ITEM = '一行写一项：键 = 值；多行文字前后各写三个英文双引号 """'
_DATE = re.compile(r"=\s*\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?\s*$")
_LONGEST_REST = 20


class SyntaxMessage(msgspec.Struct, frozen=True):
    """The problem at an offset of a statement, and the remedy."""

    at: int
    message: str
    hint: str
    code: Code = codes.SYNTAX


def explain(text: str, said: str, at: int) -> SyntaxMessage:
    """Explain the parser's message *said* on the offset *at* of a statement."""
    signs = signs_only(text)
    return (
        _of_duplicates(text, said, at)
        or _of_long_texts(text, signs)
        or _of_keys(text, signs)
        or _of_values(text, signs, said, at)
        or SyntaxMessage(at, "这一行不合 TOML 的写法", "一行写一项：键 = 值")
    )


def _of_duplicates(text: str, said: str, at: int) -> SyntaxMessage | None:
    if not re.search("twice|overwrite|Duplicate|redefine|mutate", said):
        return None
    key = re.search(r"Duplicate inline table key '(.*)'", said)
    place = text.rfind(key[1], 0, at) if key else at
    name = f"「{key[1]}」" if key else "这一项"
    return SyntaxMessage(max(place, 0), f"{name}在这一组里写了两次", "合并到一处，或删去其中一处", codes.DUPLICATE)


def _of_long_texts(text: str, signs: str) -> SyntaxMessage | None:
    opened = next((spelled for spelled in SPELLED.finditer(text) if spelled["open_long"]), None)
    if not opened or "=" not in signs[: opened.start()]:
        return None
    mark = opened[0][:3]
    name = "双" if mark == '"""' else "单"
    line_start = text.rfind("\n", 0, opened.start()) + 1
    return SyntaxMessage(line_start, "从这一行开始的文字没有结束的引号", f"在文字末尾补上三个英文{name}引号 {mark}")


def _of_keys(text: str, signs: str) -> SyntaxMessage | None:
    start = len(text) - len(text.lstrip())
    if HEADER.match(text):
        return SyntaxMessage(start, "方括号中的标题写得不完整", "例如 [requests.outcome]")
    key, equals, value = signs.partition("=")
    if not equals:
        return SyntaxMessage(start, "这一行没有等号", ONE_ITEM)
    if not key.strip():
        return SyntaxMessage(start, "等号前面没有键", "一行写一项：键 = 值")
    if not value.strip():
        after = len(key) + 1
        return SyntaxMessage(min(after + 1, len(text)), "等号后面没有内容", "填上内容，或删去这一行")
    name = key.strip()
    if not name.isascii() and name[0] not in "\"'":
        return SyntaxMessage(start, f"键不能写成中文「{text[start : start + len(name)]}」", "键用英文，见样例和说明")
    return None


def _of_values(text: str, signs: str, said: str, at: int) -> SyntaxMessage | None:
    if _DATE.search(signs):
        start = re.search(r"=\s*", signs)
        return SyntaxMessage(
            start.end() if start else at, "日期写法不对，或没有这一天", "写成 2024-01-05 这样：四位年、两位月、两位日"
        )
    if "scape" in said or "hex" in said:
        return SyntaxMessage(
            max(text.rfind("\\", 0, at), 0), r"双引号中的「\」要写成「\\」", r"写成「\\」，或改用英文单引号"
        )
    opened = next((spelled for spelled in SPELLED.finditer(text) if spelled["open"]), None)
    if opened and opened.start() < at:
        return SyntaxMessage(
            opened.start(), "引号没有在这一行结束", '在末尾补上引号；多行文字前后各写三个英文双引号 """'
        )
    left_open = unclosed(SourceStatement(text)) if said.startswith("Unclosed") else ()
    if left_open:
        bracket = left_open[-1]
        return SyntaxMessage(bracket.place, f"「{bracket.about}」没有对应的括号", "补上另一半括号，各项之间用逗号隔开")
    if said.startswith("Expected newline"):
        if re.match(r"[^\"=]*=\s*\"", text):
            return SyntaxMessage(at, "文字中间出现了英文引号，文字被截断", "文字里的引号改用中文引号“ ”")
        rest = text[at:].split("\n", maxsplit=1)[0].strip()[:_LONGEST_REST]
        return SyntaxMessage(at, f"内容结束后多出了「{rest}」", "一行只写一项；文字要放在一对引号里")
    return None


LONGEST_LINE = 120
"""Bytes of a repaired line that is shown whole: forty Chinese characters, or a row of the form with all its keys."""
AROUND = 15
"""Characters shown on either side of the place in a longer one."""


def finding_at(line: int, column: int, message: str, hint: str, code: Code = codes.SYNTAX) -> Finding:
    """Return a finding at a line and column, both counted from 0."""
    return Finding(code, "", message, hint, position=Position(line + 1, column + 1))


# What repairs tell


class RepairedLine(Parameters, frozen=True):
    """A line that had to be repaired to be TOML."""

    faults: tuple[str, ...]
    repaired: str
    """The line, or the part of a long one that was repaired."""
    advice: str = ""
    """What to do where the repaired line would not show it."""
    is_certain: bool = False
    """Whether the line can mean nothing else, so that data files are read as if it were repaired."""

    def for_clerk(self) -> Words:
        """Say how the line was read, or how to write it."""
        return self._words("已读作" if self.is_certain else "写成")

    def for_pack_keeper(self) -> Words:
        """Say how to write it: settings are not read as they were meant, since many offices use them."""
        return self._words("写成")

    def _words(self, verb: str) -> Words:
        return Words("；".join(self.faults), self.advice or f"{verb}：{self.repaired}")


def repair_findings(statement: Statement, repaired: Repaired, *, is_certain: bool) -> tuple[Finding, ...]:
    """Yield one finding for every repaired line; none where the reader of figures reports it."""
    lines = groupby(sorted(_faults(statement, repaired), key=lambda fault: fault.at), key=lambda fault: fault.line)
    return tuple(_of_line(statement, repaired, line, list(faults), is_certain=is_certain) for line, faults in lines)


class _Fault(msgspec.Struct, frozen=True):
    """A needed edit: its place in the statement as typed, and its explanation."""

    at: int
    line: int
    kind: str
    message: str
    hint: str
    goes_on: bool
    """Whether the repair is in another line than the finding, or does not show in the repaired line."""


def _faults(statement: Statement, repaired: Repaired) -> Iterator[_Fault]:
    for depth, step in enumerate(repaired.steps):
        if not step.repair.message:
            continue
        typed = _before(statement, repaired, depth)
        for edit in step.edits:
            at = repaired.typed_at(depth, edit.place)
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


def _before(statement: Statement, repaired: Repaired, depth: int) -> str:
    """Return the statement before the repair step of a depth."""
    before = Repaired(statement.text)
    for step in repaired.steps[:depth]:
        before = before.after(step)
    return before.text


def _of_line(statement: Statement, repaired: Repaired, line: int, faults: list[_Fault], *, is_certain: bool) -> Finding:
    messages: dict[str, str] = {}
    for fault in faults:
        messages.setdefault(fault.kind, fault.message)  # the first of its kind in the line stands for all
    first = faults[0].at
    column = first - (statement.text.rfind("\n", 0, first) + 1)
    typed, meant = (text.split("\n")[line] for text in (statement.text, repaired.text))
    hint = next((fault.hint for fault in faults if fault.hint and (fault.goes_on or _look_alike(typed, meant))), "")
    reported = RepairedLine(tuple(messages.values()), _around(meant, column), hint, is_certain=is_certain)
    finding = Finding.of(codes.SPELLING if is_certain else codes.SYNTAX, "", reported)
    return replace(finding, position=Position(statement.line + line + 1, column + 1))


def _look_alike(typed: str, meant: str) -> bool:
    return "".join(char for char in typed if char.isprintable()) == meant


def _around(line: str, column: int) -> str:
    """Return the repaired line, or the repaired part of a long one."""
    if len(line.encode()) <= LONGEST_LINE:
        return line.strip()
    start, end = max(column - AROUND, 0), column + AROUND
    return f"{'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"


# What the parser tells


def parser_finding(statement: Statement) -> Finding:
    """Return the finding on a statement that no repair fixes."""
    try:
        tomli.loads(statement.text, parse_float=Decimal)
    except tomli.TOMLDecodeError as error:
        found = explain(statement.text, error.msg, min(error.pos, len(statement.text)))
    except (ValueError, ArithmeticError, RecursionError):
        return finding_at(statement.line, 0, "这一行有过长的数字或层数过多的括号", "删去这样的内容")
    line = statement.text.count("\n", 0, found.at)
    column = found.at - (statement.text.rfind("\n", 0, found.at) + 1)
    return finding_at(statement.line + line, column, found.message, found.hint, found.code)


def too_many_errors(last: Statement) -> Finding:
    """Return the finding on a file with too many errors; *last* is the last statement that was parsed."""
    return finding_at(
        last.line, 0, "写法有误的行太多，到这一行为止没有再读", "核对这是不是数据文件；数据文件的写法见样例和说明"
    )
