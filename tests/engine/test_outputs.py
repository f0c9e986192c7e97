"""Names and writing of a report's files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gxgen.core import codes
from gxgen.engine.formats import FORMATS
from gxgen.engine.outputs import file_stem, write

LONGEST_NAME = 255
"""Bytes, on the common file systems."""
RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"
}
"""What Windows keeps for devices, whatever follows the first dot (Naming Files, Paths, and Namespaces)."""

ON_A_SMALL_DISK = """
import resource, runpy
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
runpy.run_module("gxgen", run_name="__main__", alter_sys=True)
"""

reserved_titles = st.builds(
    lambda name, rest, fold: fold(name) + rest,
    st.sampled_from(sorted(RESERVED)),
    st.sampled_from(["", ".", " ", ".年报", " .x", "..", "1"]),
    st.sampled_from([str.lower, str.upper, str.title]),
)
awkward = st.text(st.sampled_from('./\\:*?"<>| ~$-年\n\t\0\x7f\x85\u200b\u202e'), max_size=12)
titles = st.text(max_size=300) | awkward | reserved_titles | st.text("年度报告", min_size=60, max_size=200)


@given(titles)
@example("兴庆区科学技术局2020年政府信息公开工作年度报告")
def test_any_title_makes_a_name_that_windows_takes(title: str) -> None:
    """No forbidden character, no device, no space or dot at an end."""
    name = f"{file_stem(title)}.docx"
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f]', name)
    assert name.partition(".")[0].rstrip(" ").upper() not in RESERVED
    assert file_stem(title) == file_stem(title).strip(" .") != ""
    assert PureWindowsPath("C:/out", name).parent == PureWindowsPath("C:/out")


@given(titles)
def test_any_title_makes_a_name_that_this_system_takes(title: str) -> None:
    """Files of that name can be made in the folder, for every format, and nowhere else."""
    with TemporaryDirectory() as folder:
        for suffix in FORMATS:
            path = Path(folder, f"{file_stem(title)}.{suffix}")
            path.write_bytes(b"")
            assert len(os.fsencode(path.name)) <= LONGEST_NAME
            assert PurePosixPath(path).parent == PurePosixPath(folder)
        assert len(list(Path(folder).iterdir())) == len(FORMATS)


@given(titles)
def test_a_name_can_be_seen(title: str) -> None:
    """No character of a name is invisible or turns the writing direction round."""
    categories = {unicodedata.category(char) for char in file_stem(title)}
    assert categories.isdisjoint({"Cc", "Cf", "Zl", "Zp"})


@given(st.text(st.characters(categories=("Lo", "Nd")), min_size=1, max_size=50))
def test_an_ordinary_title_is_the_name(title: str) -> None:
    """Chinese characters and digits are kept, every one."""
    assert file_stem(title) == title


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    """The folder for the files need not exist."""
    path = tmp_path / "新" / "文件夹" / "a.txt"
    assert write({path: b"text"}) is None
    assert path.read_bytes() == b"text"


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("file/a.txt", "不能当作文件夹"),
        ("file/below/a.txt", "不能当作文件夹"),
        ("folder", "同名的文件夹"),
        ("x" * 300 + "/a.txt", "太长"),
    ],
    ids=["a file as folder", "a file above the folder", "a folder as file", "a name too long"],
)
def test_a_place_that_cannot_be_written_is_a_finding(tmp_path: Path, place: str, reason: str) -> None:
    """The reason is told in Chinese, with the path; nothing is changed."""
    (tmp_path / "file").write_bytes(b"kept")
    (tmp_path / "folder").mkdir()
    problem = write({tmp_path / "good.txt": b"", tmp_path / place: b""})
    assert problem
    assert problem.code is codes.OUTPUT
    assert reason in problem.message
    assert str(tmp_path) in problem.message
    assert {path.name for path in tmp_path.iterdir()} == {"file", "folder"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not limit the size of a process's files")
def test_a_full_disk_keeps_the_files_of_before(tmp_path: Path) -> None:
    """When the disk takes no more, the run says so in Chinese, the earlier report stands, and no draft is left."""
    data = tmp_path / "2023.toml"
    data.write_text('year = 2023\nagency = "甲局"\n', "utf-8")
    arguments = ["build", str(data), "-o", str(tmp_path / "out")]
    subprocess.run([sys.executable, "-m", "gxgen", *arguments], check=True, capture_output=True)
    before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    data.write_text('year = 2023\nagency = "甲局"\n[narrative]\nother = "另有一事。"\n', "utf-8")
    done = subprocess.run([sys.executable, "-c", ON_A_SMALL_DISK, *arguments], check=False, capture_output=True)
    told = [line for line in done.stderr.decode("utf-8").splitlines() if "E601" in line]
    assert done.returncode == 1
    assert len(told) == 1
    assert not re.search("[A-Za-z]+ [a-z]+", told[0].replace(str(tmp_path), ""))
    assert {path: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
