"""Whole reports as agencies published them: what is read is what their truth files say is printed.

The folder is named by the environment variable GXGEN_SHARED; the facts in it are public, its texts no part of gxgen.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gxgen.model import Figure, Money
from gxgen.published import Published, read_published
from gxgen.spec import Layout, entries

SHARED = Path(os.environ["GXGEN_SHARED"]) if "GXGEN_SHARED" in os.environ else None
REAL = sorted((SHARED / "real").glob("*.truth.json")) if SHARED else []

pytestmark = pytest.mark.skipif(SHARED is None, reason="GXGEN_SHARED does not name the folder of real reports")

ALLOWED = {"W622", "I619"}
"""Misprints are the agency's, and a site's frame is left out; nothing else may be said of a report read whole."""


def report_beside(truth: Path) -> Path:
    """The report that a truth file is about."""
    stem = truth.name.removesuffix(".truth.json")
    return next(path for path in sorted(truth.parent.glob(f"{stem}.*")) if path != truth)


def printed(truth: Mapping[str, Any], layout: Layout) -> Iterator[tuple[str, str]]:
    """Every figure that a truth file has, by address."""
    disclosure, _, disputes = (entries(table) for _, table in layout.tables)
    rows = (row if isinstance(row, list) else [row] for row in truth["t2"])
    for entry, figure in zip(disclosure, (figure for row in rows for figure in row), strict=True):
        yield entry.address, str(figure)
    columns = ["individual", "business", "research", "public_welfare", "legal_services", "other", "total"]
    for row, figures in truth["t3"].items():
        for column, figure in zip(columns, figures, strict=True):
            yield f"requests.{row}.{column}", str(figure)
    for entry, figure in zip(disputes, truth["t4"], strict=True):
        yield entry.address, str(figure)


def shown(figure: Figure | None) -> str:
    """A figure as a truth file spells it."""
    if isinstance(figure, Money):
        return str(figure)
    return f"{figure.normalize():f}" if isinstance(figure, Decimal) else str(figure)


def wrong(published: Published, truth: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Every figure that is not as printed."""
    report = published.report
    assert report
    read = {**report.figures, **report.assertions}
    pairs = ((address, figure, shown(read.get(address))) for address, figure in printed(truth, report.layout))
    return {address: (figure, found) for address, figure, found in pairs if figure != found}


@pytest.mark.parametrize("truth", REAL, ids=[path.name.removesuffix(".truth.json") for path in REAL])
def test_a_published_report_is_read_whole(truth: Path) -> None:
    """Agency, year and every figure are as printed, and no note is false."""
    expected = json.loads(truth.read_text(encoding="utf-8"))
    published = read_published(report_beside(truth))
    assert published.report
    assert (published.report.agency, published.report.year) == (expected["agency"], expected["year"])
    assert wrong(published, expected) == {}
    assert {finding.code.name for finding in published.findings} <= ALLOWED
    tables = {address for address in published.report.unread if not address.startswith("narrative.")}
    assert not tables


SEEDS = sorted((SHARED / "seeds").glob("*.txt")) if SHARED else []
LEFT = {"000": 161, "001": 0, "002": 0, "003": 15, "004": 0}
"""Figures that the text of a seed does not carry: one of the seven of each row of 三; a third of the row of 四."""


@pytest.mark.parametrize("seed", SEEDS, ids=[path.name[:3] for path in SEEDS])
def test_a_seed_is_read_as_far_as_its_text_carries_it(seed: Path) -> None:
    """What is not read is told in at most six notes, cell by cell."""
    published = read_published(seed)
    assert published.report
    told = {address for finding in published.findings for address in finding.unread}
    assert published.report.unread <= told
    assert len(published.report.unread) <= LEFT[seed.name[:3]]
    assert len(published.findings) <= 6
