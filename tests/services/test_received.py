"""Which files of a folder are taken for reports that were sent in."""

from __future__ import annotations

from pathlib import Path

from gxgen.services.auditing import find_received

TAKEN = ("a.docx", "b.HTML", "c.txt", "d.md", "e.pdf", "f.xlsx", "inner/g.htm", "~$not a lock/h.docx")
PASSED_OVER = ("old.doc", "b.wps", "scan.JPG", "inner/all.zip")
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
    old, locked, mine = inside / "old.doc", inside / "~$a.docx", inside / "f.xlsx"
    found = find_received([old, locked, inside, old], besides=[mine])
    assert found.files[:2] == (old, locked)
    assert mine not in found.files
    assert old not in found.passed_over
