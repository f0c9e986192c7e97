"""Whose report on which year a data file is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.source import read_bytes
from gxgen.source.head import head_of
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


def identity_of(raw: bytes) -> tuple[int, str] | None:
    """The year and the agency that stand at the top of a data file; None if there is no year."""
    head = head_of(raw)
    return (head.year, head.agency) if head.year else None


@pytest.mark.parametrize(("text", "identity"), FILES.values(), ids=FILES)
def test_the_top_of_a_file_tells_whose_it_is(text: str, identity: tuple[int, str] | None) -> None:
    """Year and agency are those before the first table; what has no year is nobody's."""
    assert identity_of(text.encode()) == identity


def test_old_encodings_and_files_that_are_no_text() -> None:
    """GBK and UTF-16 are read as they are elsewhere; bytes that are no text are nobody's."""
    for encoding in ("gbk", "utf-16"):
        assert identity_of(TOP.encode(encoding)) == (2022, "甲局")
    assert identity_of(bytes(range(256))) is None


@settings(max_examples=50)
@given(st.data())
def test_it_agrees_with_reading_the_whole_file(data: st.DataObject) -> None:
    """Year and agency of any report are those that reading all of it gives."""
    text = data.draw(data_files(data.draw(reports())))
    report = read_bytes(text.encode()).report
    assert report
    assert identity_of(text.encode()) == (report.year, report.agency)
