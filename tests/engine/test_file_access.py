"""Which files a run is about."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.engine.file_access import Source, find_sources

names = st.text(st.sampled_from("ab年.-"), min_size=1, max_size=4).filter(lambda name: name.strip("."))
files = st.lists(st.lists(names, min_size=1, max_size=3), max_size=8)


def grow(folder: Path, *paths: str) -> None:
    """Make empty files, and the folders that they are in."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()


def found(*paths: Path, below: Path) -> list[str]:
    """The sources as paths from a folder on."""
    return [source.path.relative_to(below).as_posix() for source in find_sources(paths)]


def test_a_folder_is_searched_in_order(tmp_path: Path) -> None:
    """The files of a folder come first, by name, then its folders, by name."""
    grow(tmp_path, "b/z.toml", "b/a.toml", "c.toml", "a/x/1.toml", "a/2.toml", "a.toml")
    expected = ["a.toml", "c.toml", "a/2.toml", "a/x/1.toml", "b/a.toml", "b/z.toml"]
    assert found(tmp_path, below=tmp_path) == expected


@given(files)
def test_every_toml_file_below_is_found_once(paths: list[list[str]]) -> None:
    """All files that end in .toml, and no others, whatever the folders are called; hidden ones are passed over."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = set()
        for *folders, file in paths:
            path = Path(*[f"d{part}" for part in folders], f"{file}.toml")
            grow(folder, str(path), str(path.with_suffix(".txt")))
            made.add(path.as_posix())
        sources = found(folder, below=folder)
        assert sorted(sources) == sorted(path for path in made if not Path(path).name.startswith("."))


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    """What editors and version control keep in hidden places is none of our business."""
    grow(tmp_path, ".git/a.toml", "b/.hidden/c.toml", ".d.toml", "b/.#e.toml", "b/f.toml", "pyproject.TOML.txt")
    assert found(tmp_path, below=tmp_path) == ["b/f.toml"]


def test_a_hidden_folder_that_is_named_is_searched(tmp_path: Path) -> None:
    """Who names a folder means it."""
    grow(tmp_path, ".reports/a.toml")
    assert found(tmp_path / ".reports", below=tmp_path) == [".reports/a.toml"]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    """A folder that links to itself does not keep the search going."""
    grow(tmp_path, "a/b/c.toml")
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "a" / "self").symlink_to(".", target_is_directory=True)
    assert found(tmp_path, below=tmp_path) == ["a/b/c.toml"]


def test_a_file_that_is_named_in_many_ways_comes_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its folder, by name, from here and from the root, or through a link."""
    grow(tmp_path, "a/b.toml")
    (tmp_path / "link.toml").symlink_to("a/b.toml")
    monkeypatch.chdir(tmp_path)
    ways = (Path("a/b.toml"), Path("a"), Path("./a/../a/b.toml"), tmp_path / "a" / "b.toml", Path("link.toml"))
    assert list(find_sources(ways)) == [Source(Path("a/b.toml"), named=True)]


def test_a_file_that_is_named_need_not_end_in_toml_nor_exist(tmp_path: Path) -> None:
    """Whether it can be read is found out by reading it."""
    ways = (tmp_path / "b.txt", tmp_path / "a.toml")
    assert list(find_sources(ways)) == [Source(path, named=True) for path in ways]


def test_the_order_of_the_arguments_is_kept(tmp_path: Path) -> None:
    """Reports are built in the order in which they were asked for."""
    grow(tmp_path, "b.toml", "a/c.toml", "a/a.toml")
    assert found(tmp_path / "b.toml", tmp_path / "a", below=tmp_path) == ["b.toml", "a/a.toml", "a/c.toml"]
