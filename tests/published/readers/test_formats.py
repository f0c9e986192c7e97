"""What a file is, by its content."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from gxgen.published import read_bytes
from gxgen.published.readers import ReaderError, formats, libreoffice
from gxgen.published.readers.formats import Format, detect, looks_like_document, needs_conversion
from tests.published.readers.wordprocessing import package, paragraph, run

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
WORDS, SHEETS, SLIDES = (name.encode("utf-16-le") for name in ("WordDocument", "Workbook\0", "PowerPoint Document"))
MHT = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n"
ODF_TYPE = b"application/vnd.oasis.opendocument."


def zipped(**parts: bytes) -> bytes:
    """A package of parts at its root."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_xml", ".xml").replace("__", "/").replace("_bin", ".bin"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "suffix", "expected"),
    [
        (package(paragraph(run("甲")), main="document2.xml"), ".doc", formats.WORD),
        (zipped(xl__workbook_xml=b"<a/>"), ".et", formats.EXCEL),
        (zipped(xl__workbook_bin=b""), ".xlsx", formats.XLSB),
        (zipped(mimetype=ODF_TYPE + b"text", content_xml=b"<a/>"), ".docx", formats.ODT),
        (zipped(mimetype=ODF_TYPE + b"spreadsheet", content_xml=b"<a/>"), ".ods", formats.ODS),
        (OLE + WORDS, ".wps", formats.OLD_WORD),
        (OLE + SHEETS, ".et", formats.OLD_EXCEL),
        (OLE + WORDS + SHEETS, ".doc", formats.OLD_WORD),
        (OLE + WORDS + SHEETS, ".xls", formats.OLD_EXCEL),
        (b"{\\rtf1\\ansi }", ".doc", formats.RICH_TEXT),
        (b"%PDF-1.7", ".docx", formats.PDF),
        (MHT, ".doc", formats.MHTML),
        (b"<html><table></table></html>", ".xls", formats.WEB),
        ("\ufeff<!DOCTYPE html><p>".encode("utf-16-le"), "", formats.WEB),
        (b"<!-- saved from url -->\n<html>", ".txt", formats.WEB),
        ("年度报告".encode(), ".shtml", formats.WEB),
        (
            b'<?xml version="1.0"?><?mso-application?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
            ".doc",
            formats.WORD_XML,
        ),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            ".xls",
            formats.EXCEL_XML,
        ),
        ("年度报告".encode(), ".doc", formats.TEXT),
        ("年度报告".encode("utf-16"), ".txt", formats.TEXT),
    ],
)
def test_the_content_counts_and_not_the_name(raw: bytes, suffix: str, expected: Format) -> None:
    """A file under another's name is read as what it is."""
    assert detect(raw, suffix) is expected


@pytest.mark.parametrize(
    ("raw", "word"),
    [(OLE + SLIDES, "演示文稿"), (b"\x1f\x8b\x08", "压缩包"), (b"\0\0\0", "空的"), (b"GIF89a", "图片")],
)
def test_what_is_recognised_and_not_read(raw: bytes, word: str) -> None:
    """The message says what it is."""
    with pytest.raises(ReaderError, match=word):
        detect(raw, ".docx")


@pytest.mark.parametrize(
    ("raw", "name"),
    [(OLE + WORDS, ".doc"), (OLE + SHEETS, ".xls"), (b"{\\rtf1 }", "RTF"), (zipped(content_xml=b"<a/>"), "ODF")],
)
def test_without_libreoffice_the_message_says_what_to_do(
    raw: bytes, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names the kind of file, what is missing, and the way round it."""
    monkeypatch.setattr(libreoffice, "program", lambda: "")
    published = read_bytes(raw, ".doc")
    (finding,) = published.findings
    assert published.unreadable
    assert name in finding.message
    assert "LibreOffice" in finding.message
    assert "另存为 .docx" in finding.hint


def test_only_some_files_need_conversion(tmp_path: Path) -> None:
    """Looked up without reading more than a file's start, where that is enough."""
    found = {}
    for name, raw in (("a.doc", OLE + WORDS), ("b.docx", package("")), ("c.txt", b"words"), ("d.doc", MHT)):
        (tmp_path / name).write_bytes(raw)
        found[name] = needs_conversion(tmp_path / name)
    assert found == {"a.doc": formats.OLD_WORD, "b.docx": None, "c.txt": None, "d.doc": None}
    assert needs_conversion(tmp_path / "missing.doc") is None


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    """What cannot be opened is passed over by its content."""
    assert not looks_like_document(tmp_path)


@pytest.mark.parametrize("suffix", [".eml", ".msg", ".ofd", ".ceb", ".xps", ".rar", ".pptx", ".gif"])
def test_kinds_in_which_reports_are_sent_in_are_listed_as_not_read(suffix: str, tmp_path: Path) -> None:
    """Each with what to do, whatever the file holds."""
    (tmp_path / f"a{suffix}").write_bytes(b"x")
    assert looks_like_document(tmp_path / f"a{suffix}")
    assert formats.NOT_READ[suffix]
