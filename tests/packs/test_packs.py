"""Region packs: found beside the data file or in gxgen, and read with care."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gxgen.errors import PackError
from gxgen.packs import SETTINGS, WORD_TEMPLATE, find_pack

NOWHERE = Path("/nonexistent")


def pack(beside: Path, name: str, settings: str = "", template: bytes | None = b"template") -> Path:
    """A pack beside a data file."""
    folder = beside / "templates" / name
    folder.mkdir(parents=True)
    (folder / SETTINGS).write_text(settings, "utf-8")
    if template is not None:
        (folder / WORD_TEMPLATE).write_bytes(template)
    return folder


def told(name: str, beside: Path) -> str:
    """What is said of a pack that cannot be used."""
    with pytest.raises(PackError) as caught:
        find_pack(name, beside)
    assert caught.value.hint
    return caught.value.message


def test_the_national_pack_comes_with_gxgen(national_template: bytes) -> None:
    """It is found from anywhere, with its title, its template and the colour of the 第二十条 bands."""
    found = find_pack("national", NOWHERE)
    assert (found.name, found.title, found.band_fill) == ("national", "全国通用", "C6D9F1")
    assert found.word_template == national_template


def test_a_pack_beside_the_data_file_is_found(tmp_path: Path) -> None:
    """An office's own pack needs nothing but a folder in ``templates``."""
    folder = pack(tmp_path, "宁夏", 'title = "宁夏"\n[table]\nband_fill = "ffffff"\n', b"own")
    found = find_pack("宁夏", tmp_path)
    assert (found.name, found.title, found.band_fill) == ("宁夏", "宁夏", "ffffff")
    assert (found.folder, found.word_template) == (folder, b"own")


def test_a_pack_beside_the_data_file_goes_before_the_one_that_comes_with_gxgen(tmp_path: Path) -> None:
    """An office may replace the national pack for its own reports."""
    pack(tmp_path, "national", template=b"own")
    assert find_pack("national", tmp_path).word_template == b"own"


def test_a_pack_may_leave_everything_but_its_template_to_gxgen(tmp_path: Path) -> None:
    """An empty pack.toml will do: the folder's name is the title."""
    pack(tmp_path, "plain")
    found = find_pack("plain", tmp_path)
    assert (found.title, found.band_fill) == ("plain", "")


def test_an_unknown_pack_is_told_with_the_known_ones(tmp_path: Path) -> None:
    """The remedy names the packs there are, and where to put another."""
    with pytest.raises(PackError, match="找不到模板包「nowhere」") as caught:
        find_pack("nowhere", tmp_path)
    assert "national" in caught.value.hint
    assert "templates/nowhere/" in caught.value.hint


@given(st.text(max_size=10) | st.text(st.sampled_from("./\\:~ a"), max_size=6))
def test_no_name_leads_out_of_the_folder_of_packs(name: str) -> None:
    """Of all names that nobody gave a pack, none finds a folder elsewhere."""
    assume(name != "national")
    assert f"「{name}」" in told(name, NOWHERE)


@pytest.mark.parametrize("name", ["", ".", "..", "../packs/national", "a/../national", "/etc", "C:", "national\n"])
def test_what_is_no_name_is_refused_as_such(tmp_path: Path, name: str) -> None:
    """A path is not looked up, even where it would lead to a pack."""
    pack(tmp_path, "national")
    assert told(name, tmp_path) == f"模板包的名字「{name}」不对"


def test_a_folder_without_settings_is_no_pack(tmp_path: Path) -> None:
    """``templates`` may hold other folders."""
    (tmp_path / "templates" / "drafts").mkdir(parents=True)
    assert "找不到模板包「drafts」" in told("drafts", tmp_path)


def test_a_pack_without_its_template_is_told(tmp_path: Path) -> None:
    """The missing file is named."""
    pack(tmp_path, "bare", template=None)
    assert "report.docx 读不出" in told("bare", tmp_path)


@pytest.mark.parametrize("settings", ["title =\n", "[table\n", "＝", "a = 1\na = 1\n"])
def test_settings_that_are_no_toml_are_told(tmp_path: Path, settings: str) -> None:
    """The broken pack.toml is named."""
    folder = pack(tmp_path, "broken", settings)
    assert f"{folder / SETTINGS} 不是有效的 TOML 文件" in told("broken", tmp_path)


def test_settings_saved_by_notepad_are_read(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends are no error."""
    folder = pack(tmp_path, "notepad")
    (folder / SETTINGS).write_bytes('\ufefftitle = "记事本"\r\n'.encode())
    assert find_pack("notepad", tmp_path).title == "记事本"


@pytest.mark.parametrize("colour", ["blue", "#C6D9F1", "C6D9F", 'C6D9F1"/><w:b w:x="'])
def test_what_is_no_colour_is_told(tmp_path: Path, colour: str) -> None:
    """A colour is six hexadecimal digits: nothing else reaches the document's XML."""
    pack(tmp_path, "colourful", f"[table]\nband_fill = '{colour}'\n")
    assert "band_fill 不是颜色" in told("colourful", tmp_path)


@pytest.mark.parametrize("settings", ["table = 1\n", "[table]\nband_fill = 7\n", "title = 3\n"])
def test_settings_of_the_wrong_type_are_told(tmp_path: Path, settings: str) -> None:
    """A value that means nothing is not passed over in silence."""
    pack(tmp_path, "odd", settings)
    assert told("odd", tmp_path)
