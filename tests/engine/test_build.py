"""Many data files to many results."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen.core import codes
from gxgen.core.findings import Code, Severity
from gxgen.engine.outputs import file_stem
from gxgen.engine.results import DEFAULTS, Options, Result
from gxgen.services.building import build, check

TITLE = "{}2023年政府信息公开工作年度报告"
GOOD = 'year = 2023\nagency = "{}"\n[narrative]\noverview = "平稳。"\nproblems = "人手不足。"\n'
UNBALANCED = "[requests]\nreceived = [1, 0, 0, 0, 0, 0]\n"
BROKEN = {
    "no_toml": "year = 2023\nagency =\n",
    "no_year": 'agency = "甲局"\n',
    "year_without_form": "year = 2001\n",
    "unbalanced": GOOD.format("乙局") + UNBALANCED,
    "unknown_key": GOOD.format("丙局") + "[request]\n",
    "unknown_figure": GOOD.format("丁局").replace("平稳", "{{ requests.recieved.total }}件"),
    "no_pack": 'pack = "nowhere"\n' + GOOD.format("戊局"),
    "control_character": GOOD.format("己\\u0001局"),
}
"""One data file for each stage at which a report can fail."""


def data(folder: Path, **texts: str) -> Path:
    """A folder with data files, by name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder


def built(*paths: Path, output: Path | None = None, strict: bool = False) -> dict[str, Result]:
    """Build all, by the data file's name."""
    return {result.path.stem: result for result in build(paths, Options(output, strict=strict))}


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def names(agency: str) -> set[str]:
    """The files of an agency's report."""
    return {f"{TITLE.format(agency)}.{suffix}" for suffix in DEFAULTS.formats}


def test_a_report_is_named_by_its_title(tmp_path: Path) -> None:
    """The official title, or the one that the data file gives, without what a file name cannot hold."""
    other = 'title = "甲/乙：2023"\n' + GOOD.format("乙局")
    built(data(tmp_path, a=GOOD.format("甲局"), b=other), output=tmp_path / "out")
    assert set(contents(tmp_path / "out")) == names("甲局") | {"甲_乙：2023.docx", "甲_乙：2023.txt"}


def test_every_report_that_can_be_built_is(tmp_path: Path) -> None:
    """One broken file keeps no other from being written, whatever is broken about it."""
    folder = data(tmp_path / "in", good=GOOD.format("甲局"), zz_good=GOOD.format("庚局"), **BROKEN)
    (folder / "binary.toml").write_bytes(bytes(range(256)))
    results = built(folder, output=tmp_path / "out")
    assert [name for name, result in results.items() if result.written] == ["good", "zz_good"]
    assert all(result.count(Severity.ERROR) for name, result in results.items() if not result.written)
    assert set(contents(tmp_path / "out")) == names("甲局") | names("庚局")


@pytest.mark.parametrize("name", BROKEN)
def test_a_report_with_errors_leaves_the_earlier_one_alone(tmp_path: Path, name: str) -> None:
    """What an earlier run wrote stands byte for byte, and nothing is added."""
    for agency in "甲乙丙丁戊己":
        for file in names(f"{agency}局"):
            (tmp_path / file).write_bytes(b"earlier")
    before = contents(tmp_path)
    result = built(data(tmp_path / "in", one=BROKEN[name]), output=tmp_path)["one"]
    assert result.count(Severity.ERROR)
    assert not result.written
    (tmp_path / "in" / "one.toml").unlink()
    (tmp_path / "in").rmdir()
    assert contents(tmp_path) == before


def test_two_reports_of_one_name_are_both_refused(tmp_path: Path) -> None:
    """Neither is written, the earlier files stand, each is told where its title comes from, and a third is built."""
    folder = data(tmp_path / "in", a=GOOD.format("甲局"), b=GOOD.format("甲局"), c=GOOD.format("乙局"))
    out = tmp_path / "out"
    out.mkdir()
    for file in names("甲局"):
        (out / file).write_bytes(b"earlier")
    results = built(folder, output=out)
    for name in "ab":
        assert [finding.code for finding in results[name].findings] == [codes.SAME_OUTPUT]
        position = results[name].findings[0].position
        assert position
        assert (position.line, position.column) == (2, 10)
    assert {contents(out)[file] for file in names("甲局")} == {b"earlier"}
    assert set(contents(out)) == names("甲局") | names("乙局")


@pytest.mark.parametrize("other", ["abc局", "ABC局", "aBc局"])
def test_names_that_some_system_takes_for_one_are_one(tmp_path: Path, other: str) -> None:
    """Windows and macOS tell no capital letters apart: such reports would overwrite each other there."""
    results = built(data(tmp_path, a=GOOD.format("ABC局"), b=GOOD.format(other)), output=tmp_path / "out")
    assert not any(result.written for result in results.values())
    assert not (tmp_path / "out").exists()


def test_one_folder_by_two_names_is_one(tmp_path: Path) -> None:
    """Reports that meet in a folder through a link are refused, too."""
    data(tmp_path / "one", a=GOOD.format("甲局"), b=GOOD.format("甲局"))
    (tmp_path / "two").symlink_to("one", target_is_directory=True)
    results = built(tmp_path / "one" / "a.toml", tmp_path / "two" / "b.toml")
    assert [result.written for result in results.values()] == [(), ()]


def test_reports_of_one_name_in_their_own_folders_are_no_trouble(tmp_path: Path) -> None:
    """Without -o every report is written beside its data file."""
    results = list(build([data(tmp_path / name, a=GOOD.format("甲局")) for name in ("x", "y")], Options()))
    assert [path.parent.name for result in results for path in result.written] == ["x", "x", "y", "y"]
    assert set(contents(tmp_path / "x")) == names("甲局") | {"a.toml"}


def test_strict_holds_warned_reports_back(tmp_path: Path) -> None:
    """A warning is enough under --strict, and nothing without it."""
    folder = data(tmp_path, warned='year = 2023\nagency = "甲局"\n', good=GOOD.format("乙局"))
    strict = built(folder, output=tmp_path / "strict", strict=True)
    assert [name for name, result in strict.items() if result.written] == ["good"]
    assert all(result.written for result in built(folder, output=tmp_path / "out").values())


def ways_of_not_writing(out: Path) -> Iterator[tuple[str, Path]]:
    """Output folders that cannot take a report, with what is told."""
    (out / "file").write_bytes(b"kept")
    for file in names("甲局"):
        (out / "taken" / file).mkdir(parents=True)
    yield "不能当作文件夹", out / "file"
    yield "不能当作文件夹", out / "file" / "below"
    yield "同名的文件夹", out / "taken"


def test_a_folder_that_cannot_be_written_is_a_finding(tmp_path: Path) -> None:
    """A file in the place of the folder, or a folder in the place of the file, is told and left alone."""
    source = data(tmp_path / "in", a=GOOD.format("甲局"))
    for told, out in ways_of_not_writing(tmp_path):
        result = built(source, output=out)["a"]
        assert [finding.code for finding in result.findings] == [codes.OUTPUT]
        assert told in result.findings[0].message
        assert not result.written
    assert (tmp_path / "file").read_bytes() == b"kept"
    assert {path.name for path in (tmp_path / "taken").iterdir()} == names("甲局")


def test_a_folder_without_permission_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system refuses to write is told in Chinese, under the name of the report."""

    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    source = data(tmp_path / "in", a=GOOD.format("甲局"))
    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(os, "replace", refuse)
    result = built(source, output=tmp_path / "out")["a"]
    assert [finding.code for finding in result.findings] == [codes.OUTPUT]
    assert "没有写入权限" in result.findings[0].message
    assert TITLE.format("甲局") in result.findings[0].message
    assert not contents(tmp_path / "out")


def test_a_data_file_is_never_overwritten(tmp_path: Path) -> None:
    """A report whose file would take the place of a data file, its own or another's, is refused."""
    own = tmp_path / f"{TITLE.format('甲局')}.txt"
    own.write_text(GOOD.format("乙局"), "utf-8")
    other = data(tmp_path, a=GOOD.format("甲局")) / "a.toml"
    results = {result.path: result for result in build([own, other], Options())}
    assert own.read_text("utf-8") == GOOD.format("乙局")
    assert results[own].written
    assert results[other].count(Severity.ERROR) == 1
    assert not results[other].written


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, sample_files: tuple[Path, ...]) -> None:
    """Two folders, two processes that hash differently: every byte of every sample is the same."""
    arguments = [sys.executable, "-m", "gxgen", "build", *map(str, sample_files), "-o"]
    for seed in "12":
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}
        subprocess.run([*arguments, str(tmp_path / seed)], check=True, capture_output=True, env=environment)
    assert len(contents(tmp_path / "1")) == len(DEFAULTS.formats) * len(sample_files)
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


@pytest.mark.parametrize(("template", "code"), [(None, codes.PACK), (b"no document", codes.TEMPLATE)])
def test_a_pack_that_cannot_be_used_is_told_where_it_is_named(
    template: bytes | None, code: Code, tmp_path: Path
) -> None:
    """A pack that is not there, and one whose template is no Word file, keep the report from being written."""
    folder = data(tmp_path, a='pack = "county"\n' + GOOD.format("甲局"))
    if template is not None:
        (folder / "templates" / "county").mkdir(parents=True)
        (folder / "templates" / "county" / "report.docx").write_bytes(template)
        (folder / "templates" / "county" / "pack.toml").touch()
    (result,) = built(folder / "a.toml", output=tmp_path / "out").values()
    assert [(finding.code, finding.address) for finding in result.findings] == [(code, "pack")]
    assert not (tmp_path / "out").exists()


def test_results_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    """Every report found has its result, in order; other TOML files of a folder have none."""
    folder = data(tmp_path, b=GOOD.format("乙局"), a=GOOD.format("甲局"), c="x = 1\n", d="")
    assert list(built(folder, output=tmp_path / "out")) == ["a", "b"]
    assert [result.path.stem for result in check([folder])] == ["a", "b"]


def test_a_file_that_is_named_has_a_result_even_if_it_is_no_report(tmp_path: Path) -> None:
    """Who names a file is told what is wrong with it."""
    (result,) = check([data(tmp_path, c="x = 1\n") / "c.toml"])
    assert codes.YEAR in {finding.code for finding in result.findings}


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports in a folder without permission are not passed over in silence."""
    data(tmp_path / "locked", a=GOOD.format("甲局"))
    data(tmp_path, b=GOOD.format("乙局"))
    scan = os.scandir

    def guarded(path: str) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    results = {result.path.name: result for result in check([tmp_path])}
    assert set(results) == {"locked", "b.toml"}
    assert results["locked"].unreadable
    assert [finding.code for finding in results["locked"].findings] == [codes.UNREADABLE]


def test_checking_writes_nothing(tmp_path: Path) -> None:
    """The same reading and findings as build, and no file."""
    folder = data(tmp_path / "in", good=GOOD.format("甲局"), **BROKEN)
    before = contents(folder)
    checked = {result.path.stem: result.findings for result in check([folder])}
    assert contents(folder) == before
    assert checked == {name: result.findings for name, result in built(folder, output=tmp_path / "out").items()}


def test_the_name_of_the_sample_is_its_title(sample_files: tuple[Path, ...]) -> None:
    """No sample's title needs a character replaced or cut off."""
    for result in check(sample_files):
        assert not result.count(Severity.ERROR), result.path
    titles = [TITLE.format(agency) for agency in ("兴庆区科学技术局", "云岭市澄溪区人民政府")]
    assert [file_stem(title) for title in titles] == titles
