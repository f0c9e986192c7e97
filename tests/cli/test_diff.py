"""``gxgen diff``: what it shows, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from gxgen.core.text import display_width
from tests.cli.running import gxgen

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*.toml"))
SCHEMA = Draft202012Validator(json.loads((ROOT / "docs" / "diff.schema.json").read_text("utf-8")))
FIRST = """\
year = 2022
agency = "某某县科学技术局"
[narrative]
overview = "2022年公开信息26条。加强业务培训。"
problems = "公开内容不够丰富。"
[requests]
received = [8, 0, 0, 0, 0, 0]
[requests.outcome]
granted = { individual = 8 }
[disclosure.fees]
amount = 12.5
"""
SHOWN = """\
甲：某某县科学技术局2022年政府信息公开工作年度报告（2022.toml）
乙：某某县科学技术局2023年政府信息公开工作年度报告（2023.toml）

数字：两份都有 200 格，有 6 格不同

三、收到和处理政府信息公开申请情况              甲        乙      增减    百分比
  一、本年新收政府信息公开申请数量
    自然人                                       8        10        +2    +25.0%
    总计                                         8        10        +2    +25.0%
  三、本年度办理结果—（一）予以公开
    自然人                                       8        10        +2    +25.0%
    总计                                         8        10        +2    +25.0%
  三、本年度办理结果—（七）总计
    自然人                                       8        10        +2    +25.0%
    总计                                         8        10        +2    +25.0%

文字：乙有 70% 与甲逐字相同
（不计数字、年份、机关名称、法定表述、开头语和表格前的文字）

一、总体情况（100% 逐字相同）
  － 【2022】年公开信息【26】条。
  ＋ 【2023】年公开信息【31】条。
  … 1 句没有变

五、存在的主要问题及改进情况（0% 逐字相同）
  ＋ 解读不够深入。
  － 公开内容不够丰富。
"""


@pytest.fixture
def years(desk: Path) -> tuple[str, str]:
    """The data files of two years."""
    Path("2022.toml").write_text(FIRST, "utf-8")
    second = (
        FIRST.replace("2022", "2023")
        .replace("26条", "31条")
        .replace("8", "10")
        .replace("公开内容不够丰富", "解读不够深入")
    )
    Path("2023.toml").write_text(second, "utf-8")
    return "2022.toml", "2023.toml"


def test_figures_stand_side_by_side_and_texts_sentence_by_sentence(years: tuple[str, str]) -> None:
    """Change and percentage of what differs, the changed words in brackets, and how much is the other's."""
    run = gxgen("diff", *years)
    assert (run.code, run.err, run.out) == (0, "", SHOWN)


def test_all_shows_what_is_the_same_as_well(years: tuple[str, str]) -> None:
    """Every cell of both forms, and every sentence."""
    shown = gxgen("diff", *years, "--all").out
    assert "加强业务培训。" in shown
    assert "行政事业性收费" in shown
    assert "行政事业性收费" not in gxgen("diff", *years).out


@pytest.mark.parametrize("after", SAMPLES, ids=lambda path: path.stem)
def test_it_fits_a_terminal(after: Path) -> None:
    """No line is wider than 80 columns, whichever samples are compared, but for a bracket's sake."""
    for everything in ((), ("--all",)):
        lines = gxgen("diff", str(SAMPLES[0]), str(after), *everything).lines[2:]
        assert [line for line in lines if display_width(line) > 80] == []


@pytest.mark.parametrize("after", SAMPLES, ids=lambda path: path.stem)
def test_the_json_is_as_published(after: Path) -> None:
    """Its shape is that of docs/diff.schema.json; it has every cell and the whole of both texts."""
    answer = json.loads(gxgen("diff", str(SAMPLES[0]), str(after), "--format", "json").out)
    SCHEMA.validate(answer)
    assert answer["after"]["file"] == str(after)


def test_another_form_is_told_and_not_compared(desk: Path) -> None:
    """2020 with 2023: what one form alone has is listed where it is not 0."""
    Path("2020.toml").write_text("year = 2020\n[disclosure.licences]\nlast_year = 7\n", "utf-8")
    Path("2023.toml").write_text("year = 2023\n[disclosure.licences]\ndecisions = 3\n", "utf-8")
    shown = gxgen("diff", "2020.toml", "2023.toml").out
    assert "只有甲的表格有的 29 格，其中 1 格不是 0：" in shown
    assert "行政许可：上一年项目数量" in shown
    assert "只有乙的表格有的 31 格，其中 1 格不是 0：" in shown


def test_a_copy_is_a_warning(desk: Path) -> None:
    """Told on stderr, and a failure with --strict only."""
    text = (ROOT / "samples" / "district_2024.toml").read_text("utf-8")
    Path("two").mkdir()
    Path("two/a.toml").write_text(text, "utf-8")
    Path("two/b.toml").write_text(text.replace("澄溪区", "白沙区"), "utf-8")
    run = gxgen("diff", "two/a.toml", "two/b.toml")
    assert run.code == 0
    assert "two/b.toml: W512 " in run.err
    assert gxgen("diff", "two/a.toml", "two/b.toml", "--strict").code == 1
    many = gxgen("diff", "two")
    assert (many.code, many.out.count("W512"), gxgen("diff", "two", "--strict").code) == (0, 1, 1)
    assert "比较了 2 份报告的文字，1 份与别的机关雷同" in many.err
    (finding,) = json.loads(gxgen("diff", "two", "--format", "json").out)["findings"]
    assert finding["code"] == "W512"


def test_what_cannot_be_compared_ends_with_2(years: tuple[str, str]) -> None:
    """No such file, a single file, an empty folder."""
    assert gxgen("diff", "2022.toml", "none.toml").code == 2
    run = gxgen("diff", "2022.toml")
    assert (run.code, "要写两份报告，或者一个文件夹" in run.err) == (2, True)
    Path("empty").mkdir()
    assert gxgen("diff", "empty").code == 2


@pytest.mark.parametrize("arguments", [("2022.toml", "2023.toml"), (".",)])
def test_a_pack_that_is_not_there_is_told(years: tuple[str, str], arguments: tuple[str, ...]) -> None:
    """Of two reports and of a folder."""
    run = gxgen("diff", *arguments, "--pack", "nowhere")
    assert run.code == 1
    assert "E401 找不到模板包「nowhere」" in run.out + run.err
