"""What a pack takes from those that it extends."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.core import codes
from gxgen.packs import find_pack
from gxgen.packs.pack import SettingsFile
from tests.packs.making import found, pack, place, told

ROW = '[[rows]]\nafter = "disclosure.rules"\nkey = "{0}"\nlabel = "{0}"\n'


def test_a_pack_may_leave_everything_to_the_national_one(tmp_path: Path, national_template: bytes) -> None:
    """An empty pack.toml will do: the folder's name is the title, and all else is national."""
    pack(tmp_path, "plain")
    plain, national = find_pack("plain", tmp_path), find_pack("national", tmp_path)
    assert (plain.title, plain.lineage) == ("plain", ("plain", "national"))
    assert plain.word_template == national_template
    assert (plain.table, plain.topics) == (national.table, "own_line")


def test_the_nearest_setting_counts(tmp_path: Path) -> None:
    """Settings and single attributes override, tables merge by key, rows add up from the root on."""
    pack(tmp_path, "a", 'topics = "colon"\npage_number = "none"\n[styles.x]\nfont = "甲"\nsize = 1\n' + ROW.format("a"))
    pack(tmp_path, "b", 'extends = "a"\ntopics = "run_in"\n[styles.x]\nfont = "乙"\n' + ROW.format("b"))
    made = find_pack("b", tmp_path)
    assert made.lineage == ("b", "a", "national")
    assert (made.topics, made.page_number, made.title_lines) == ("run_in", "none", "auto")
    assert dict(made.styles["x"]) == {"font": "乙", "size": 1}
    assert made.table["band_fill"] == "C6D9F1"
    assert [row.key for row in made.rows] == ["a", "b"]


def test_every_setting_knows_where_it_comes_from(tmp_path: Path) -> None:
    """``origins`` names the pack of each, rows among them, and a finding on one points into that pack's file."""
    pack(tmp_path, "a", 'page_number = "none"\n\n' + ROW.format("a"))
    pack(tmp_path, "b", 'extends = "a"\n[texts]\npreamble = "开头"\n' + ROW.format("b"))
    made = find_pack("b", tmp_path)
    assert dict(made.origins) == {
        "table.band_fill": "national",
        "page_number": "a",
        "rows[0]": "a",
        "texts.preamble": "b",
        "rows[1]": "b",
    }
    assert place(made.finding(("page_number",), "", "")) == "a:1:15"
    assert place(made.finding(("rows", 0, "key"), "", "")) == "a:5:7"
    assert place(made.finding(("rows", 1, "key"), "", "")) == "b:6:7"


def test_a_section_as_a_whole_and_its_topics_take_each_others_place(tmp_path: Path) -> None:
    """A pack that writes 总体情况 in one piece inherits no topic, and the other way round."""
    pack(tmp_path, "a", '[texts.overview]\nactive = "公开"\nlead = "总述"\n')
    pack(tmp_path, "b", 'extends = "a"\n[texts]\noverview = "总体"\n')
    pack(tmp_path, "c", 'extends = "b"\n[texts.overview]\nlead = "又"\n')
    texts = [dict(find_pack(name, tmp_path).texts) for name in "abc"]
    assert texts == [
        {"overview.active": "公开", "overview.lead": "总述"},
        {"overview": "总体"},
        {"overview.lead": "又"},
    ]


def test_each_file_comes_from_the_nearest_pack_that_has_one(tmp_path: Path) -> None:
    """The templates are inherited one by one."""
    pack(tmp_path, "a", report__docx=b"a", report__txt__j2="甲".encode())
    pack(tmp_path, "b", 'extends = "a"', report__docx=b"b", report__html__j2=b"\xef\xbb\xbf<p>")
    made = find_pack("b", tmp_path)
    assert (made.word_template, made.text_template, made.html_template) == (b"b", "甲", "<p>")


@pytest.mark.parametrize(
    ("packs", "message", "where"),
    [
        ({"a": 'extends = "a"'}, "不能继承自己", "a:1:11"),
        ({"a": 'extends = "b"', "b": 'extends = "c"', "c": 'extends = "a"'}, "绕成了圈：a → b → c → a", "c:1:11"),
        ({"a": 'extends = "b"', "b": 'extends = "b"'}, "不能继承自己", "b:1:11"),
        ({"a": 'extends = "b"'}, "要继承的模板包没有：找不到模板包「b」", "a:1:11"),
        ({"national": 'extends = "national"'}, "不能继承自己", "national:1:11"),
    ],
)
def test_a_lineage_without_an_end_is_told(tmp_path: Path, packs: dict[str, str], message: str, where: str) -> None:
    """A pack that extends itself, a circle and an unknown parent are told where they are written."""
    for name, settings in packs.items():
        pack(tmp_path, name, settings)
    (finding,) = told(next(iter(packs)), tmp_path)
    assert message in finding.message
    assert place(finding) == where


@given(
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["a", "b", "c", "d", "national", "nowhere"]), min_size=1)
)
def test_every_web_of_packs_comes_to_an_end(tmp_path_factory: pytest.TempPathFactory, extends: dict[str, str]) -> None:
    """However packs extend one another, looking one up ends, with a pack that ends in national or with one finding."""
    beside = tmp_path_factory.mktemp("packs")
    for name, parent in extends.items():
        pack(beside, name, f'extends = "{parent}"\n')
    for name in extends:
        result = found(name, beside)
        assert result.pack
        assert len(set(result.pack.lineage)) == len(result.pack.lineage)
        assert (result.pack.lineage[-1] == "national") is not bool(result.findings)


def test_what_is_wrong_in_the_whole_lineage_is_told_at_once(tmp_path: Path) -> None:
    """A keeper mends the pack and those it inherits from in one go."""
    pack(tmp_path, "a", "titel = 1\n")
    pack(tmp_path, "b", 'extends = "a"\n\ntopic = 1\n')
    assert [place(finding) for finding in told("b", tmp_path)] == ["b:3:1", "a:1:1"]


# Files


def test_settings_saved_by_notepad_are_read(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends are no matter; ANSI (GBK) is read with a warning."""
    folder = pack(tmp_path, "notepad")
    for raw in ('\ufefftitle = "记事本"\r\n'.encode(), 'title = "记事本"\r\n'.encode("utf-16")):
        (folder / "pack.toml").write_bytes(raw)
        assert find_pack("notepad", tmp_path).title == "记事本"
    (folder / "pack.toml").write_bytes('title = "记事本"\r\n'.encode("gbk"))
    assert find_pack("notepad", tmp_path).title == "记事本"
    (finding,) = told("notepad", tmp_path)
    assert finding.code is codes.READ_AS_OTHER
    assert "GBK" in finding.message
    assert "读不出" not in finding.message


def test_an_empty_word_template_is_no_missing_one(tmp_path: Path) -> None:
    """A report.docx without a byte is told as empty, and the reports are made with the inherited one."""
    folder = pack(tmp_path, "odd")
    (folder / "report.docx").write_bytes(b"")
    (finding,) = told("odd", tmp_path)
    assert finding.message == "模板包「odd」：report.docx 是空文件"
    inherited = found("odd", tmp_path).pack
    assert inherited
    assert inherited.word_template


@pytest.mark.parametrize("raw", [b"\xff\xfe\xff", b"PK\x03\x04", b"\x80\x81\x82"])
def test_settings_that_are_no_text_are_told(tmp_path: Path, raw: bytes) -> None:
    """A Word file under the name of pack.toml, or bytes of nothing, make one finding that names the file."""
    folder = pack(tmp_path, "odd")
    (folder / "pack.toml").write_bytes(raw)
    (finding,) = told("odd", tmp_path)
    assert finding.message.startswith("模板包「odd」：pack.toml 读不出")
    assert finding.related[0].file == str(folder / "pack.toml")


@pytest.mark.parametrize(
    ("settings", "line"),
    [("title =\n", 1), ("\n[table\n", 2), ("＝", 1), ("a = 1\na = 1\n", 2), ('title = "x\n', 1), ("x = [" * 3000, 1)],
)
def test_settings_that_are_no_toml_are_told(tmp_path: Path, settings: str, line: int) -> None:
    """The line is named, and the pack can be used as far as it inherits."""
    pack(tmp_path, "broken", settings)
    result = found("broken", tmp_path)
    (finding,) = result.findings
    assert result.pack
    assert result.pack.lineage == ("broken", "national")
    if finding.code is codes.SYNTAX:
        assert place(finding).startswith(f"broken:{line}:")


def test_a_word_template_of_another_kind_is_told(tmp_path: Path) -> None:
    """A report.doc is not passed over for the inherited template."""
    pack(tmp_path, "old", report__doc=b"x")
    (finding,) = told("old", tmp_path)
    assert "report.doc" in finding.message
    assert "另存为 report.docx" in finding.hint
    pack(tmp_path, "old", report__docx=b"x")
    assert not told("old", tmp_path)


def test_a_national_pack_of_ones_own_needs_a_template(tmp_path: Path) -> None:
    """What stands at the root inherits from nothing."""
    pack(tmp_path, "national")
    (finding,) = told("national", tmp_path)
    assert "没有 Word 模板 report.docx" in finding.message


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A folder in the place of a template, and text templates that are no text, are told with the name of the file."""
    folder = pack(tmp_path, "odd", report__txt__j2=b"\x80\x81")
    (folder / "report.docx").mkdir()
    assert [finding.message.split("：", 1)[1].split(" ")[0] for finding in told("odd", tmp_path)] == [
        "report.docx",
        "report.txt.j2",
    ]


def test_a_finding_without_a_place_still_names_the_file() -> None:
    """What is wrong with a file as a whole points at no line."""
    finding = SettingsFile("own", Path("own/pack.toml")).finding((), "错", "改")
    assert str(finding.related[0]) == str(Path("own/pack.toml"))
