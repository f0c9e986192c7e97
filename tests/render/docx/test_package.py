"""A .docx is a zip of parts that has the same bytes whenever it is made."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gxgen.render.docx.package import Package, pack, pack_part, unpack

REQUIRED = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
others = st.dictionaries(
    st.text("abcxyz_1", min_size=1, max_size=8).map("word/media/{}x".format), st.binary(max_size=200)
)


def package(parts: dict[str, bytes]) -> bytes:
    """A .docx file of parts, made by gxgen."""
    return pack(Package((name, pack_part(content)) for name, content in parts.items()), {})


@given(others)
def test_packing_and_unpacking_is_the_identity(others: dict[str, bytes]) -> None:
    """Parts come back with their bytes and in their order."""
    parts = REQUIRED | others
    assert list(unpack(package(parts)).contents().items()) == list(parts.items())


@given(others, st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
def test_a_part_that_is_not_exchanged_keeps_its_packed_bytes(others: dict[str, bytes], method: int) -> None:
    """Whichever way the template's zip packs it, a part is copied as it lies there, and any program reads it."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method, compresslevel=9) as archive:
        for name, content in (REQUIRED | others).items():
            archive.writestr(name, content)
    before = unpack(raw.getvalue())
    made = pack(before, {"word/document.xml": "<w:document>年报</w:document>".encode()})
    after = unpack(made)
    assert list(after) == list(before)
    assert [name for name in before if after[name] != before[name]] == ["word/document.xml"]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert archive.read("word/document.xml").decode() == "<w:document>年报</w:document>"


def test_a_zip_that_was_written_as_a_stream_is_read() -> None:
    """Some programs put an entry's sizes after it; they are taken from the directory."""

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.written = b""

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.written += bytes(data)
            return len(data)

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in REQUIRED.items():
            archive.writestr(name, content)
    assert unpack(stream.written).contents() == REQUIRED


def test_the_zip_carries_no_clock_and_no_computer() -> None:
    """Every entry has the oldest date that a zip knows, is deflated, and names no operating system."""
    with zipfile.ZipFile(io.BytesIO(package(REQUIRED))) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_DEFLATED}
    assert {entry.create_system for entry in entries} == {0}


def test_folders_in_a_zip_are_no_parts() -> None:
    """Some programs write entries for folders."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.mkdir("word")
        for name, content in REQUIRED.items():
            archive.writestr(name, content)
    assert unpack(raw.getvalue()).contents() == REQUIRED
