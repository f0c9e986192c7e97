"""Whose report on which year a data file is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gxgen.source import read_bytes
from gxgen.source.identity import identity_of
from tests.strategies import reports
from tests.toml_writer import data_files

TOP = 'year = 2022\nagency = "甲局"\n'
FILES = {
    "plain": (TOP, (2022, "甲局")),
    "no agency": ("year = 2022\n", (2022, "")),
    "spaces around": ('year = 2022\nagency = " 甲局 "\n', (2022, "甲局")),
    "below a text with brackets": ('narrative.other = """\n[注]\n"""\n' + TOP, (2022, "甲局")),
    "within a later table": ("[requests]\nyear = 2022\n", None),
    "slips below": (TOP + "[requests]\nreceived = [1,\n", (2022, "甲局")),
    "no year": ('agency = "甲局"\n', None),
    "a year that is text": ('year = "2022"\n', (2022, "")),
    "a year in full width, a name in Chinese quotes": ("year = ２０２２\nagency = “甲局”\n", (2022, "甲局")),
    "a year that is true": ("year = true\n", None),
    "an agency that is a number": ("year = 2022\nagency = 7\n", None),
    "no TOML": ("year =\n", None),
    "empty": ("", None),
}


@pytest.mark.parametrize(("text", "identity"), FILES.values(), ids=FILES)
def test_the_top_of_a_file_tells_whose_it_is(tmp_path: Path, text: str, identity: tuple[int, str] | None) -> None:
    """Year and agency are those before the first table; what has no year is nobody's."""
    path = tmp_path / "a.toml"
    path.write_text(text, "utf-8")
    assert identity_of(path) == identity


def test_old_encodings_and_files_that_are_no_text(tmp_path: Path) -> None:
    """GBK and UTF-16 are read as they are elsewhere; bytes that are no text, and no file, are nobody's."""
    path = tmp_path / "a.toml"
    for encoding in ("gbk", "utf-16"):
        path.write_bytes(TOP.encode(encoding))
        assert identity_of(path) == (2022, "甲局")
    path.write_bytes(bytes(range(256)))
    assert identity_of(path) is None
    assert identity_of(tmp_path / "missing.toml") is None


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_it_agrees_with_reading_the_whole_file(tmp_path: Path, data: st.DataObject) -> None:
    """Year and agency of any report are those that reading all of it gives."""
    text = data.draw(data_files(data.draw(reports())))
    path = tmp_path / "a.toml"
    path.write_text(text, "utf-8")
    report = read_bytes(text.encode()).report
    assert report
    assert identity_of(path) == (report.year, report.agency)
