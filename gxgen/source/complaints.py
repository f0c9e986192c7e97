"""What the TOML parser misses in a statement that no repair mends, in words that a clerk knows."""

from __future__ import annotations

import re

from gxgen import codes
from gxgen.findings import Code
from gxgen.frozen import frozen
from gxgen.source.repairs.brackets import unclosed
from gxgen.source.repairs.edits import Typed
from gxgen.source.statements import HEADER, SPELLED, signs_only

ONE_ITEM = '一行写一项：键 = 值；多行文字前后各写三个英文双引号 """'
_DATE = re.compile(r"=\s*\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?\s*$")
_LONGEST_REST = 20


@frozen
class Complaint:
    """What is wrong at an offset of a statement, and what to do about it."""

    at: int
    message: str
    hint: str
    code: Code = codes.SYNTAX


def complaint(text: str, said: str, at: int) -> Complaint:
    """What to say of a statement for which the parser said *said* of the offset *at*."""
    signs = signs_only(text)
    return (
        _of_duplicates(text, said, at)
        or _of_long_texts(text, signs)
        or _of_keys(text, signs)
        or _of_values(text, signs, said, at)
        or Complaint(at, "这一行不合 TOML 的写法", "一行写一项：键 = 值")
    )


def _of_duplicates(text: str, said: str, at: int) -> Complaint | None:
    if not re.search("twice|overwrite|Duplicate|redefine|mutate", said):
        return None
    key = re.search(r"Duplicate inline table key '(.*)'", said)
    place = text.rfind(key[1], 0, at) if key else at
    name = f"「{key[1]}」" if key else "这一项"
    return Complaint(max(place, 0), f"{name}在这一组里写了两次", "合并到一处，或删去其中一处", codes.DUPLICATE)


def _of_long_texts(text: str, signs: str) -> Complaint | None:
    opened = next((spelled for spelled in SPELLED.finditer(text) if spelled["open_long"]), None)
    if not opened or "=" not in signs[: opened.start()]:
        return None
    mark = opened[0][:3]
    name = "双" if mark == '"""' else "单"
    line_start = text.rfind("\n", 0, opened.start()) + 1
    return Complaint(line_start, "从这一行开始的文字没有结束的引号", f"在文字末尾补上三个英文{name}引号 {mark}")


def _of_keys(text: str, signs: str) -> Complaint | None:
    start = len(text) - len(text.lstrip())
    if HEADER.match(text):
        return Complaint(start, "方括号中的标题写得不完整", "例如 [requests.outcome]")
    key, equals, value = signs.partition("=")
    if not equals:
        return Complaint(start, "这一行没有等号", ONE_ITEM)
    if not key.strip():
        return Complaint(start, "等号前面没有键", "一行写一项：键 = 值")
    if not value.strip():
        after = len(key) + 1
        return Complaint(min(after + 1, len(text)), "等号后面没有内容", "填上内容，或删去这一行")
    name = key.strip()
    if not name.isascii() and name[0] not in "\"'":
        return Complaint(start, f"键不能写成中文「{text[start : start + len(name)]}」", "键用英文，见样例和说明")
    return None


def _of_values(text: str, signs: str, said: str, at: int) -> Complaint | None:
    if _DATE.search(signs):
        start = re.search(r"=\s*", signs)
        return Complaint(
            start.end() if start else at, "日期写法不对，或没有这一天", "写成 2024-01-05 这样：四位年、两位月、两位日"
        )
    if "scape" in said or "hex" in said:
        return Complaint(
            max(text.rfind("\\", 0, at), 0), r"双引号中的「\」要写成「\\」", r"写成「\\」，或改用英文单引号"
        )
    opened = next((spelled for spelled in SPELLED.finditer(text) if spelled["open"]), None)
    if opened and opened.start() < at:
        return Complaint(opened.start(), "引号没有在这一行结束", '在末尾补上引号；多行文字前后各写三个英文双引号 """')
    left_open = unclosed(Typed(text)) if said.startswith("Unclosed") else ()
    if left_open:
        bracket = left_open[-1]
        return Complaint(bracket.place, f"「{bracket.about}」没有对应的括号", "补上另一半括号，各项之间用逗号隔开")
    if said.startswith("Expected newline"):
        if re.match(r"[^\"=]*=\s*\"", text):
            return Complaint(at, "文字中间出现了英文引号，文字被截断", "文字里的引号改用中文引号“ ”")
        rest = text[at:].split("\n", maxsplit=1)[0].strip()[:_LONGEST_REST]
        return Complaint(at, f"内容结束后多出了「{rest}」", "一行只写一项；文字要放在一对引号里")
    return None
