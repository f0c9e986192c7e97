"""Bytes to text: what the editors of an office write."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gxgen.core import codes
from gxgen.core.findings import Position
from gxgen.core.toml.encoding import decode
from gxgen.source import read_bytes

TEXT = 'year = 2023\nagency = "某某县科学技术局"\n'
GB2312_TEXT = st.text(st.characters(codec="gb2312", exclude_characters="\r"))
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\ufeff"))


@given(ANY_TEXT)
def test_utf_8_is_read_as_it_stands(text: str) -> None:
    """Any text in UTF-8 is read back, without a finding."""
    assert decode(text.encode()) == (text, ())


@given(ANY_TEXT)
def test_a_byte_order_mark_is_no_part_of_the_text(text: str) -> None:
    """What a Windows Notepad puts before UTF-8 is taken off, without a finding."""
    assert decode(codecs.BOM_UTF8 + text.encode()) == (text, ())


@given(ANY_TEXT)
def test_line_ends_of_windows_are_folded(text: str) -> None:
    """CRLF reads as LF, with a byte order mark and without."""
    windows = text.replace("\n", "\r\n").encode()
    assert decode(windows) == (text, ())
    assert decode(codecs.BOM_UTF8 + windows) == (text, ())


@pytest.mark.parametrize(("encoding", "mark"), [("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)])
def test_what_notepad_calls_unicode_is_read_with_a_warning(encoding: str, mark: bytes) -> None:
    """UTF-16 with its mark, of either byte order, gives the text and one warning that names it."""
    text, findings = decode(mark + TEXT.replace("\n", "\r\n").encode(encoding))
    assert text == TEXT
    assert [(found.code, found.message) for found in findings] == [
        (codes.READ_AS_OTHER, "文件是 UTF-16 编码，已按此读入")
    ]


@example("某某县科学技术局")
@given(GB2312_TEXT)
def test_what_notepad_calls_ansi_is_read_with_a_warning(text: str) -> None:
    """Everyday Chinese in GBK gives the text and, unless the bytes are UTF-8 as well, one warning that names it."""
    raw = text.encode("gb2312")
    read, findings = decode(raw)
    try:
        assert (read, findings) == (raw.decode("utf-8").removeprefix("\ufeff"), ())
    except UnicodeDecodeError:
        assert read == text
        assert [(found.code, found.message) for found in findings] == [
            (codes.READ_AS_OTHER, "文件是 GBK 编码，已按此读入")
        ]


def test_gbk_with_rare_characters_is_not_guessed() -> None:
    """A character beyond GB2312 makes the reading uncertain: the file is refused at the line where UTF-8 ends."""
    text, findings = decode('year = 2023\nagency = "某某县朱镕基办公室"\n'.encode("gbk"))
    assert text is None
    assert [(found.code, found.position) for found in findings] == [(codes.ENCODING, Position(2, 1))]


@pytest.mark.parametrize("missing", [1, 2])
def test_utf_8_cut_off_in_a_character_is_refused(missing: int) -> None:
    """A file cut off within a Chinese character is not UTF-8, and its last line is named."""
    text, findings = decode("year = 2023\n# 第二行\n# 第三行，局".encode()[:-missing])
    assert text is None
    assert [(found.code, found.position) for found in findings] == [(codes.ENCODING, Position(3, 1))]


def test_utf_16_cut_off_in_a_character_is_refused() -> None:
    """Half a character at the end of UTF-16 refuses the file."""
    text, findings = decode(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le") + b"\x00")
    assert text is None
    assert [found.code for found in findings] == [codes.ENCODING]


@given(
    st.binary() | st.builds(bytes.__add__, st.sampled_from([codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff"]), st.binary())
)
def test_any_bytes_are_text_or_one_error(raw: bytes) -> None:
    """Bytes never raise: there is text, or exactly one error with a line in the file."""
    text, findings = decode(raw)
    if text is None:
        assert [found.code for found in findings] == [codes.ENCODING]
        assert findings[0].position is not None
        assert 1 <= findings[0].position.line <= raw.count(b"\n") + 1
    else:
        assert all(found.code is codes.READ_AS_OTHER for found in findings)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_the_report_is_the_same_in_every_encoding(encoding: str) -> None:
    """A data file gives the same report whichever editor saved it."""
    reading = read_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert reading.report == read_bytes(TEXT.encode()).report
    assert reading.report is not None
    assert reading.report.agency == "某某县科学技术局"
