"""A .docx is a zip of parts that has the same bytes whenever it is made."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from gxgen.render.docx.package import pack, replaced, unpack

REQUIRED = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
others = st.dictionaries(
    st.text("abcxyz/_1", min_size=1, max_size=8).map("word/media/{}x".format), st.binary(max_size=200)
)


@given(others)
def test_packing_and_unpacking_is_the_identity(others: dict[str, bytes]) -> None:
    """Parts come back with their bytes and in their order."""
    parts = REQUIRED | others
    unpacked = unpack(pack(parts.items()))
    assert list(unpacked.items()) == list(parts.items())


def test_the_zip_carries_no_clock_and_no_computer() -> None:
    """Every entry has the oldest date that a zip knows, is deflated, and names no operating system."""
    with zipfile.ZipFile(io.BytesIO(pack(REQUIRED.items()))) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_DEFLATED}
    assert {entry.create_system for entry in entries} == {0}


def test_folders_in_a_zip_are_no_parts() -> None:
    """Some programs write entries for folders."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.mkdir("word")
        for name, content in REQUIRED.items():
            archive.writestr(name, content)
    assert unpack(packed.getvalue()) == REQUIRED


def test_replacing_keeps_the_order_and_adds_nothing() -> None:
    """Only parts that are there are exchanged."""
    assert list(replaced({"a": b"1", "b": b"2"}, {"b": b"3", "c": b"4"})) == [("a", b"1"), ("b", b"3")]
