"""Reading never raises, whatever a file holds, and every finding has its place in the file."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gxgen.checks import check
from gxgen.cli.formats import as_text, for_programs
from gxgen.compute import complete
from gxgen.core.findings import Finding
from gxgen.engine.results import Result, lines_of
from gxgen.source import place, read_bytes
from tests.conftest import ROOT

# fmt: off
KEYS = ["year", "agency", "narrative", "overview", "requests", "received", "outcome", "total", "disclosure.fees.amount"]
SIGNS = ["=", ".", ",", "[", "]", "[[", "]]", "{", "}", "#", '"', "'", '"""', "'''", "\\", "\\u"]
QUOTING = ["{{", "}}", "{{ year }}", "{% if ", "%}", "{% endif %}"]
VALUES = ["0", "8", "-1", "1.5", "1e5", "nan", "2024-01-12", "true", "8件", "2023年"]
CHINESE = ["自然人", "“", "”", "‘", "，", "、", "＝", "：", "【", "】", "８", "𠮷", "\u3000"]
BLANKS = [" ", "\t", "\n", "\n\n", "\\\n", "\r", "\xa0", "\x85", "\u2028", "\ufeff", "\x00", "\x7f"]
PIECES = [*KEYS, "year = 2023\n", "year = 2020\n", *SIGNS, *QUOTING, *VALUES, *CHINESE, *BLANKS]
# fmt: on
MUTANTS_OF_A_SAMPLE = 800


def examine(raw: bytes) -> tuple[Finding, ...]:
    """Everything that `gxgen check` does with a file's bytes."""
    reading = read_bytes(raw)
    checked = check(complete(reading.report)) if reading.report else ()
    findings = place(reading, (*reading.findings, *checked))
    result = Result(Path("report.toml"), findings, lines_of(reading.text, findings))
    assert list(as_text(result)) or not findings
    assert for_programs("json", [result])
    assert reading.report or any(found.is_error for found in findings), "no report, and no reason given"
    lines = (reading.text or raw.decode("utf-8", "replace")).split("\n")
    for found in findings:
        assert found.position is not None, found
        assert 1 <= found.position.line <= len(lines), found
        assert 1 <= found.position.column <= len(lines[found.position.line - 1]) + 1, found
    return findings


def damaged(raw: bytes, random: Random) -> bytes:
    """*raw* with one to three small things done to it, to its characters or to its bytes."""
    text = raw.decode("utf-8")
    for _ in range(random.randint(1, 3)):
        start = random.randrange(len(text))
        end = start + random.choice([0, 0, 1, 1, 2, 3, 20, 400])
        piece = random.choice(PIECES)
        text = text[:start] + random.choice(["", piece, piece, text[start:end] * 2]) + text[end:]
    raw = text.encode()
    if random.random() < 0.1:
        at = random.randrange(len(raw))
        raw = raw[:at] + random.randbytes(2) + raw[at + 1 :]
    return raw


@given(st.binary())
def test_random_bytes(raw: bytes) -> None:
    """No bytes at all bring reading, checking or showing down."""
    examine(raw)


@settings(max_examples=4000)
@example(['"', "\\"])
@example(['year = 2023\nnarrative.preamble = "{{ year\\r }}"'])
@example(["'", "\n"])
@example(["[narrative]\n", "problems = '''"])
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_random_text_that_looks_like_a_data_file(pieces: list[str]) -> None:
    """No heap of keys, signs and quotes brings reading, checking or showing down."""
    examine("".join(pieces).encode())


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.lists(st.sampled_from(PIECES), max_size=12))
def test_random_text_in_a_narrative_and_below_a_row(inside: list[str], below: list[str]) -> None:
    """No heap of them within a report does."""
    text = "".join(inside)
    examine(f'year = 2023\n[narrative]\nproblems = """{text}"""\n[requests]\n{"".join(below)}\n'.encode())


@pytest.mark.slow
@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*.toml")), ids=lambda path: path.stem)
def test_damaged_samples(sample: Path) -> None:
    """A sample, damaged in hundreds of ways, is still read to a report or to the reasons why not."""
    raw = sample.read_bytes()
    assert not any(found.is_error for found in examine(raw))
    random = Random(20230112)  # noqa: S311 - a seed, so that a failure comes again
    told = {found.code.name for _ in range(MUTANTS_OF_A_SAMPLE) for found in examine(damaged(raw, random))}
    assert {"E102", "E104", "E201", "E202"} <= told
