"""What a page in Markdown is made of, as far as the tests ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = tuple(sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "samples").glob("*.md")]))

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(?P<is_picture>!?)\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Fence:
    """A fenced block."""

    language: str
    text: str


def name_of(page: Path) -> str:
    """A page's path within the project."""
    return page.relative_to(ROOT).as_posix()


def read(path: Path) -> str:
    """The text of a page."""
    return path.read_text(encoding="utf-8")


def fences(page: str) -> tuple[Fence, ...]:
    """The fenced blocks of a page, in order."""
    return tuple(Fence(*found.groups()) for found in FENCE.finditer(page))


def prose(page: str) -> str:
    """A page without its fenced blocks."""
    return FENCE.sub("", page)


def code(text: str) -> list[str]:
    """The pieces of code within prose."""
    return CODE.findall(prose(text))


def headings(page: str) -> list[tuple[int, str]]:
    """Level and text of every heading."""
    return [(len(marks), text) for marks, text in HEADING.findall(prose(page))]


def links(page: str) -> list[str]:
    """Where the page's links lead."""
    return [found["target"] for found in _references(page) if not found["is_picture"]]


def pictures(page: str) -> list[str]:
    """The page's pictures."""
    return [found["target"] for found in _references(page) if found["is_picture"]]


def rows(page: str) -> list[tuple[str, ...]]:
    """Every row of every table, heads included, as its cells."""
    lines = [line for line in prose(page).splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    return [tuple(cell.strip() for cell in line.strip("| ").split(" | ")) for line in lines]


def anchors(page: str) -> set[str]:
    """What a link within the page may name, spelled as GitHub does."""
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for _, text in headings(page)}


def _references(page: str) -> Iterator[re.Match[str]]:
    return LINK.finditer(CODE.sub("", prose(page)))
