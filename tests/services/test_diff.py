"""Copies among the files of a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from gxgen.core import codes
from gxgen.core.findings import Code
from gxgen.engine.packs import Packs
from gxgen.engine.results import Options
from gxgen.services.building import build
from gxgen.services.diff import CopySearch, compare_files
from gxgen.source.writer import data_file
from tests.compare.writing import paragraphs, report, seeded

OPTIONS = Options()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three agencies: one copies another's, one leaves last year's text in, one writes its own."""
    chance = seeded(8)
    theirs, own = paragraphs(chance, 20), paragraphs(chance, 20)
    made = {
        "a2023": report("甲县科技局", 2023, theirs),
        "b2023": report("乙县科技局", 2023, [each.replace("1", "72") for each in theirs[:19]] + own[:1]),
        "c2022": report("丙县科技局", 2022, own),
        "c2023": report("丙县科技局", 2023, own),
        "d2023": report("丁县科技局", 2023, paragraphs(chance, 20)),
    }
    below = tmp_path / "received"
    below.mkdir()
    for name, each in made.items():
        (below / f"{name}.toml").write_text(data_file(each), "utf-8")
    return below


def told(folder: Path, options: Options = OPTIONS) -> dict[str, list[tuple[Code, str]]]:
    """What is said of each file."""
    return {
        result.path.stem: [(finding.code, finding.message) for finding in result.findings]
        for result in CopySearch([folder], options).results()
    }


def test_copies_are_asked_about_at_the_report_that_repeats(folder: Path) -> None:
    """Both agencies and the share are named; nothing is said of the others."""
    found = told(folder)
    assert {name: [code for code, _ in of_file] for name, of_file in found.items()} == {
        "b2023": [codes.COPIED_FROM_OTHER],
        "c2023": [codes.LEFT_FROM_LAST_YEAR],
    }
    ((_, copied),) = found["b2023"]
    assert copied.startswith("乙县科技局2023年的正文有 9")
    assert "与甲县科技局2023年（a2023.toml）逐字相同，是否照抄？" in copied
    ((_, left),) = found["c2023"]
    assert left == "2023年的正文有 100% 与2022年的报告（c2022.toml）逐字相同，是否只换了数字？"


def test_published_reports_are_compared_as_data_files_are(folder: Path, tmp_path: Path) -> None:
    """Built as Word documents and read back, the same are found."""
    list(build([folder], Options(tmp_path / "out", formats=("docx",))))
    of_data = sorted(code.name for of_file in told(folder).values() for code, _ in of_file)
    assert sorted(code.name for of_file in told(tmp_path / "out").values() for code, _ in of_file) == of_data


def test_beside_data_files_what_was_built_of_them_is_passed_over(folder: Path) -> None:
    """Outputs are not reports of their own; other TOML files are none at all."""
    before = told(folder)
    list(build([folder], Options(formats=("txt",))))
    (folder / "pyproject.toml").write_text("[tool]\n", "utf-8")
    assert told(folder) == before


def test_two_processes_find_what_one_finds(folder: Path) -> None:
    """Whoever reads them."""
    for number in range(90):
        (folder / f"z{number}.toml").write_text(
            data_file(report(f"第{number}局", 2023, paragraphs(seeded(number)))), "utf-8"
        )
    assert told(folder, Options(jobs=2)) == told(folder)


def test_a_file_that_cannot_be_read_is_told_and_costs_no_other(folder: Path) -> None:
    """Its own error stands at it."""
    (folder / "a0.toml").write_text("year = 2023\n[narrative\n", "utf-8")
    found = told(folder)
    assert found["a0"][0][0] is codes.SYNTAX
    assert set(found) == {"a0", "b2023", "c2023"}


def test_a_file_is_no_copy_of_itself_and_nameless_reports_are_told_so(tmp_path: Path) -> None:
    """Named twice, or reached by a link; without agencies nobody knows whose text it is."""
    nameless = data_file(report("", 2023, paragraphs(seeded(3), 20)))
    path = tmp_path / "a.toml"
    path.write_text(nameless, "utf-8")
    (tmp_path / "link.toml").symlink_to(path)
    files = [path, tmp_path, path.parent / "." / "a.toml", tmp_path / "link.toml"]
    assert CopySearch(files, OPTIONS).results() == []
    _, pair = compare_files(path, tmp_path / "link.toml", Packs()).results
    assert pair.findings == ()
    (tmp_path / "b.toml").write_text(nameless, "utf-8")
    ((_, message),) = told(tmp_path)["b"]
    assert message.endswith("是否照抄？没有写机关名称的，先看是不是同一个机关的报告")
