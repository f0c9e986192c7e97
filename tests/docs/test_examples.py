"""What the pages show is what gxgen does."""

from __future__ import annotations

import os
import re
import runpy
from pathlib import Path

import pytest

from gxgen.checks import check
from gxgen.compute import complete
from gxgen.core.findings import Finding
from gxgen.source import Reading
from gxgen.source import read as read_file
from gxgen.source.fixing import fix
from gxgen.view import compose
from tests.docs.examples import replay, save_data_files
from tests.docs.markdown import CODE, ROOT, Fence, fences, name_of, prose, read, rows

README, START, PROGRAMS = ROOT / "README.md", ROOT / "docs" / "start.md", ROOT / "docs" / "programs.md"
READMES = (README, ROOT / "README.zh-CN.md")
SESSIONS = (*READMES, START)
"""The pages that show what a terminal shows."""
DATA_FILE_PAGE = read(ROOT / "docs" / "data-file.md")
EXAMPLES = [fence for fence in fences(DATA_FILE_PAGE) if fence.language == "toml"]
PRINTED = [
    (example, shown)
    for example, shown in zip(fences(DATA_FILE_PAGE), fences(DATA_FILE_PAGE)[1:], strict=False)
    if (example.language, shown.language) == ("toml", "text")
]
RESPELT = [
    row for row in rows(DATA_FILE_PAGE.partition("## 写法不规范")[2].partition("## 常见的写错")[0]) if "`" in row[0]
]
SLIPS = [row for row in rows(DATA_FILE_PAGE.partition("## 常见的写错")[2]) if "`" in row[0]]


def reading_of(data: str, folder: Path) -> Reading:
    """A piece of a data file read, with a year and an agency before it where it has none."""
    given = {"year": "year = 2023", "agency": 'agency = "某某县科学技术局"'}
    missing = [line for key, line in given.items() if not re.search(rf"^{key}\b", data, re.MULTILINE)]
    path = folder / "example.toml"
    path.write_text("\n".join((*missing, data, "")), encoding="utf-8")
    return read_file(path)


def errors(reading: Reading) -> list[Finding]:
    """The errors of a data file, those of its arithmetic included."""
    of_checks = check(complete(reading.report)) if reading.report else ()
    return [finding for finding in (*reading.findings, *of_checks) if finding.is_error]


@pytest.mark.parametrize("page", SESSIONS, ids=name_of)
def test_the_terminal_shows_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    """Every session of the page, typed again, gives the same output.  GXGEN_REWRITE=1 writes it anew."""
    text = read(page)
    save_data_files(fences(text), tmp_path)
    shown = [fence for fence in fences(text) if fence.language == "console"]
    replayed = [Fence("console", replay(fence, tmp_path)) for fence in shown]
    if os.environ.get("GXGEN_REWRITE"):
        for old, new in zip(shown, replayed, strict=True):
            text = text.replace(old.text, new.text)
        page.write_text(text, encoding="utf-8", newline="\n")
    else:
        assert replayed == shown != []


def test_the_first_report_is_the_same_wherever_it_is_shown(tmp_path: Path) -> None:
    """README.md and docs/start.md begin with one data file, which has nothing wrong with it; the second has."""
    first, second = (fence.text for fence in fences(read(START)) if fence.language == "toml")
    assert [first] == [fence.text for fence in fences(read(README)) if fence.language == "toml"]
    assert errors(reading_of(first, tmp_path)) == []
    assert len(errors(reading_of(second, tmp_path))) > 1


def test_the_python_that_is_shown_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python of docs/programs.md, run beside the data file of the first report, writes the report."""
    save_data_files(fences(read(START)), tmp_path)
    monkeypatch.chdir(tmp_path)
    (program,) = (fence.text for fence in fences(read(PROGRAMS)) if fence.language == "python")
    Path("program.py").write_text(program, encoding="utf-8")
    runpy.run_path("program.py")
    assert {path.suffix for path in Path("out").iterdir()} == {".docx", ".txt"}


def test_the_shortest_data_file_gives_two_warnings_and_no_error(tmp_path: Path) -> None:
    """A year and an agency are enough; sections 一 and 五 are warned about, as the page says."""
    reading = reading_of(EXAMPLES[0].text, tmp_path)
    assert reading.report is not None
    findings = check(complete(reading.report))
    assert [finding.code.name for finding in findings] == ["W501", "W501"]


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_of_the_data_file_page_has_no_error(example: Fence, tmp_path: Path) -> None:
    """Each data file, or part of one, that docs/data-file.md shows as right is right, its sums included."""
    assert errors(reading_of(example.text, tmp_path)) == []


@pytest.mark.parametrize(("example", "shown"), PRINTED, ids=range(len(PRINTED)))
def test_what_is_printed_of_an_example_is_shown_below_it(example: Fence, shown: Fence, tmp_path: Path) -> None:
    """The lines below an example stand in its report, one after the other."""
    report = reading_of(example.text, tmp_path).report
    assert report is not None
    printed = "\n".join(compose(complete(report)).texts())
    assert f"\n{shown.text}" in printed


def test_there_are_slips_and_printed_examples_to_look_at() -> None:
    """The page's examples and its table of slips are found where these tests look for them."""
    assert len(EXAMPLES) > 5
    assert len(PRINTED) > 1
    assert len(SLIPS) > 10
    assert len(RESPELT) > 10


@pytest.mark.parametrize("spelled", RESPELT, ids=lambda spelled: spelled[0])
def test_a_spelling_is_read_and_mended_as_the_page_says(spelled: tuple[str, str], tmp_path: Path) -> None:
    """What the table of spellings shows is read without an error, and --fix makes of it what stands beside it."""
    typed, right = (cell.strip("`") for cell in spelled)
    assert not [finding for finding in reading_of(typed, tmp_path).findings if finding.is_error]
    respelling = fix((tmp_path / "example.toml").read_bytes())
    assert respelling is not None
    assert right in respelling.after.splitlines()


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip[0])
def test_a_slip_is_answered_as_the_page_says(slip: tuple[str, str, str], tmp_path: Path) -> None:
    """What the table of slips shows as wrong gets the message beside it, and what it shows as right gets none."""
    wrong, message, right = slip
    assert message in {finding.message for finding in reading_and_check(wrong, tmp_path)}
    if re.fullmatch(CODE, right):
        assert not [finding for finding in reading_of(right.strip("`"), tmp_path).findings if finding.is_error]


def reading_and_check(cell: str, folder: Path) -> list[Finding]:
    """The errors of the lines that a cell shows, each as a piece of code."""
    return errors(reading_of("\n".join(CODE.findall(cell)), folder))


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_a_number_of_samples_is_the_number_there_is(readme: Path) -> None:
    """The READMEs say six data files, and samples/ holds six."""
    assert re.search("six complete data files|六份完整的数据文件", prose(read(readme)))
    assert len(list((ROOT / "samples").glob("*.toml"))) == 6
