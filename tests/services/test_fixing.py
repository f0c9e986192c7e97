"""Respelled data files, written in place or refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from gxgen.core import codes
from gxgen.services.fixing import Fix, fixes, write_fix

MISSPELT = "year = ２０２３\r\n# 说明\r\n"
RIGHT = "year = 2023\r\n# 说明\r\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A data file with a slip and the line ends of Windows."""
    path = tmp_path / "2023.toml"
    path.write_bytes(MISSPELT.encode())
    return path


def the_fix(path: Path) -> Fix:
    """The only fix of a file."""
    (fix,) = fixes([path])
    return fix


def test_nothing_is_written_until_it_is_asked_for(file: Path) -> None:
    """Looking for what can be fixed leaves the file as it is."""
    assert the_fix(file).respelling.after == RIGHT
    assert file.read_bytes() == MISSPELT.encode()


def test_a_fix_is_written_byte_for_byte_and_once(file: Path) -> None:
    """The file holds the mended text, with its permissions; there is nothing more to fix, and no draft beside it."""
    file.chmod(0o640)
    assert write_fix(the_fix(file)) is None
    assert file.read_bytes() == RIGHT.encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(fixes([file])) == []
    assert list(file.parent.iterdir()) == [file]


def test_a_link_stays_a_link(file: Path) -> None:
    """Through a link the file itself is mended."""
    link = file.with_name("link.toml")
    link.symlink_to(file)
    assert write_fix(the_fix(link)) is None
    assert link.is_symlink()
    assert file.read_bytes() == RIGHT.encode()


def test_a_file_that_is_read_only_is_left_alone(file: Path) -> None:
    """A file that its owner locked is not exchanged for another, whoever runs this."""
    file.chmod(0o444)
    problem = write_fix(the_fix(file))
    assert problem is not None
    assert (problem.code, problem.message) == (codes.OUTPUT, "文件是只读的，没有改写")
    assert file.read_bytes() == MISSPELT.encode()


@pytest.mark.parametrize("now", [None, "year = 2022\n"])
def test_a_file_that_changed_since_is_left_alone(file: Path, now: str | None) -> None:
    """What somebody saved or deleted in the meantime is neither overwritten nor brought back."""
    fix = the_fix(file)
    file.unlink()
    if now:
        file.write_text(now, "utf-8")
    problem = write_fix(fix)
    assert problem is not None
    assert problem.code is codes.OUTPUT
    assert (file.read_text("utf-8") if file.exists() else None) == now


def test_what_is_not_proven_is_not_written(file: Path) -> None:
    """A text that would not be read to the same report is refused."""
    fix = the_fix(file)
    problem = write_fix(replace(fix, respelling=replace(fix.respelling, is_proven=False)))
    assert problem is not None
    assert problem.code is codes.OUTPUT
    assert file.read_bytes() == MISSPELT.encode()


def test_a_folder_is_searched_and_what_is_no_report_is_passed_over(file: Path, tmp_path: Path) -> None:
    """Of the files of a folder only reports are fixed, and only those that need it."""
    for name, text in (("tool.toml", "[tool]\nx = １\n"), ("right.toml", "year = 2023\n"), ("binary.toml", "\x00")):
        (tmp_path / name).write_text(text, "utf-8")
    assert [fix.path for fix in fixes([tmp_path, tmp_path / "no such file.toml"])] == [file]


def test_the_diff_is_what_patch_understands(file: Path) -> None:
    """The diff names the file, and a last line without a line feed is marked."""
    file.write_text("year = ２０２３", "utf-8")
    assert the_fix(file).diff() == (
        f"--- {file}\n+++ {file}\n@@ -1 +1 @@\n-year = ２０２３\n\\ No newline at end of file\n"
        "+year = 2023\n\\ No newline at end of file\n"
    )
