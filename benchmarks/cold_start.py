"""One report from a cold start, each side a whole process: ``gxgen build`` against a ten-line docxtpl script.

    python benchmarks/cold_start.py [--runs 15] [--sample district_2024]

Both sides render templates/national/report.docx to a .docx on disk; gxgen also reads, checks and computes its data
file and writes plain text.  The two run in turn, and the ratio of every pair is kept, so that a machine that slows down
slows down both.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "templates" / "national" / "report.docx"
SAMPLES = ROOT / "samples"
DOCXTPL_SCRIPT = """
import sys
from docxtpl import DocxTemplate
from markupsafe import Markup

paragraph = Markup("<w:p><w:r><w:t>文字</w:t></w:r></w:p>")
section = {"heading": paragraph, "text": paragraph, "table": paragraph}
template = DocxTemplate(sys.argv[1])
template.render({"title": paragraph, "preamble": paragraph, "sections": [section] * 6}, autoescape=True)
template.save(sys.argv[2])
"""


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """The wall time of a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Run both sides in turn and print the medians and the ratio."""
    parser = argparse.ArgumentParser(description="gxgen build against a docxtpl script, from a cold start.")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--sample", default="xingqing_science_industry_2023", help="a file of samples/")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        script = Path(folder, "ten_lines.py")
        script.write_text(DOCXTPL_SCRIPT, encoding="utf-8")
        environment = os.environ | {"GXGEN_CACHE": str(Path(folder, "cache")), "PYTHONPATH": str(ROOT)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or one side compiles all its modules at every start
        gxgen = [sys.executable, "-m", "gxgen", "build", str(SAMPLES / f"{options.sample}.toml"), "-o", folder]
        docxtpl = [sys.executable, str(script), str(TEMPLATE), str(Path(folder, "docxtpl.docx"))]
        without_cache = environment | {"GXGEN_CACHE": "off"}
        for command in (gxgen, docxtpl):
            seconds(command, environment)
        times = [
            (seconds(gxgen, environment), seconds(gxgen, without_cache), seconds(docxtpl, environment))
            for _ in range(options.runs)
        ]
    names = ("gxgen build", "gxgen build, no cache", "docxtpl script")
    for column, name in enumerate(names):
        ratio = statistics.median(row[column] / row[2] for row in times)
        print(f"{name:24}{1000 * statistics.median(row[column] for row in times):8.0f} ms   {ratio:5.2f} of docxtpl")


if __name__ == "__main__":
    main()
