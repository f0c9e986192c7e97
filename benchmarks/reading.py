"""Reading published reports against common libraries that walk the same tables, in one run.

    python benchmarks/reading.py [--rounds 15] [--pdf FILE]

A sample is built as .docx and as .html.  Reading and checking it, as ``gxgen audit`` does with each report of a folder,
runs in turn with python-docx visiting the text of every cell of every table, and with BeautifulSoup and
pandas.read_html (where they are installed).  A PDF file is read as it is laid out, against PDFium's own plain text of
it, without places, and against pdfplumber's.  The ratio of every pair is kept, so that a machine that slows down slows
down both; above 1 gxgen is the faster.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import io
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from gxgen.engine.results import Options
from gxgen.published.readers import read
from gxgen.services.auditing import AuditWorker
from gxgen.services.building import build

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "xingqing_science_industry_2023.toml"


def by_python_docx(path: Path) -> int:
    """The text of every cell, row by row, as scripts do it."""
    from docx import Document

    return sum(len(cell.text) for table in Document(str(path)).tables for row in table.rows for cell in row.cells)


def by_pandas(path: Path) -> int:
    """The page's text by BeautifulSoup, its tables by pandas."""
    soup, pandas = importlib.import_module("bs4"), importlib.import_module("pandas")
    page = path.read_text(encoding="utf-8")
    return len(soup.BeautifulSoup(page, "lxml").get_text()) + sum(map(len, pandas.read_html(io.StringIO(page))))


def by_pdfium(path: Path) -> int:
    """The plain text of every page, in the order of the file."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return sum(len(page.get_textpage().get_text_range()) for page in document)


def by_pdfplumber(path: Path) -> int:
    """The text of every page, put in lines."""
    with importlib.import_module("pdfplumber").open(path) as document:
        return sum(len(page.extract_text()) for page in document.pages)


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(name: str, ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> None:
    """Print the medians of both sides and of their ratio."""
    ours()
    theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    ratios = [their / our for our, their in pairs]
    our, their = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    print(f"{name}: {our:.1f} ms against {their:.1f} ms, ratio {statistics.median(ratios):.2f}")


def main() -> None:
    """Build the sample, read it both ways, and print the ratios."""
    parser = argparse.ArgumentParser(description="Reading published reports against python-docx and pandas.")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--pdf", type=Path, help="a report as PDF, to compare with PDFium and pdfplumber")
    arguments = parser.parse_args()
    rounds, pdf = arguments.rounds, arguments.pdf
    with TemporaryDirectory() as folder:
        results = list(build([SAMPLE], Options(Path(folder), formats=("docx", "html"))))
        files = {path.suffix: path for result in results for path in result.written}
        auditor = AuditWorker(Options())

        def audit(suffix: str) -> object:
            return auditor.audit([str(files[suffix])])

        compare("docx, python-docx", lambda: audit(".docx"), lambda: by_python_docx(files[".docx"]), rounds)
        if all(importlib.util.find_spec(name) for name in ("pandas", "bs4", "lxml")):
            compare("html, pandas", lambda: audit(".html"), lambda: by_pandas(files[".html"]), rounds)
        else:
            print("html, pandas: not installed")
        if pdf:
            raw = pdf.read_bytes()
            compare("pdf, PDFium's plain text", lambda: read(raw, ".pdf"), lambda: by_pdfium(pdf), rounds)
            if importlib.util.find_spec("pdfplumber"):
                compare("pdf, pdfplumber", lambda: read(raw, ".pdf"), lambda: by_pdfplumber(pdf), rounds)


if __name__ == "__main__":
    main()
