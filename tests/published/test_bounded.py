"""Files that are made to cost memory or time: refused in a sentence, within a gigabyte and a minute of a processor."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gxgen.published.tables.lines import RULE

TITLE = "某局2023年政府信息公开工作年度报告"
WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MEMORY = 1024**3
SECONDS = 60


def word(document: bytes) -> bytes:
    """A package with a document part."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", document)
    return file.getvalue()


def pdf(pages: int, content: bytes) -> bytes:
    """A PDF whose pages all draw the same."""
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(pages))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        *[page] * pages,
    ]
    text, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(text))
        text += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(text))
    return text + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def page(body: str) -> bytes:
    """A web page."""
    return f"<html><body><h1>{TITLE}</h1>{body}<p>一、总体情况</p></body></html>".encode()


def text(body: str) -> bytes:
    """A plain text."""
    return f"{TITLE}\n一、总体情况\n{body}".encode()


FILES: dict[str, Callable[[], bytes]] = {
    "bomb.docx": lambda: word(b" " * (300 * 1024 * 1024)),
    "elements.docx": lambda: word(f"<w:document {WORDS}><w:body>{'<w:p/>' * 2_500_000}</w:body></w:document>".encode()),
    "deep.docx": lambda: word(f"<w:document {WORDS}>{'<w:sdt>' * 50_000}</w:document>".encode()),
    "deep.html": lambda: page("<div>" * 100_000),
    "deep_tables.html": lambda: page("<table><tr><td>" * 100_000),
    "paragraphs.html": lambda: page("<p>文字</p>" * 1_000_000),
    "one_line.txt": lambda: text("0 " * 25_000_000),
    "lines.txt": lambda: text("信息内容\n" * 100_000),
    "pages.pdf": lambda: pdf(5_000, b"0 0 m 9 9 l S"),
    "strokes.pdf": lambda: pdf(1, b"0 0 m 9 9 l S\n" * 500_000),
    "scanned.pdf": lambda: pdf(3, b""),
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to its limits")
def test_no_file_takes_more_than_its_share(tmp_path: Path) -> None:
    """All of them in one run: each is told, none ends the run, and the limits that the system sets are kept."""
    for name, made in FILES.items():
        (tmp_path / name).write_bytes(made())
    with (tmp_path / "huge.docx").open("wb") as huge:
        huge.truncate(200 * 1024 * 1024)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    command = (sys.executable, "-m", "gxgen", "audit", "-j", "1", str(tmp_path))
    run = subprocess.run(command, preexec_fn=limited, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 2, run.stderr
    told = {
        line.split(": ")[0].rpartition("/")[2]: line.split(": ")[1] for line in run.stdout.splitlines() if "E6" in line
    }
    assert set(told) == {*FILES, "huge.docx"}
    assert {code[:4] for code in told.values()} == {"E610"}
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("line", ["-" * 2000 + "x", "--:" * 700 + "x", "| --- " * 400 + "x"])
def test_a_line_of_strokes_with_a_word_after_it_is_read_in_one_pass(line: str) -> None:
    """Drawn tables broken over lines are full of them; taking each apart in every way would never end."""
    assert not RULE.fullmatch(line)
    assert RULE.fullmatch(line.removesuffix("x"))
