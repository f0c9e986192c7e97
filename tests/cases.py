"""Data files and what the terminal says of them, as documents.

A page holds cases: a heading, ``toml`` blocks and a ``text`` block, with any sentences between the heading and the
blocks.  The last ``toml`` block is the file ``report.toml``; one before it is named by its first line, a comment such
as ``# 2022.toml``.  The ``text`` block is what ``gxgen check report.toml`` shows; spaces at line ends do not count.
A page about some rules begins with their codes, as ``Codes: `W304`, `W305`.``; its cases then show no other finding.

Run pytest with ``GXGEN_REWRITE=1`` to write the ``text`` blocks anew, and read the diff.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from gxgen.cli.formats import as_text
from gxgen.engine.results import Result
from gxgen.services.building import check

REPORT = "report.toml"
TOML = re.compile(r"```toml\n((?:.*\n)*?)```\n")
CASE = re.compile(
    r"^## (?P<title>.+)\n(?:(?!```|## ).*\n)*"
    r"(?P<files>(?:```toml\n(?:.*\n)*?```\n\n)+)```text\n(?P<told>(?:.*\n)*?)```$",
    re.MULTILINE,
)
CODES = re.compile(r"^Codes: (.+)$", re.MULTILINE)
NAMED = re.compile(r"# (\S+\.toml)\n")


@dataclass(frozen=True)
class Case:
    """One case of a page."""

    page: Path
    title: str
    files: tuple[tuple[str, str], ...]
    """Names and texts; the report comes last."""
    told: str
    codes: frozenset[str]
    """The codes that the page is about; none stands for all."""

    def __str__(self) -> str:
        return f"{self.page.stem}: {self.title}"

    def answer(self, desk: Path) -> str:
        """What is told of the report when the files lie in a folder, which is the current one."""
        for name, text in self.files:
            (desk / name).parent.mkdir(parents=True, exist_ok=True)
            (desk / name).write_bytes(text.encode())
        lines = (line for result in check([Path(REPORT)]) for line in as_text(self._shown(result)))
        told = "".join(f"{line.rstrip()}\n" for line in lines)
        if os.environ.get("GXGEN_REWRITE"):
            self._rewrite(told)
            return self.told
        return told

    def _shown(self, result: Result) -> Result:
        shown = (finding for finding in result.findings if not self.codes or finding.code.name in self.codes)
        return replace(result, findings=tuple(shown))

    def _rewrite(self, told: str) -> None:
        page = self.page.read_text("utf-8")
        case = next(case for case in CASE.finditer(page) if case["title"] == self.title)
        page = page[: case.start("told")] + told + page[case.end("told") :]
        self.page.write_text(page, "utf-8", newline="\n")


def pages(folder: Path) -> list[Path]:
    """The pages of a folder."""
    return sorted(folder.glob("*.md"))


def cases(folder: Path) -> list[Case]:
    """The cases of all pages of a folder."""
    return [case for page in pages(folder) for case in _cases(page)]


def _cases(page: Path) -> Iterator[Case]:
    text = page.read_text("utf-8")
    about = CODES.search(text)
    codes = frozenset(re.findall(r"`(\w+)`", about[1]) if about else ())
    for found in CASE.finditer(text):
        *others, report = TOML.findall(found["files"])
        named = [(name[1], text) for text in others if (name := NAMED.match(text))]
        assert len(named) == len(others), f"{page.name}: {found['title']}: a file has no name"
        yield Case(page, found["title"], (*named, (REPORT, report)), found["told"], codes)


def headings(page: Path) -> list[str]:
    """The headings of a page that should each be a case."""
    return re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)
