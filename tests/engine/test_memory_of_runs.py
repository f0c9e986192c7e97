"""Runs over many reports: what they keep."""

from __future__ import annotations

import gc
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from gxgen.engine.executors import CHUNK
from gxgen.engine.results import Options
from gxgen.engine.run import Run
from tests.engine.test_run import put

SAMPLE = Path(__file__).parents[2] / "samples" / "district_2024.toml"


@pytest.mark.parametrize("pack", ["national", "drawn"])
def test_a_report_leaves_nothing_that_holds_itself(tmp_path: Path, pack: str) -> None:
    """What a report was made of is gone when it is made, in whichever way the template is run.

    A cycle would stay until the collector looks for it, and reports would pile up.
    """
    folder = tmp_path / "in"
    for number in range(5 * CHUNK):
        put(folder, f"{number:04}", f"第{number}局")
    text = SAMPLE.read_text("utf-8")
    for number in range(0, 5 * CHUNK, 2):
        (folder / f"{number:04}.toml").write_text(text.replace("澄溪", f"第{number}"), "utf-8")
    results = iter(Run([folder], Options(tmp_path / "out", formats=("docx", "txt", "html"), pack=pack), write=True))
    assert sum(bool(result.written) for result in islice(results, 2 * CHUNK)) == 2 * CHUNK
    gc.collect()
    before = Counter(type(kept) for kept in gc.get_objects())
    gc.disable()
    try:
        assert sum(bool(result.written) for result in islice(results, 2 * CHUNK)) == 2 * CHUNK
        more = Counter(type(kept) for kept in gc.get_objects()) - before
    finally:
        gc.enable()
    assert not {
        kind.__name__: count for kind, count in more.items() if kind.__module__.startswith("gxgen.") and count > CHUNK
    }
