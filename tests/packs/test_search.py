"""Where packs are looked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gxgen.core import codes
from gxgen.core.errors import PackError
from gxgen.packs import SWITCH, find_pack, search_folders
from gxgen.packs.search import known_names
from tests.packs.making import NOWHERE, found, pack, told


@pytest.fixture
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's configuration folder."""
    monkeypatch.setenv(SWITCH, str(tmp_path / "users"))
    return tmp_path / "users"


def test_the_national_pack_comes_with_gxgen(national_template: bytes) -> None:
    """It is found from anywhere, without a fault, with its title, its template and the colour of the bands."""
    national = find_pack("national", NOWHERE)
    assert (national.name, national.title, national.table["band_fill"]) == ("national", "全国通用", "C6D9F1")
    assert national.word_template == national_template
    assert national.lineage == ("national",)


def test_places_are_looked_through_in_their_order(tmp_path: Path, users: Path) -> None:
    """Beside the data file, in the named folder, in the user's configuration, in gxgen: the first one counts."""
    named = tmp_path / "named"
    folders = [
        pack(tmp_path, "national", report__docx=b"1"),
        pack(named, "national", report__docx=b"2"),
        pack(users, "national", report__docx=b"3"),
    ]
    for order, folder in enumerate(folders, start=1):
        assert find_pack("national", tmp_path, named / "templates").word_template == str(order).encode()
        (folder / "pack.toml").unlink()
    assert find_pack("national", tmp_path, named / "templates").title == "全国通用"


def test_the_users_folder_can_be_left_out(users: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With ``off`` nothing is looked for there."""
    pack(users, "own")
    assert found("own", NOWHERE).pack
    monkeypatch.setenv(SWITCH, "off")
    assert not found("own", NOWHERE).pack


def test_an_unknown_pack_is_told_with_the_places_and_the_known_ones(tmp_path: Path, users: Path) -> None:
    """The remedy names where it was looked for, the packs there are, and where to put another."""
    pack(users, "own")
    (finding,) = told("某某省", tmp_path, tmp_path / "shared")
    assert finding.code is codes.PACK
    assert finding.message == "找不到模板包「某某省」"
    for named in ("national", "own", "templates/某某省/", "数据文件旁", str(tmp_path / "shared"), str(users), "自带"):
        assert named in finding.hint


def test_a_misspelt_pack_is_told_with_the_nearest(tmp_path: Path) -> None:
    """Who writes huber is asked whether hubei is meant."""
    pack(tmp_path, "hubei")
    (finding,) = told("huber", tmp_path)
    assert "是否想写 hubei？" in finding.hint


def test_a_pack_in_a_folder_of_another_name_is_told_as_such(tmp_path: Path) -> None:
    """Where a pack.toml gives itself the name that is looked for, the folder is what has to be renamed."""
    folder = pack(tmp_path, "wuhan (1)", 'name = "wuhan"\n')
    (finding,) = told("wuhan", tmp_path)
    assert str(folder / "pack.toml") in finding.hint
    assert "「wuhan (1)」" in finding.hint


@given(st.text(max_size=10) | st.text(st.sampled_from("./\\:~ a"), max_size=6))
def test_no_name_leads_out_of_the_folder_of_packs(name: str) -> None:
    """Of all names that nobody gave a pack, none finds a folder elsewhere."""
    assume(name not in known_names(search_folders(NOWHERE)))
    (finding,) = told(name, NOWHERE)
    assert f"「{name}」" in finding.message


@pytest.mark.parametrize("name", ["", ".", "..", "../packs/national", "a/../national", "/etc", "C:", "national\n"])
def test_what_is_no_name_is_refused_as_such(tmp_path: Path, name: str) -> None:
    """A path is not looked up, even where it would lead to a pack."""
    pack(tmp_path, "national")
    assert [finding.message for finding in told(name, tmp_path)] == [f"模板包的名字「{name}」不对"]


def test_a_folder_without_settings_is_no_pack(tmp_path: Path) -> None:
    """``templates`` may hold other folders."""
    (tmp_path / "templates" / "drafts").mkdir(parents=True)
    assert "找不到模板包「drafts」" in told("drafts", tmp_path)[0].message


def test_two_packs_of_one_name_in_one_place_are_told(tmp_path: Path) -> None:
    """A copy that still calls itself by the old name makes the old name doubtful; in another place it would not."""
    pack(tmp_path, "hubei")
    pack(tmp_path, "hubei-2", 'name = "hubei"\n')
    assert ["「hubei-2」文件夹里的模板包也写着" in finding.message for finding in told("hubei", tmp_path)] == [True]
    assert ["文件夹叫「hubei-2」" in finding.message for finding in told("hubei-2", tmp_path)] == [True]
    pack(tmp_path, "hubei-2")
    pack(tmp_path / "shared", "hubei")
    assert not told("hubei", tmp_path, tmp_path / "shared" / "templates")


def test_a_pack_with_faults_is_an_exception_for_who_asks_for_one_without(tmp_path: Path) -> None:
    """``find_pack`` raises with the first fault and its place."""
    pack(tmp_path, "odd", "titel = 1\n")
    with pytest.raises(PackError, match=r"不认识的设置「titel」.*pack\.toml:1:1") as caught:
        find_pack("odd", tmp_path)
    assert caught.value.hint == "是否想写 title？"
