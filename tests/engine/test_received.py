"""Which files of a folder are taken for reports that were sent in."""

from __future__ import annotations

from pathlib import Path

import pytest

from gxgen.engine.received import find_received, not_read

TAKEN = (
    *("a.docx", "b.HTML", "c.txt", "d.md", "e.pdf", "f.xlsx", "inner/g.htm", "~$not a lock/h.docx"),
    *("old.doc", "b.wps", "i.et", "j.RTF", "k.odt", "l.docm", "m.dotx", "n.mht", "o.shtml", "p.xls", "scan.JPG"),
)
PASSED_OVER = ("scan.webp", "inner/all.zip", "q.ofd", "r.pptx")
LEFT = (".hidden.docx", "~$a.docx", ".git/x.txt", "g.toml", "b_files/menu.html", "b.files/x.htm", "picture.svg")


def folder(tmp_path: Path) -> Path:
    """A folder with all of them."""
    for name in (*TAKEN, *PASSED_OVER, *LEFT):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    return tmp_path


def test_every_readable_kind_is_found_on_every_level(tmp_path: Path) -> None:
    """Locks, hidden files and the pieces of saved pages are left; kinds that cannot be read are named."""
    found = find_received([folder(tmp_path)])
    assert {str(path.relative_to(tmp_path)) for path in found.files} == set(TAKEN)
    assert {str(path.relative_to(tmp_path)) for path in found.passed_over} == set(PASSED_OVER)


def test_a_file_that_somebody_names_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    """Each once, in the order given; what lies there for another purpose is left."""
    inside = folder(tmp_path)
    old, locked, mine = inside / "q.ofd", inside / "~$a.docx", inside / "f.xlsx"
    found = find_received([old, locked, inside, old], besides=[mine])
    assert found.files[:2] == (old, locked)
    assert mine not in found.files
    assert old not in found.passed_over


@pytest.mark.parametrize(
    ("name", "content", "is_taken"),
    [
        ("年度报告", b"%PDF-1.7", True),
        ("report.asp", b"<!DOCTYPE html><html></html>", True),
        ("report.bak", b"{\\rtf1 }", True),
        ("report.20240131", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), True),
        ("Thumbs", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", False),
        ("README", b"words", False),
        ("styles.css", b"<html>", False),
    ],
)
def test_a_file_of_no_known_kind_is_taken_for_its_content(
    name: str, content: bytes, is_taken: bool, tmp_path: Path
) -> None:
    """What a name does not say is looked up in the file."""
    (tmp_path / name).write_bytes(content)
    assert bool(find_received([tmp_path]).files) is is_taken


def test_each_reason_is_a_line(tmp_path: Path) -> None:
    """Files that are not read are named with why."""
    lines = not_read([tmp_path / "a.gif", tmp_path / "b.zip", tmp_path / "c.GIF"]).splitlines()
    assert [line.split("）：")[0] for line in lines] == [
        "有 2 个文件不是能读的格式，没有读（图片里的文字要先用文字识别软件转成文档",
        "有 1 个文件不是能读的格式，没有读（压缩包要先解压",
    ]
