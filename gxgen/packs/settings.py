"""The settings of ``pack.toml``: one table that gives the defaults, the validation and docs/pack-settings.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import msgspec

from gxgen.core.text import UNPRINTABLE
from gxgen.packs.pack import ROOT

HEXADECIMAL = frozenset("0123456789ABCDEFabcdef")
ROW_KEY = "[a-z][a-z0-9_]*"


def is_pack_name(value: object) -> bool:
    """Whether a value can be the name of a pack: no such name leads out of the folder of packs."""
    return isinstance(value, str) and bool(value) and all(char.isalnum() or char in "-_" for char in value)


def _is_fill(value: object) -> bool:
    return isinstance(value, str) and (not value or (len(value) == 6 and HEXADECIMAL.issuperset(value)))


class Constraint(msgspec.Struct, frozen=True):
    """The values that a setting accepts."""

    accepts: Callable[[object], bool]
    description: str
    """Completes a sentence that begins with 应是."""
    example: str


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not UNPRINTABLE.search(value)


def _is_line(value: object) -> bool:
    return isinstance(value, str) and _is_text(value) and "\n" not in value and bool(value.strip())


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool) and Decimal(value).is_finite()


def choice(*names: str) -> Constraint:
    """Accept one of several words."""
    return Constraint(lambda value: value in names, " 或 ".join(f'"{name}"' for name in names), f'"{names[0]}"')


def points(least: str, most: str, example: str) -> Constraint:
    """Accept a length or size in points."""

    def accepts(value: object) -> bool:
        return _is_number(value) and Decimal(least) <= Decimal(str(value)) <= Decimal(most)

    return Constraint(accepts, f"{least} 到 {most} 之间的数字（单位：磅）", example)


NAME = Constraint(is_pack_name, "模板包的名字", '"hubei"')
LINE = Constraint(_is_line, "写在一行里的文字", '"仿宋_GB2312"')
TEXT = Constraint(_is_text, "文字", '"……"')
FILL = Constraint(
    _is_fill,
    "颜色：六位十六进制，或空着表示不要颜色",
    '"C6D9F1"',
)
YES_OR_NO = Constraint(lambda value: isinstance(value, bool), "true 或 false", "true")
KEY = Constraint(
    lambda value: isinstance(value, str) and bool(re.fullmatch(ROW_KEY, value)),
    "英文小写字母开头，只有小写字母、数字和下划线",
    '"other_documents"',
)
ADDRESS = Constraint(_is_line, "表上一行的地址", '"disclosure.normative_documents"')
VALUE = Constraint(lambda value: _is_text(value) or _is_number(value), "文字或数字", '"027-12345678"')


class Setting(msgspec.Struct, frozen=True):
    """A setting."""

    key: str
    """``*`` stands for any name, ``[]`` for each of several tables."""
    constraint: Constraint
    explanation: str
    default: str | int | Decimal | None = None
    """None for a setting without a default."""
    example: str = ""
    """An example to use instead of the constraint's."""

    @property
    def shown(self) -> str:
        """An example of its value in TOML."""
        return self.example or self.constraint.example


SETTINGS: tuple[Setting, ...] = (
    Setting("name", NAME, "模板包的名字，须与文件夹同名；可以不写"),
    Setting("title", LINE, "给人看的名称；不写时就是文件夹的名字", example='"湖北省"'),
    Setting("extends", NAME, "继承哪个模板包：没有设置的、没有放的文件，都用它的", ROOT, f'"{ROOT}"'),
    Setting(
        "title_lines",
        choice("auto", "one", "two"),
        "报告标题排成几行：`auto` 一行排得下就排一行，否则机关名称和后半分成两行；`one` 不在机关名称后分行；"
        "`two` 总是分成两行",
        "auto",
    ),
    Setting(
        "topics",
        choice("own_line", "run_in", "colon"),
        "总体情况分几个方面写时的小标题：`own_line` 独占一行（（一）主动公开）；"
        "`run_in` 接着写（（一）主动公开。……）；`colon` 不编号（主动公开：……）",
        "own_line",
    ),
    Setting(
        "page_number",
        choice("dash", "plain", "of_total", "none"),
        "页码：`dash` 是 — 1 —；`plain` 是 1；`of_total` 是 第 1 页 共 8 页；`none` 不印",
        "dash",
    ),
    Setting("rows[].after", ADDRESS, "加的行排在哪一行的后面"),
    Setting("rows[].key", KEY, "加的行在数据文件里的键"),
    Setting("rows[].label", LINE, "加的行在表上印的名称", example='"其他主动公开文件"'),
    Setting(
        "headings.*",
        LINE,
        "这一部分的标题，不写序号；只能用国家格式的标题和通行的几种写法",
        example='"存在问题及改进情况"',
    ),
    Setting("texts.*", TEXT, "数据文件没有写的正文用这段文字，可以引用数字；写成空的，就是不要继承来的那一段"),
    Setting("texts.overview", TEXT, "总体情况；也可以分几个方面写，见下"),
    Setting("texts.overview.*", TEXT, "总体情况分几个方面时的各段"),
    Setting("styles.*.font", LINE, "中文字体"),
    Setting("styles.*.latin_font", LINE, "数字和西文的字体", example='"Times New Roman"'),
    Setting("styles.*.size", points("1", "200", "16"), "字号，单位磅；三号是 16"),
    Setting("styles.*.bold", YES_OR_NO, "是否加粗"),
    Setting("styles.*.colour", FILL, "文字的颜色", example='"000000"'),
    Setting("styles.*.line_spacing", points("1", "500", "28.95"), "固定行距，单位磅"),
    Setting("styles.*.space_before", points("0", "500", "0"), "段前间距，单位磅"),
    Setting("styles.*.space_after", points("0", "500", "0"), "段后间距，单位磅"),
    Setting("table.band_fill", FILL, "第二部分表格中“第二十条”各横栏的底色", "C6D9F1"),
    Setting("table.header_fill", FILL, "表头的底色", ""),
    Setting("table.rule_colour", FILL, "表格线的颜色", "", '"000000"'),
    Setting("table.rule_width", points("0.25", "6", "0.5"), "表格线的粗细，单位磅", Decimal("0.5")),
    Setting("table.row_height", points("1", "200", "21.25"), "第二部分表格各行至少多高，单位磅", Decimal("21.25")),
    Setting("table.dense_row_height", points("1", "200", "17"), "第三、四部分表格各行至少多高，单位磅", 17),
    Setting(
        "severity.*",
        choice("error", "warning", "info", "off"),
        "检查出的这种警告在本地区算什么：错误、警告、提示，或者不检查；错误不能降低",
    ),
    Setting("wording.*", TEXT, "模板里用的文字：`{{ wording.名称 }}`"),
    Setting("values.*", VALUE, "模板里用的文字或数字：`{{ values.名称 }}`"),
)
"""All settings, in the order of the documentation."""

GROUPS = ("rows", "headings", "texts", "styles", "table", "severity", "wording", "values")
"""The tables of pack.toml."""

NEEDED = ("after", "key", "label")
"""The keys that every extra row needs."""
