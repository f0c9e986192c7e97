"""The example of every code, kept in ``examples.md``: a bad data file and the findings on it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

DOCUMENT = Path(__file__).with_name("examples.md")
_SECTION = re.compile(r"^## (?P<code>\w+)\n(?P<body>(?:(?!## ).*\n?)*)", re.MULTILINE)
_FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
LEADS = {"toml": "数据文件：", "text": "gxgen 的回答："}
INDENT = "    "


@cache
def _sections() -> dict[str, str]:
    return {found["code"]: found["body"].strip() for found in _SECTION.finditer(DOCUMENT.read_text(encoding="utf-8"))}


def in_markdown(code: str) -> str:
    """Return the example of a code as Markdown; empty if there is none."""
    return _sections().get(code, "")


def in_terminal(code: str) -> str:
    """Return the example of a code for a terminal, its blocks indented."""
    return _FENCE.sub(_block, in_markdown(code)).replace("\n\n", "\n")


def _block(fence: re.Match[str]) -> str:
    lines = (f"{INDENT}{line}".rstrip() for line in fence["text"].rstrip("\n").split("\n"))
    return "\n".join((LEADS[fence["language"]], *lines))
