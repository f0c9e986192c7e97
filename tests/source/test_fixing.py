"""Files that are spelled wrongly, but can mean only one thing: read as meant, and put right without other changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.core import codes
from gxgen.model import Report
from gxgen.source import read_bytes
from gxgen.source.fixing import FixedText, fix
from tests.conftest import ROOT
from tests.misspeller import misspelt_files
from tests.source.test_reader import cells, texts
from tests.source.test_robustness import PIECES
from tests.strategies import reports

COMMENT = re.compile(r"[#＃] [见自].*")


@st.composite
def reports_and_misspelt_files(draw: st.DrawFn) -> tuple[Report, str, tuple[str, ...]]:
    """A report, a data file with slips that means it, and the texts that have no slip in them."""
    report = replace(draw(reports()), published=draw(st.none() | st.dates()))
    return report, *draw(misspelt_files(report))


def respelt(text: str) -> FixedText:
    """A text that is not spelled as it should be, put right."""
    respelling = fix(text.encode())
    assert respelling is not None
    return respelling


def spelling_of(raw: bytes) -> list[str]:
    """What is told of a file's spelling."""
    return [found.message for found in read_bytes(raw).findings if found.code in codes.SPELLINGS]


@settings(max_examples=150)
@given(reports_and_misspelt_files())
def test_a_misspelt_file_reads_as_the_report_that_is_meant(written: tuple[Report, str, tuple[str, ...]]) -> None:
    """Full-width digits, Chinese quotes, units, zeros and pasted rows change nothing of what is read."""
    report, text, _ = written
    reading = read_bytes(text.encode())
    assert [found for found in reading.findings if found.code not in codes.SPELLINGS] == []
    assert reading.report is not None
    assert texts(reading.report) == texts(report)
    assert cells(reading.report) == cells(report)


@settings(max_examples=150)
@given(reports_and_misspelt_files(), st.sampled_from(["\n", "\r\n"]))
def test_a_misspelt_file_is_put_right_and_nothing_else_is_changed(
    written: tuple[Report, str, tuple[str, ...]], line_end: str
) -> None:
    """After --fix the file reads to the same report without a finding; comments, texts and line ends are kept."""
    _, text, kept = written
    raw = text.replace("\n", line_end).encode()
    before = read_bytes(raw)
    respelling = fix(raw)
    if respelling is None:
        assert spelling_of(raw) == []
        return
    assert respelling.is_proven
    after = read_bytes(respelling.after.encode())
    assert (after.report, after.findings) == (before.report, ())
    assert COMMENT.findall(respelling.after.replace("\r", "")) == COMMENT.findall(text)
    assert all(spelled.replace("\n", line_end) in respelling.after for spelled in kept)
    assert respelling.after.count("\n") == respelling.after.count(line_end)
    assert fix(respelling.after.encode()) is None


@settings(max_examples=1500)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_what_looks_like_a_data_file_is_put_right_or_left_alone(pieces: list[str]) -> None:
    """Whatever a file holds, it reads the same before and after, and a second time there is nothing to do."""
    respelling = fix(("year = 2023\n" + "".join(pieces)).encode())
    if respelling:
        assert respelling.is_proven
        assert fix(respelling.after.encode()) is None


@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*.toml")), ids=lambda path: path.stem)
def test_a_file_that_is_spelled_right_is_left_alone(sample: Path) -> None:
    """There is nothing to do in any of the samples."""
    assert fix(sample.read_bytes()) is None


def test_only_what_is_certain_is_put_right() -> None:
    """A file with an error keeps it, letter for letter, while the slip beside it goes."""
    respelling = respelt('year = ２０２３\n[requests.received]\nindividual = 八\nbusiness = "约8"\nother = "8件"\n')
    assert respelling.after == 'year = 2023\n[requests.received]\nindividual = 八\nbusiness = "约8"\nother = 8\n'
    assert respelling.is_proven
    assert respelling.count == len(["year", "other"])


def test_a_row_that_cannot_be_read_stays_as_typed() -> None:
    """Where cells are blank or no numbers, --fix does not turn the row into a text."""
    row = "received = 8 - 0 0 0 0  # 待核\n"
    assert respelt(f"year = ２０２３\n[requests]\n{row}").after == f"year = 2023\n[requests]\n{row}"


def test_lines_of_a_pasted_column_go_and_other_line_ends_stay() -> None:
    """A column over several lines becomes one line; every other line keeps the end that it had."""
    respelling = respelt('year = 2023\r\n[requests]\nreceived = """\r\n8\r\n0\n0\r\n0\r\n0\r\n0"""  # 八\r\n\n')
    assert respelling.after == "year = 2023\r\n[requests]\nreceived = [8, 0, 0, 0, 0, 0]  # 八\r\n\n"


def test_comments_within_a_row_stay() -> None:
    """Of a row over several lines only the numbers that are wrong are exchanged."""
    typed = 'year = 2023\n[requests]\nreceived = [\n  "８", # 自然人\n  0x0, 0,  # "0"\n  \'0\', 0, "0", # 其他\n]\n'
    right = 'year = 2023\n[requests]\nreceived = [\n  8, # 自然人\n  0x0, 0,  # "0"\n  0, 0, 0, # 其他\n]\n'
    assert respelt(typed).after == right


@pytest.mark.parametrize(
    ("encoding", "mark", "name"),
    [("gbk", b"", "GBK"), ("utf-16-le", b"\xff\xfe", "UTF-16"), ("utf-8", b"\xef\xbb\xbf", "带 BOM 的 UTF-8")],
)
def test_a_file_saved_otherwise_becomes_plain_utf_8(encoding: str, mark: bytes, name: str) -> None:
    """A file in GBK, UTF-16 or with a byte order mark is rewritten even if nothing else is wrong with it."""
    text = 'year = 2023\r\nagency = "某某县科学技术局"\r\n'
    respelling = fix(mark + text.encode(encoding))
    assert respelling == FixedText(text, text, 0, name)


@pytest.mark.parametrize("text", ["name = ２\n", "year = 2018\n", "", "[tool]\nx = １\n", "PK\x03\x04"])
def test_what_is_no_report_is_left_alone(text: str) -> None:
    """Other files, and reports of which nothing is misspelt, are not touched."""
    assert fix(text.encode()) is None
