"""``gxgen pack``: making, listing, showing, checking and comparing template packs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gxgen.packs.settings import SETTINGS
from tests.cli.running import GOOD, gxgen
from tests.cli.test_formats import OF_JSON
from tests.cli.word_maker import word_template
from tests.docs.markdown import ROOT

NATIONAL = (ROOT / "templates" / "national" / "report.docx").read_bytes()
SETTING = re.compile(r"^# (?=[\w.\"]+ = |\[)", re.MULTILINE)
"""The mark before a setting that is not in force."""
EXTRA_ROW = """
[[rows]]
after = "disclosure.normative_documents"
key = "other_documents"
label = "其他主动公开文件"
"""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def settings(name: str, text: str, where: str = "templates") -> Path:
    """The settings of a pack, written."""
    path = Path(where, name, "pack.toml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_new_pack_holds_a_word_file_settings_and_a_guide() -> None:
    """``new`` prints the three files that it wrote; Word opens what the pack extends, the guide names the pack."""
    run = gxgen("pack", "new", "jianghan")
    assert run.code == 0
    folder = Path("templates/jianghan")
    assert {Path(line) for line in run.lines} == set(folder.iterdir())
    assert (folder / "report.docx").read_bytes() == NATIONAL
    guide = (folder / "使用说明.txt").read_bytes()
    assert guide.startswith(b"\xef\xbb\xbf")
    assert "gxgen pack check jianghan\r\n" in guide.decode("utf-8-sig")


def test_a_new_pack_has_nothing_wrong_and_builds_the_same_report() -> None:
    """What ``new`` makes passes ``check``, and until it is changed its reports are those of the pack it extends."""
    gxgen("pack", "new", "jianghan")
    assert gxgen("pack", "check", "jianghan", "--strict").code == 0
    Path("2023.toml").write_text(GOOD, "utf-8")
    made = []
    for pack in ("jianghan", "national"):
        run = gxgen("build", "2023.toml", "--pack", pack, "-o", pack)
        made.append([Path(line).read_bytes() for line in run.lines])
    assert made[0] == made[1] != []


def test_every_setting_is_in_a_new_pack_and_works_when_its_mark_is_taken_away() -> None:
    """With the marks removed, pack.toml is read without an error, and sets at least one of every kind of setting."""
    gxgen("pack", "new", "jianghan")
    path = Path("templates/jianghan/pack.toml")
    text = SETTING.sub("", path.read_text("utf-8"))
    # The whole of a section and its topics cannot both be written.
    path.write_text(re.sub(r"^overview = .*\n", "", text, flags=re.MULTILINE), "utf-8")
    run = gxgen("pack", "check", "jianghan")
    assert run.code == 0, run.out
    for setting in SETTINGS:
        key = setting.key.rpartition(".")[2]
        assert key == "*" or re.search(rf"^{key} = ", text, re.MULTILINE), setting.key
        assert setting.explanation.replace("`", "") in text


def test_a_new_pack_extends_what_it_is_told_to() -> None:
    """``--extends`` names the pack whose Word file and values the new one shows."""
    settings("jianghan", 'title = "湖北省"\n[table]\nband_fill = "FFFFFF"\n')
    assert gxgen("pack", "new", "wuhan", "--extends", "jianghan").code == 0
    assert '# band_fill = "FFFFFF"' in Path("templates/wuhan/pack.toml").read_text("utf-8")
    assert "继承：wuhan → jianghan → national" in gxgen("pack", "show", "wuhan").out


@pytest.mark.parametrize("taken", ["templates/jianghan/pack.toml", "templates/jianghan", "templates"])
def test_new_never_writes_over_anything(taken: str) -> None:
    """A folder, an empty folder or a file in the way is left as it was, with exit code 1."""
    path = Path(taken)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix or taken == "templates":
        path.write_text("mine", "utf-8")
    else:
        path.mkdir()
    before = {each: each.read_bytes() for each in Path().rglob("*") if each.is_file()}
    run = gxgen("pack", "new", "jianghan")
    assert (run.code, run.out) == (1, "")
    assert "不会覆盖" in run.err
    assert {each: each.read_bytes() for each in Path().rglob("*") if each.is_file()} == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["new", "../jianghan"], "只用字母、数字"),
        (["new", "national"], "另起一个名字"),
        (["new", "jianghan", "--extends", "jianhan"], "找不到模板包「jianhan」"),
        (["check", "jianghan"], "找不到模板包「jianghan」"),
        (["show", " "], "NAME 是空的"),
        (["check", "national", "--against", "nowhere"], "找不到模板包「nowhere」"),
        (["check", "national", "--format", "xml"], "--format 不认识「xml」"),
        (["check", "national", "--against", "national", "--format", "json"], "不能一起写"),
        (["chekc"], "可用的命令：list、new、check、show"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_usage_is_explained(arguments: list[str], told: str) -> None:
    """Nothing on standard output, exit code 2, and a sentence that says what to write."""
    run = gxgen("pack", *arguments)
    assert (run.code, run.out) == (2, "")
    assert told in run.err


def test_a_folder_without_settings_is_told_from_a_pack_that_is_nowhere() -> None:
    """Whoever made the folder by hand is told what it lacks."""
    Path("templates/jianghan").mkdir(parents=True)
    run = gxgen("pack", "check", "jianghan")
    assert run.code == 2
    assert "templates/jianghan 里没有 pack.toml" in run.err


def test_list_shows_every_pack_and_marks_those_that_are_not_used() -> None:
    """Name, title, what it extends, where it lies; a pack behind one of the same name says which goes before it."""
    settings("jianghan", 'title = "湖北省"\n')
    settings("wuhan", 'title = "武汉市"\nextends = "jianghan"\nsevere = 1\n')
    settings("jianghan", 'title = "旧的湖北省"\n', where="shared")
    head, *rows = gxgen("pack", "list", "--packs", "shared").lines
    assert head.split() == ["名字", "名称", "继承", "位置"]
    assert [row.split()[:4] for row in rows[:3]] == [
        ["jianghan", "湖北省", "national", "templates/jianghan"],
        ["wuhan", "武汉市", "jianghan", "templates/wuhan"],
        ["jianghan", "旧的湖北省", "national", "shared/jianghan"],
    ]
    assert ["national", "全国通用", "—"] in [row.split()[:3] for row in rows[3:]]
    assert [row for row in rows if row.endswith("不用：同名的 templates/jianghan 在前")] == [rows[2]]
    assert rows[1].endswith("有 1 个错误，见 gxgen pack check templates/wuhan")


def test_show_names_the_pack_that_each_setting_and_file_comes_from() -> None:
    """A setting of the pack, one of its parent, one of the root, one that nobody sets; and the files likewise."""
    settings("jianghan", f'topics = "run_in"\n[values]\nphone = "027"\n{EXTRA_ROW}')
    Path("templates/jianghan/report.docx").write_bytes(NATIONAL)
    settings("wuhan", 'extends = "jianghan"\n[values]\nphone = "028"\nseats = 12\n')
    shown = gxgen("pack", "show", "wuhan").lines
    assert {
        '  topics = "run_in"  # jianghan',
        '  values.phone = "028"  # wuhan',
        "  values.seats = 12  # wuhan",
        '  table.band_fill = "C6D9F1"  # national',
        '  page_number = "dash"  # 不写时就是这样',
        "  report.docx  # templates/jianghan/report.docx",
        "  report.txt.j2  # 没有，用 gxgen 自带的版式",
    } <= set(shown)
    assert [line for line in shown if line.startswith("  rows[0] = ") and line.endswith("# jianghan")]


def test_check_takes_the_path_of_a_folder() -> None:
    """A pack that lies anywhere can be checked, and findings point at its files as they were typed."""
    settings("jianghan", "titel = 1\n", where="mail/attachment")
    run = gxgen("pack", "check", "mail/attachment/jianghan")
    assert run.code == 1
    assert run.lines[0].startswith("mail/attachment/jianghan/pack.toml:1:1: E407 ")


def test_check_for_programs_follows_the_contract() -> None:
    """The records of ``--format json`` are those of ``gxgen check``: file, line, column, code and place."""
    settings("jianghan", "titel = 1\n")
    word = word_template(NATIONAL, "{{p titel }}\n| {{ requests.recieved.total }} |")
    Path("templates/jianghan/report.docx").write_bytes(word)
    run = gxgen("pack", "check", "jianghan", "--format", "json")
    answer = json.loads(run.out)
    OF_JSON.validate(answer)
    assert [(one["file"], one["code"], one["where"]) for one in answer["findings"]] == [
        ("templates/jianghan/pack.toml", "E407", "titel"),
        ("templates/jianghan/report.docx", "E408", "第 1 段"),
        ("templates/jianghan/report.docx", "E408", "第 1 个表格第 1 行第 1 格"),
    ]


def test_check_writes_nothing() -> None:
    """Checking leaves no file behind."""
    settings("jianghan", 'title = "湖北省"\n')
    gxgen("pack", "check", "jianghan", "--against", "national")
    assert [path for path in Path().rglob("*") if path.is_file()] == [Path("templates/jianghan/pack.toml")]


def test_what_was_not_looked_at_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without openxml-audit the check says so, and how to install it, and still ends with 0."""
    monkeypatch.setattr("gxgen.services.pack.trial_builds.find_spec", lambda _: None)
    run = gxgen("pack", "check", "national")
    assert run.code == 0
    assert "没有装 openxml-audit" in run.err


def test_a_damaged_document_is_told_of() -> None:
    """A template that Word would have to repair makes reports that it would have to repair."""
    settings("jianghan", 'title = "湖北省"\n')
    parts = word_template(NATIONAL, "{{p title }}\n{{p preamble }}\n{%p for s in sections %}\n{{p s }}\n{%p endfor %}")
    Path("templates/jianghan/report.docx").write_bytes(_damaged(parts))
    run = gxgen("pack", "check", "jianghan")
    assert run.code == 1
    assert [line.split(": ")[1][:4] for line in run.lines if not line.startswith(" ")] == ["E410"]


def _damaged(raw: bytes) -> bytes:
    from tests.render.docx.packages import DOCUMENT, with_part

    return with_part(
        raw, DOCUMENT, lambda xml: xml.replace("<w:sectPr", "<w:p><w:pPr><w:lost/></w:pPr></w:p><w:sectPr")
    )


def test_against_tells_what_changed_and_nothing_else() -> None:
    """Settings, the words of the template, and what a report shows of it; equal versions have no difference."""
    body = "{{p title }}\n{{p preamble }}\n{%p for s in sections %}\n{{p s }}\n{%p endfor %}\n"
    settings("jianghan", 'topics = "colon"\n', where="old")
    Path("old/jianghan/report.docx").write_bytes(word_template(NATIONAL, f"{body}电话：旧"))
    settings("jianghan", f'topics = "run_in"\n{EXTRA_ROW}')
    Path("templates/jianghan/report.docx").write_bytes(word_template(NATIONAL, f"{body}电话：新"))
    lines = gxgen("pack", "check", "jianghan", "--against", "old/jianghan").lines
    assert lines[0] == "与 old/jianghan 比较（- 原来，+ 现在）"
    assert {'- topics = "colon"', '+ topics = "run_in"', "- 第 6 段：电话：旧", "+ 第 6 段：电话：新"} <= set(lines)
    assert {"- 电话：旧", "+ 电话：新"} <= set(lines)
    assert [line for line in lines if line.startswith("+ 其他主动公开文件 | ")]
    assert not [line for line in lines if "行政许可" in line]
    assert gxgen("pack", "check", "jianghan", "--against", "templates/jianghan").lines[1:] == ["没有不同"]
