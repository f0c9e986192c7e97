"""Sentences in the manner of real reports: what the checks say of each, and that they stay silent about the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen.checks import check
from gxgen.compute import complete
from gxgen.core.findings import Finding
from gxgen.source import read_bytes

FOLDER = Path(__file__).parent / "sentences"
LINE = re.compile(r"- (?P<code>ok|W\d+)(?: `(?P<piece>[^`]+)`)?: (?P<text>.+)")
ABOUT_TEXT = re.compile(r"W50[2-9]|W51\d")
PLACE = re.compile(r"^Place: `(?P<place>[a-z_]+)`\.$", re.MULTILINE)
USUAL_PLACE = "overview"


def sentences() -> Iterator[tuple[str, str, str, str, str]]:
    """Every sentence of the documents: figures, place, code or ``ok``, the piece pointed at, the text."""
    for document in sorted(FOLDER.glob("*.md")):
        content = document.read_text("utf-8")
        figures = re.findall(r"```toml\n(.*?)```", content, re.DOTALL)[0]
        place = PLACE.search(content)
        for found in LINE.finditer(content):
            yield figures, place["place"] if place else USUAL_PLACE, found["code"], found["piece"] or "", found["text"]


def said_of(figures: str, place: str, text: str) -> list[Finding]:
    """What the checks say of a sentence among figures."""
    head, _, tables = figures.partition("[")
    data = f"{head}narrative.{place} = '''{text}'''\n{'[' if tables else ''}{tables}"
    report = read_bytes(data.encode()).report
    assert report, data
    return [finding for finding in check(complete(report)) if ABOUT_TEXT.fullmatch(finding.code.name)]


@pytest.mark.parametrize(("figures", "place", "code", "piece", "text"), list(sentences()))
def test_a_sentence_is_judged_as_a_careful_reader_would(
    figures: str, place: str, code: str, piece: str, text: str
) -> None:
    """A contradiction is told once, at its number or phrase; what is true or about something else is left alone."""
    found = [(finding.code.name, pointed_at(finding, text)) for finding in said_of(figures, place, text)]
    assert found == ([] if code == "ok" else [(code, piece)])


def pointed_at(finding: Finding, text: str) -> str:
    """The piece of the text that a finding points at; nothing where it is about what is not there."""
    return "" if finding.offset is None else text[finding.offset : finding.offset + finding.length]
