"""Render Word files to a PNG picture a page, with free fonts standing in for the official ones (tools/fonts.conf).

    python tools/page_pictures.py REPORT.docx... -o DIR [--dpi 70]

Needs LibreOffice (soffice) and poppler (pdftoppm). The pictures are DIR/REPORT-1.png, DIR/REPORT-2.png …; their paths
are printed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FONTS = Path(__file__).resolve().with_name("fonts.conf")
PACKAGES = {"soffice": "LibreOffice (Debian: libreoffice-writer-nogui)", "pdftoppm": "poppler (Debian: poppler-utils)"}
TIMEOUT = 120
"""Seconds for one document and one program."""


class PicturesError(Exception):
    """A program is missing, fails or does not end."""


def program(name: str) -> str:
    """Find a program, or say what to install."""
    if found := shutil.which(name):
        return found
    raise PicturesError(f"{name} is not installed: it comes with {PACKAGES[name]}")


def run(name: str, *arguments: str | Path) -> None:
    """Run a program to its end. soffice starts others, so all of its session is stopped when time is up."""
    with subprocess.Popen(
        [program(name), *arguments],
        env=os.environ | {"FONTCONFIG_FILE": str(FONTS)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise PicturesError(f"{name} did not end within {TIMEOUT} seconds") from None
    if process.returncode:
        raise PicturesError(f"{name} failed: {output.strip()}")


def convert(report: Path, scratch: Path) -> Path:
    """Turn a Word file into PDF, in a profile of our own: an open LibreOffice would take the work and drop it."""
    profile = (scratch / "profile").as_uri()
    run("soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", scratch, report)
    pdf = scratch / f"{report.stem}.pdf"
    if not pdf.exists():
        raise PicturesError(f"soffice could not read {report}")
    return pdf


def pictures(report: Path, folder: Path, dpi: int) -> Iterator[Path]:
    """Draw the pages of a Word file into a folder, in order."""
    with TemporaryDirectory() as scratch:
        drawn = Path(scratch) / "pages"
        drawn.mkdir()
        run("pdftoppm", "-png", "-r", str(dpi), convert(report, Path(scratch)), drawn / report.stem)
        for page in sorted(drawn.iterdir()):
            yield Path(shutil.move(page, folder / page.name))


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Render Word files to a PNG picture a page.")
    parser.add_argument("reports", nargs="+", type=Path, metavar="REPORT.docx")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="DIR", help="folder for the pictures")
    parser.add_argument("--dpi", type=int, default=70, help="resolution, 70 unless told")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw every report; 1 at the first that fails."""
    options = parse(arguments)
    options.output.mkdir(parents=True, exist_ok=True)
    try:
        for report in options.reports:
            for picture in pictures(report, options.output, options.dpi):
                print(picture)
    except PicturesError as error:
        print(f"page_pictures: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
