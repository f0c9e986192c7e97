"""Files that are no report: a clear sentence, no exception, no more work than a look."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.compute import complete
from gxgen.core import codes
from gxgen.model import Report
from gxgen.published import LARGEST, read_bytes, read_published
from gxgen.spec import layouts
from tests.published.damage import tables_of
from tests.published.printing import FORMATS


def package(**parts: bytes) -> bytes:
    """A ZIP package of parts; ``__`` stands for a slash."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


WORD = package(word__document_xml=b"<a>" * 5)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BOMB = package(word__document_xml=b" " * (49 * 1024 * 1024))
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "'
    + b"x" * 9999
    + b'">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (b"" if n == 1 else b"%d" % (n - 1)) * 99) for n in range(1, 9))
    + b"]><w>&a8;</w>"
)
REFUSED = {
    "empty": (b"", ".docx", "空的"),
    "not a package": (b"PK\x03\x04 and no more", ".docx", "损坏"),
    "half a package": (WORD[: len(WORD) // 2], ".docx", "损坏"),
    "broken XML": (WORD, ".docx", "损坏"),
    "old Word": (OLE, ".doc", "旧版"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), ".docx", "密码"),
    "bomb": (BOMB, ".docx", "太大"),
    "entities": (package(word__document_xml=ENTITIES), ".docx", "损坏"),
    "another package": (package(a_xml=b"<a/>"), ".zip", "压缩包"),
    "ODF": (package(content_xml=b"<a/>"), ".odt", "ODF"),
    "OFD": (package(OFD_xml=b"<a/>"), ".ofd", "OFD"),
    "photograph": (b"\xff\xd8\xff" + b"\0" * 99, ".jpg", "图片"),
    "broken PDF": (b"%PDF-1.4\n" + b"\0broken" * 99, ".pdf", "损坏"),
    "broken workbook": (package(xl__workbook_xml=b"<a>"), ".xlsx", "损坏"),
    "entities in a workbook": (package(xl__workbook_xml=ENTITIES), ".xlsx", "损坏"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, ".png", "图片"),
    "bytes": (bytes(range(256)) * 9, ".txt", "无法识别"),
    "empty page": (b"<!-- -->", ".html", "网页"),
    "another page": ("<html><body><h1>天气预报</h1><p>晴。</p></body></html>".encode(), ".html", "标题"),
    "another text": ("采购合同\n\n甲方：某某局\n".encode(), ".txt", "标题"),
    "another document": (
        package(
            word__document_xml=b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
        ),
        ".docx",
        "标题",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_report_is_told_in_one_sentence(name: str) -> None:
    """There is no report, one error with a remedy, and the file counts as unreadable."""
    raw, suffix, word = REFUSED[name]
    published = read_bytes(raw, suffix)
    assert published.report is None
    assert published.unreadable
    (finding,) = published.findings
    assert finding.code is (codes.IMPORT_NO_REPORT if word == "标题" else codes.IMPORT_UNREADABLE)
    assert finding.is_error
    assert word in finding.message
    assert finding.hint


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    """A file beyond the limit is refused by its size."""
    path = tmp_path / "huge.docx"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    published = read_published(path)
    assert published.unreadable
    assert "太大" in published.findings[0].message


def test_a_path_without_a_file_is_told(tmp_path: Path) -> None:
    """A missing file and a folder are unreadable."""
    for path in (tmp_path / "missing.docx", tmp_path):
        assert read_published(path).unreadable


@pytest.mark.parametrize("title", ["政府信息公开工作年度报告", "某某局2018年政府信息公开工作年度报告"])
def test_a_year_is_never_guessed(title: str) -> None:
    """Without a year that has a form, there is no report; the file is one all the same."""
    text = f"{title}\n一、总体情况\n无\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
    published = read_bytes(text.encode(), ".txt")
    assert published.report is None
    assert not published.unreadable
    assert [finding.code.name for finding in published.findings] == ["E612"]


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".docx", ".txt", ".html"])
@given(seed=st.integers(0, 10**9))
def test_nothing_that_a_file_holds_ends_in_an_exception(suffix: str, seed: int) -> None:
    """Bytes changed, doubled or cut out of a report give a report or a finding."""
    random = Random(seed)  # noqa: S311  # a fixed seed is the point
    report = Report(2023, layouts()[-1], "某某局")
    raw = FORMATS[suffix]("某某局2023年政府信息公开工作年度报告", tables_of(complete(report)), random)
    text = bytearray(raw)
    for _ in range(random.randrange(1, 8)):
        at = random.randrange(len(text) + 1)
        end = min(at + random.choice((1, 3, 50, 2000)), len(text))
        text[at:end] = random.choice((b"", bytes([random.randrange(256)]), bytes(text[at:end]) * 2, b"\t|", b"<td>"))
    published = read_bytes(bytes(text), suffix)
    assert published.report or any(finding.is_error for finding in published.findings)
