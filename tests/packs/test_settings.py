"""The table of settings, and what is told of a pack.toml that does not go by it."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from gxgen.core import codes
from gxgen.packs import SettingsFile, find_pack
from gxgen.packs.settings import GROUPS, SETTINGS, Setting
from gxgen.packs.validation import validate
from tests.packs.making import pack, place, told

FULL = """\
title = "湖北省"
extends = "national"
title_lines = "two"
topics = "run_in"
page_number = "of_total"
[headings]
problems = "存在问题及改进情况"
[texts]
preamble = "开头"
[texts.overview]
active = "公开"
[styles."标题 1"]
font = "黑体"
size = 16.5
bold = false
colour = "000000"
[table]
band_fill = ""
rule_width = 0.75
[severity]
W501 = "error"
[wording]
"机关" = "本机关"
[values]
phone = "027"
floor = 3
share = 1.50
[[rows]]
after = "disclosure.rules"
key = "other_documents"
label = "其他主动公开文件"
"""


def test_every_setting_reaches_the_pack(tmp_path: Path) -> None:
    """What the table names can be set, and is in the pack as written."""
    pack(tmp_path, "hubei", FULL)
    made = find_pack("hubei", tmp_path)
    assert (made.title, made.title_lines, made.topics, made.page_number) == ("湖北省", "two", "run_in", "of_total")
    assert dict(made.headings) == {"problems": "存在问题及改进情况"}
    assert dict(made.texts) == {"preamble": "开头", "overview.active": "公开"}
    assert dict(made.styles["标题 1"]) == {
        "font": "黑体",
        "size": Decimal("16.5"),
        "bold": False,
        "colour": "000000",
    }
    assert made.table["band_fill"] == ""
    assert dict(made.severity) == {"W501": "error"}
    assert dict(made.wording) == {"机关": "本机关"}
    assert dict(made.values) == {"phone": "027", "floor": 3, "share": Decimal("1.50")}
    (row,) = made.rows
    assert (row.after, row.key, row.label) == ("disclosure.rules", "other_documents", "其他主动公开文件")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_the_example_and_the_default_of_a_setting_are_sound(setting: Setting) -> None:
    """What the documentation shows is what the check takes, and the check takes not just anything."""
    example = tomli.loads(f"x = {setting.shown}", parse_float=Decimal)["x"]
    assert setting.constraint.accepts(example)
    assert setting.default is None or setting.constraint.accepts(setting.default)
    assert not setting.constraint.accepts([])
    assert setting.explanation


def test_every_header_of_the_table_is_a_group() -> None:
    """The groups that the documentation goes through are those of the settings."""
    assert {one.key.split(".")[0].removesuffix("[]") for one in SETTINGS if "." in one.key} == set(GROUPS)


SLIPS = {
    'titel = "湖北"': ("不认识的设置「titel」", "是否想写 title？", "1:1"),
    'band_fill = "C6D9F1"': ("不认识的设置「band_fill」", "band_fill 写在 [table] 下面", "1:1"),
    '[table]\ntopics = "colon"': ("不认识的设置「topics」", "topics 要写在文件开头", "2:1"),
    '[table]\nxyz = "colon"': ("不认识的设置「xyz」", "这里可以写：band_fill、", "2:1"),
    "table = 1": ("table 应是一组设置，写的是数字", "写成 [table]", "1:9"),
    "title = 3": ("title 应是写在一行里的文字，写的是「3」", '例如 title = "湖北省"', "1:9"),
    'title = ""': ("title 应是写在一行里的文字，写的是空的", "例如", "1:9"),
    'title = "a\\nb"': ("title 应是写在一行里的文字", "例如", "1:9"),
    'title = "a\\u0001"': ("title 应是写在一行里的文字", "例如", "1:9"),
    'topics = "inline"': ('topics 应是"own_line" 或 "run_in"', '例如 topics = "own_line"', "1:10"),
    "page_number = true": ("page_number 应是", "例如", "1:15"),
    "page_number = 1979-05-27": ("写的是日期或时间", "例如", "1:15"),
    "[table]\nband_fill = 'blue'": ("table.band_fill 应是颜色", '例如 band_fill = "C6D9F1"', "2:13"),
    "[table]\nband_fill = '#C6D9F1'": ("写的是「#C6D9F1」", "例如", "2:13"),
    "[table]\nband_fill = 'C6D9F1\"/><w:b w:x=\"'": ("应是颜色", "例如", "2:13"),
    "[table]\nrule_width = 60": ("table.rule_width 应是0.25 到 6 之间的数字（单位：磅），写的是「60」", "例如", "2:14"),
    "[table]\nrule_width = inf": ("rule_width 应是", "例如", "2:14"),
    '[styles."正文"]\nsize = "三号"': (
        "size 应是1 到 200 之间的数字（单位：磅），写的是「三号」",
        "= 16",
        "2:8",
    ),
    '[styles."正文"]\nfonts = "仿宋"': ("不认识的设置「fonts」", "是否想写 font？", "2:1"),
    '[severity]\nW999 = "off"': ("没有「W999」这个代码", "", "2:1"),
    '[severity]\nE302 = "warning"': ("E302（勾稽关系不成立）是错误，不能改轻重", "删去这一项", "2:1"),
    '[severity]\nW501 = "no"': ("severity.W501 应是", '例如 W501 = "error"', "2:8"),
    '[wording]\n"a b" = "x"': ("「a b」不能作名称", "名称用", "2:1"),
    '[values]\n_x = "x"': ("「_x」不能作名称", "名称用", "2:1"),
    "[values]\nx = true": ("values.x 应是文字或数字，写的是是非值", "例如", "2:5"),
    "[values]\nx = [1]": ("写的是一个列表", "例如", "2:5"),
    "[rows]\nafter = 'x'": ("加的行要用双层方括号", "写成 [[rows]]", "1:2"),
    "[[rows]]\nafter = 'x'": ("加的这一行没有写 key、label", "模板包只能在表上加行", "1:3"),
    "[[rows]]\nremove = 'x'": ("不认识的设置「remove」", "表上规定的行不能删去，也不能改名", "2:1"),
    "[[rows]]\nafter = 'x'\nkey = '其他'\nlabel = '其他'": ("rows[0].key 应是英文小写字母开头", "例如", "3:7"),
    "[texts]\noverview = 1": ("texts.overview 应是文字", "例如", "2:12"),
    "[texts.preamble]\nx = 'y'": ("texts.preamble 应是文字，写的是一组设置", "例如", "1:8"),
}
"""A slip, and how its message and its remedy go, and its line and column."""


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_told_at_its_place_with_its_remedy(text: str) -> None:
    """Each slip is one finding, in words that a keeper understands, and nothing of it is used."""
    message, hint, where = SLIPS[text]
    file = SettingsFile("own", Path("own/pack.toml"), text)
    settings, (finding,) = validate(file, tomli.loads(text, parse_float=Decimal))
    assert finding.code is codes.PACK_SETTINGS
    assert finding.message.startswith("模板包「own」：")
    assert message in finding.message
    assert hint in finding.hint
    assert place(finding) == f"own:{where}"
    assert not settings


def test_all_slips_are_told_in_one_run_and_the_rest_is_used(tmp_path: Path) -> None:
    """Three slips are three findings in the order of the file, and the sound settings hold."""
    pack(tmp_path, "own", 'titel = "x"\ntopics = "no"\ntitle_lines = "one"\n[severity]\nE302 = "off"\nW501 = "off"\n')
    assert [place(finding) for finding in told("own", tmp_path)] == ["own:1:1", "own:2:10", "own:5:1"]


KEYS = st.sampled_from(
    [*(re.split(r"[.\[\]]+", one.key)[-1] for one in SETTINGS), *GROUPS, "overview", "W501", "E302", "x", ""]
)
VALUES = st.recursive(
    st.booleans() | st.integers() | st.decimals() | st.text(max_size=4) | st.sampled_from(["run_in", "off", "C6D9F1"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_whatever_stands_in_it_is_used_or_told(data: dict[str, object]) -> None:
    """No data makes the check fail, and what it takes is sound by the table's own checks."""
    settings, findings = validate(SettingsFile("own", Path("pack.toml")), data)
    assert all(finding.hint for finding in findings if finding.code is not codes.PACK)
    constraints = [one.constraint for one in SETTINGS]
    assert all(any(constraint.accepts(value) for constraint in constraints) for value in settings.values())
    assert findings or len(settings) == _leaves(data)


def _leaves(value: object) -> int:
    """How many values stand below a table, or in one of several."""
    if isinstance(value, dict):
        return sum(map(_leaves, value.values()))
    return sum(map(_leaves, value)) if isinstance(value, list) else 1
