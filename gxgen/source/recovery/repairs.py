"""The repairs of TOML errors that Word and Excel users make, and the search for the fewest that make a statement parse.

:func:`repair` looks for the fewest repairs after which a statement is TOML.
"""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec
import tomli

from gxgen.source.recovery import brackets, characters, numbers, strings
from gxgen.source.recovery.edits import Edits, Repair, SourceStatement, applied, before

__all__ = ["REPAIRS", "Repair", "Repaired", "parses", "repair"]

NOT_HALF_WIDTH = "「{old}」是中文（全角）字符，这里要用半角「{new}」"
NO_UNIT = "数字后面不能带「{old}」"
LEFT_OVER = "内容结束后多出了「{old}」"
QUOTES_NEEDED = "文字要放在英文双引号里"
BRACKETS_NEEDED = "一组数字要放在方括号 [ ] 里"

REPAIRS: tuple[Repair, ...] = (
    Repair("invisible", characters.invisible, "有看不见的控制字符 {old}", hint="删去该字符（把光标移到此处按退格键）"),
    Repair(
        "control",
        characters.control,
        "文字中有看不见的控制字符 {old}",
        is_certain=False,
        hint="删去该字符（把光标移到此处按退格键）",
    ),
    Repair("odd_spaces", characters.odd_spaces, "有看不见的空格 {old}，这里要用半角空格"),
    Repair("wide_spaces", characters.wide_spaces, "有全角空格，这里要用半角空格"),
    Repair("chinese_keys", strings.chinese_keys, "键不能写成中文「{old}」", is_certain=False),
    Repair("trailing", brackets.trailing, LEFT_OVER),
    Repair("full_width", characters.full_width, NOT_HALF_WIDTH),
    Repair("listing", characters.listing, NOT_HALF_WIDTH),
    Repair("header_stops", characters.header_stops, NOT_HALF_WIDTH),
    Repair("full_stops", characters.full_stops, NOT_HALF_WIDTH, is_certain=False),
    Repair("dashes", characters.dashes, "「{old}」是破折号，减号和日期里要用半角「{new}」", is_certain=False),
    Repair("chinese_quotes", characters.chinese_quotes, NOT_HALF_WIDTH),
    Repair("colon", brackets.colon, "键和内容之间要用等号「=」"),
    Repair("equals", brackets.equals, "这一行没有等号"),
    Repair("no_number", strings.nothing, "这里要填数字，没有就写 0", is_certain=False),
    Repair("texts", strings.texts, QUOTES_NEEDED),
    Repair("doubtful_texts", strings.doubtful_texts, QUOTES_NEEDED, is_certain=False),
    Repair("dates", numbers.dates, "日期写法不对"),
    Repair("counted", numbers.counted, NO_UNIT),
    Repair("leading_zeros", numbers.leading_zeros, "数字前面不能有多余的 0"),
    Repair("round_brackets", brackets.round_brackets, BRACKETS_NEEDED),
    Repair("pasted", strings.pasted, ""),
    Repair("thousands", numbers.thousands, "数字中间不加逗号"),
    Repair(
        "spaced_thousands",
        numbers.spaced_thousands,
        "数字中间有空格，看不出是一个数还是几个数",
        is_certain=False,
        hint="是一个数就去掉空格；几个数分别写在各自的键后面",
        is_choice=True,
    ),
    Repair(
        "money",
        numbers.money,
        "金额后面带了单位",
        hint="表上印有单位的只写数字；没有印单位的，连单位一起放在英文双引号里",
        is_choice=True,
    ),
    Repair("units", numbers.units, NO_UNIT, is_certain=False),
    Repair(
        "grouped_zeros",
        numbers.grouped_zeros,
        "看不出「{old}」是一个数还是两个数",
        is_certain=False,
        hint="是一个数就去掉逗号，是两个数就去掉多余的 0",
        is_choice=True,
    ),
    Repair("leading_points", numbers.leading_points, "小数点前面要有数字"),
    Repair("ending_points", numbers.ending_points, "小数点后面要有数字", is_certain=False),
    Repair("nothing", numbers.nothing, "「{old}」不是数字，没有就写 0", is_certain=False),
    Repair("missing_numbers", numbers.missing_numbers, "两个逗号之间缺少数字", is_certain=False),
    Repair("commas", brackets.commas, "两项之间缺少逗号"),
    Repair("number_commas", brackets.number_commas, "两个数字之间缺少逗号", is_certain=False),
    Repair("semicolons", brackets.semicolons, "各项之间要用半角逗号「,」"),
    Repair(
        "row",
        brackets.row,
        "等号后面有几个数字，看不出是一个数还是一行数字",
        is_certain=False,
        hint="是一个数就去掉中间的空格、逗号；是一行数字就放在方括号 [ ] 里",
        is_choice=True,
    ),
    Repair("slashes", brackets.slashes, "注释要用「#」开头，不用「//」"),
    Repair("surplus", brackets.surplus, LEFT_OVER),
    Repair("unclosed", brackets.unclosed, "「{old}」没有对应的「{new}」", is_certain=False, hint="在末尾补上「{new}」"),
    Repair("header_steps", brackets.header_steps, "标题各级之间用一个小数点「.」隔开", is_certain=False),
    Repair("spaced_keys", strings.spaced_keys, "键中间不能有空格", is_certain=False),
    Repair("backslashes", strings.backslashes, r"双引号中的「\」要写成「\\」", is_certain=False),
    Repair("inner_marks", strings.inner_marks, "文字中间出现了英文引号，文字被截断", is_certain=False),
    Repair("chinese_numbers", numbers.chinese_numbers, "数字要写成阿拉伯数字", is_certain=False),
    Repair("unquoted", strings.unquoted, QUOTES_NEEDED, is_certain=False),
    Repair("stray_mark", strings.stray_mark, "引号没有在这一行结束", is_certain=False),
    Repair("unclosed_text", strings.unclosed_text, "引号没有在这一行结束", is_certain=False),
    Repair("value_below", strings.value_below, "等号后面的三个引号要写在同一行"),
    Repair(
        "paragraph",
        strings.paragraph,
        "引号没有在这一行结束",
        is_certain=False,
        hint='多行文字前后各写三个英文双引号 """',
    ),
)
"""The surest sign first: where two repairs would do, the earlier one is taken."""
MOST_REPAIRS = 4
"""To one statement."""
MOST_ATTEMPTS = 150
MOST_CHARACTERS = 20_000
"""Looked at for one statement, over all attempts."""
MOST_SIGNS = 2000
"""Outside of texts; the longest row of the form, one number a line and each with a remark, has fewer."""


class Step(msgspec.Struct, frozen=True):
    """A repair and its edits to the statement as the earlier steps left it."""

    repair: Repair
    edits: Edits


class Repaired(msgspec.Struct, frozen=True):
    """A statement after repairs."""

    text: str
    steps: tuple[Step, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether every repair is certain."""
        return all(step.repair.is_certain for step in self.steps)

    def typed_at(self, depth: int, at: int) -> int:
        """Return the offset in the statement as typed of what stands at *at* before the step of a depth."""
        for step in reversed(self.steps[:depth]):
            at = before(step.edits, at)
        return at

    def typed_offset(self, at: int) -> int:
        """Return the offset in the statement as typed of what stands at *at* in the repaired one."""
        return self.typed_at(len(self.steps), at)

    def after(self, step: Step) -> Repaired:
        """Return the statement after one more repair."""
        return Repaired(applied(self.text, step.edits), (*self.steps, step))


def repair(text: str) -> Repaired | None:
    """Return a statement after the fewest repairs that make it TOML; None if no repairs do."""
    frontier, seen, lines = [Repaired(text)], {text}, text.count("\n")
    attempts = min(MOST_ATTEMPTS, MOST_CHARACTERS // (len(text) + 1))
    if not attempts or len(re.sub("[\"'“”‘’]", "", SourceStatement(text).signs)) > MOST_SIGNS:
        return None
    for _ in range(MOST_REPAIRS):
        further = []
        for repaired in frontier:
            for candidate in _after_one_more(repaired):
                if candidate.text in seen or candidate.text.count("\n") != lines:
                    continue  # what follows must stay on its lines
                if parses(candidate.text):
                    return candidate
                if len(seen) > attempts:
                    return None
                seen.add(candidate.text)
                further.append(candidate)
        frontier = further
    return None


def _after_one_more(repaired: Repaired) -> list[Repaired]:
    source = SourceStatement(repaired.text)
    found = ((repair, repair.find(source)) for repair in REPAIRS)
    return [repaired.after(Step(repair, edits)) for repair, edits in found if edits]


def parses(text: str) -> bool:
    """Whether a statement is TOML."""
    try:
        tomli.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        return False
    return True
