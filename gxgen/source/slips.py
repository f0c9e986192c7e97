"""What is wrong with a line that is not TOML, and how to write it: the slips of people who know Word and Excel."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import tomli

from gxgen import codes
from gxgen.findings import Code, Finding, Position
from gxgen.source.keys import keys_called

HALF_WIDTH = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict(zip("＝，．－＋［］｛｝＃：　", "=,.-+[]{}#: ", strict=True)),
        **dict(zip("“”„＂", '""""', strict=True)),
        **dict(zip("‘’＇", "'''", strict=True)),
        **dict(zip("【】、。", "[],.", strict=True)),
    }
)
HEADER = re.compile(r"\s*[\[【［]")
_TRIPLE = re.compile(r'"""|\'\'\'')
STATEMENT = re.compile(r"\s*(?P<key>[^=＝\[#]*?)\s*[=＝]\s*(?P<value>.*)")


@dataclass(frozen=True)
class Slip:
    """One statement that is not TOML: the line, where parsing failed in it, and what the parser said."""

    line: str
    column: int
    said: str

    @property
    def at(self) -> str:
        """The character at which parsing failed."""
        return self.line[self.column : self.column + 1]


def explain(lines: list[str], error: tomli.TOMLDecodeError) -> tuple[Finding, range]:
    """The finding for an error, and the lines (from 0) to pass over; none where going on would mislead."""
    number = min(error.lineno, len(lines)) - 1
    slip = Slip(lines[number], min(error.colno - 1, len(lines[number])), error.msg)
    if slip.said.startswith("Unterminated string") and _TRIPLE.search("\n".join(lines[: number + 1])):
        start = _opening_quotes(lines, number)
        return _finding(start, 0, "从这一行开始的文字没有结束的引号", '在文字末尾补上三个英文双引号 """'), range(0)
    if slip.said.startswith("Unclosed"):
        if explained := _full_width(slip):
            return _finding(number, slip.column, *explained), range(number, number + 1)
        return _unclosed(lines, number)
    for reason in REASONS:
        if explained := reason(slip):
            code = codes.DUPLICATE if reason is _duplicate else codes.SYNTAX
            finding = _finding(number, slip.column, *explained, code=code)
            return finding, _statement(lines, number)
    return _finding(number, slip.column, "这一行不合 TOML 的写法", "一行写一项：键 = 值"), _statement(lines, number)


def _finding(number: int, column: int, message: str, hint: str, code: Code = codes.SYNTAX) -> Finding:
    return Finding(code, "", message, hint, position=Position(number + 1, column + 1))


def _statement(lines: list[str], number: int) -> range:
    """The lines that fall with this one: itself, and below a broken header everything up to the next header."""
    if not HEADER.match(lines[number]):
        return range(number, number + 1)
    below = (at for at in range(number + 1, len(lines)) if HEADER.match(lines[at]))
    return range(number, next(below, len(lines)))


def _opening_quotes(lines: list[str], number: int) -> int:
    """The line where the string that is still open at the end began."""
    opening = [at for at, line in enumerate(lines[: number + 1]) if len(_TRIPLE.findall(line)) % 2]
    return opening[-1] if opening else number


def _unclosed(lines: list[str], number: int) -> tuple[Finding, range]:
    """A bracket left open: the statement that opened it, found from the line where parsing gave up."""
    for at in range(number, -1, -1):
        found = STATEMENT.match(lines[at])
        value = found["value"] if found else ""
        for opening, closing in ("[]", "{}"):
            if value.count(opening) > value.count(closing):
                column = lines[at].rindex(opening)
                explained = _full_width(Slip(lines[at], column, "")) or (
                    f"「{opening}」没有对应的「{closing}」",
                    f"在末尾补上「{closing}」",
                )
                starts_anew = number > at and (STATEMENT.match(lines[number]) or HEADER.match(lines[number]))
                return _finding(at, column, *explained), range(at, number if starts_anew else number + 1)
    return _finding(number, 0, "有括号没有结束", "检查这一行之前的 [ 和 {"), range(0)


def _duplicate(slip: Slip) -> tuple[str, str] | None:
    if "twice" in slip.said or "overwrite" in slip.said or "Duplicate" in slip.said or "mutate" in slip.said:
        return "这一项在前面已经写过", "合并到一处，或删去其中一处"
    return None


def _full_width(slip: Slip) -> tuple[str, str] | None:
    """Punctuation or digits typed with the Chinese input method on."""
    outside = re.sub(r'"[^"]*"|\'[^\']*\'', "", slip.line.split("#")[0])
    wide = next((char for char in (slip.at, *outside) if char and ord(char) in HALF_WIDTH), "")
    if not wide:
        return None
    message = f"「{wide}」是中文（全角）字符，这里要用半角「{wide.translate(HALF_WIDTH)}」"
    mended = slip.line.strip().translate(HALF_WIDTH)
    return message, f"写成：{mended}" if _parses(mended) else "切换到英文输入法重新输入"


def _chinese_key(slip: Slip) -> tuple[str, str] | None:
    in_braces = re.compile(r"\s*(?P<key>[^\s=,{}\"']+)\s*=").match(slip.line, slip.column)
    found = in_braces or STATEMENT.match(slip.line) or re.match(r"\s*\[+(?P<key>[^\]]*)", slip.line)
    key = found["key"].strip() if found else ""
    if not key or key.isascii() or key[0] in "\"'":
        return None
    known = keys_called(key.rpartition(".")[2])
    return f"键不能写成中文「{key}」", f"写成：{'或 '.join(known)}" if known else "键用英文，见样例和说明"


def _colon(slip: Slip) -> tuple[str, str] | None:
    found = re.match(r"\s*([\w.-]+)\s*[:：]\s*(.*)", slip.line)
    return ("键和内容之间要用等号「=」", f"写成：{found[1]} = {found[2].translate(HALF_WIDTH)}") if found else None


def _thousands(slip: Slip) -> tuple[str, str] | None:
    found = re.match(r"\s*(\S+)\s*=\s*(\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?)", slip.line)
    if not found:
        return None
    return "数字中间不加逗号", f"写成：{found[1]} = {re.sub('[,，]', '', found[2])}"


def _number_with_unit(slip: Slip) -> tuple[str, str] | None:
    found = re.match(r"\s*(\S+)\s*=\s*([-+]?\d[\d,，]*(?:\.\d+)?)\s*([^\d\s,.\]#][^#]*)$", slip.line)
    if not found or found[3].isascii():
        return None
    return f"数字后面不能带「{found[3].strip()}」", f"写成：{found[1]} = {found[2]}"


def _leading_zero(slip: Slip) -> tuple[str, str] | None:
    found = re.match(r"\s*(\S+)\s*=\s*0+(\d+)\s*(?:#.*)?$", slip.line)
    return ("数字前面不能有多余的 0", f"写成：{found[1]} = {found[2]}") if found else None


def _date(slip: Slip) -> tuple[str, str] | None:
    found = re.match(r"\s*\S+\s*=\s*(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?\s*(?:#.*)?$", slip.line)
    return ("日期写法不对，或没有这一天", "写成 2024-01-05 这样：四位年、两位月、两位日") if found else None


def _bare_decimal_point(slip: Slip) -> tuple[str, str] | None:
    if re.match(r"\s*\S+\s*=\s*(\d+\.|\.\d+)\s*(?:#.*)?$", slip.line):
        return "小数点前后都要有数字", "例如 0.5 或 12.0"
    return None


def _open_string(slip: Slip) -> tuple[str, str] | None:
    if "Illegal character '\\n'" in slip.said or "Unterminated string" in slip.said:
        return "引号没有在这一行结束", '在末尾补上引号；多行文字前后各写三个英文双引号 """'
    return None


def _control_character(slip: Slip) -> tuple[str, str] | None:
    if slip.at and not slip.at.isprintable() and slip.at not in "\n\t\u3000\xa0":
        return f"有看不见的控制字符 U+{ord(slip.at):04X}", "删去该字符（把光标移到此处按退格键）"
    return None


def _backslash(slip: Slip) -> tuple[str, str] | None:
    if "Unescaped" in slip.said or "escape" in slip.said.lower():
        return "双引号中的「\\」要写成「\\\\」", "写成「\\\\」，或改用英文单引号"
    return None


def _unquoted_text(slip: Slip) -> tuple[str, str] | None:
    found = STATEMENT.match(slip.line)
    if not found or not re.match(r"[^\W\d]", found["value"]):
        return None
    return "文字要放在英文双引号里", f'写成：{found["key"]} = "{found["value"].strip()}"'


def _missing_value(slip: Slip) -> tuple[str, str] | None:
    found = STATEMENT.match(slip.line)
    return (
        ("等号后面没有内容", "填上内容，或删去这一行") if found and not found["value"].split("#")[0].strip() else None
    )


def _missing_equals(slip: Slip) -> tuple[str, str] | None:
    if "=" not in slip.line and not HEADER.match(slip.line):
        return "这一行没有等号", '一行写一项：键 = 值；多行文字前后各写三个英文双引号 """'
    return None


def _header(slip: Slip) -> tuple[str, str] | None:
    if HEADER.match(slip.line):
        return "方括号中的标题写得不完整", "例如 [requests.outcome]"
    return None


def _run_on(slip: Slip) -> tuple[str, str] | None:
    if re.match(r"[^\"]*=\s*\"[^\"]*\"[^\"#]", slip.line):
        return "文字中间出现了英文引号，文字被截断", "文字里的引号改用中文引号“ ”"
    if slip.said.startswith("Expected newline"):
        return f"内容结束后多出了「{slip.line[slip.column :].strip()[:20]}」", "一行只写一项；文字要放在一对引号里"
    return None


Reason = Callable[[Slip], tuple[str, str] | None]
REASONS: tuple[Reason, ...] = (
    _duplicate,
    _control_character,
    _open_string,
    _colon,
    _thousands,
    _chinese_key,
    _full_width,
    _number_with_unit,
    _leading_zero,
    _bare_decimal_point,
    _date,
    _backslash,
    _missing_value,
    _missing_equals,
    _unquoted_text,
    _header,
    _run_on,
)
"""What commonly goes wrong, the surest sign first."""


def _parses(line: str) -> bool:
    try:
        tomli.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
