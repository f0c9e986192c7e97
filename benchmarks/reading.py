"""Reading published reports against common libraries that walk the same tables, in one run.

    python benchmarks/reading.py [--rounds 15]

A sample is built as .docx and as .html.  Reading and checking it, as ``gxgen audit`` does with each report of a folder,
runs in turn with python-docx visiting the text of every cell of every table, and with BeautifulSoup and
pandas.read_html (where they are installed).  The ratio of every pair is kept, so that a machine that slows down slows
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
    rounds = parser.parse_args().rounds
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


if __name__ == "__main__":
    main()
