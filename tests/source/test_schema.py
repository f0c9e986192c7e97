"""The JSON Schema of the data file: it takes what gxgen takes as written, and refuses keys that gxgen does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from gxgen.core import codes
from gxgen.source import read_bytes
from gxgen.source.schema import schema
from gxgen.spec import Layout, address_book, layout_for, layouts
from tests.conftest import ROOT
from tests.strategies import reports
from tests.toml_writer import data_files

VALIDATORS = {layout.first_year: Draft4Validator(schema(layout)) for layout in layouts()}
SAMPLES = sorted((ROOT / "samples").glob("*.toml"))
CASES = sorted(Path(__file__).with_name("cases").glob("*.md"))
DRAFT_4 = {
    *("$schema", "title", "description", "default", "type", "enum", "properties", "required", "additionalProperties"),
    *("anyOf", "items", "additionalItems", "minItems", "maxItems", "minimum", "maximum", "pattern"),
}
"""The keywords that are used: all of Draft 4."""
REFUSED = (codes.UNKNOWN_KEY, codes.OTHER_LAYOUT)


def as_json(value: Any) -> Any:
    """TOML data as an editor hands them to a schema: dates are strings."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value


def problems(text: str) -> list[str]:
    """What the schema of a data file's year says of it: the path and the message of each problem, alternatives too."""
    data = tomli.loads(text)
    year = data.get("year")
    layout = (layout_for(year) if isinstance(year, int) and 0 < year < 10_000 else None) or layouts()[-1]
    errors = list(VALIDATORS[layout.first_year].iter_errors(as_json(data)))
    for error in errors:
        errors += error.context or ()
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in errors]


def schemas_in(part: Any) -> Iterator[dict[str, Any]]:
    """Every schema within a schema."""
    if isinstance(part, dict):
        yield part
        for key, below in part.items():
            for child in below.values() if key == "properties" else [below]:
                yield from schemas_in(child)
    elif isinstance(part, list):
        for below in part:
            yield from schemas_in(below)


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_it_is_a_schema_of_draft_4(layout: Layout) -> None:
    """TOML editors understand Draft 4, so no later keyword is used, and what is used is used rightly."""
    made = schema(layout)
    Draft4Validator.check_schema(made)
    assert made["$schema"] == "http://json-schema.org/draft-04/schema#"
    assert {key for one in schemas_in(made) for key in one} <= DRAFT_4


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_every_key_has_its_official_label(layout: Layout) -> None:
    """The editor shows a row, column, section or topic under the label that the form prints."""
    titles = [one["title"] for one in schemas_in(schema(layout)) if "title" in one]
    nodes = [node for node in address_book(layout).outline.walk() if node.label]
    topics = [topic.label for section in layout.sections for topic in section.topics]
    assert {node.label for node in nodes} | {section.heading for section in layout.sections} | {*topics} <= {*titles}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_as_the_schema_wants_it(path: Path) -> None:
    """The data files of samples/ have nothing underlined."""
    assert problems(path.read_text("utf-8")) == []


@settings(max_examples=150)
@given(st.data())
def test_whatever_way_a_report_is_written_is_taken(data: st.DataObject) -> None:
    """Random reports of both forms, rows as tables or arrays, with and without typed totals, are all valid."""
    text = data.draw(data_files(data.draw(reports())))
    assert problems(text) == []


def wrong_keys() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The cases of wrong keys that are TOML: title, data file, and the addresses of the keys."""
    for page in CASES:
        for title, text in re.findall(
            r"^## (.+)\n(?:(?!```|## ).*\n)*```toml\n((?:.*\n)*?)```$", page.read_text("utf-8"), re.MULTILINE
        ):
            try:
                tomli.loads(text)
            except ValueError:
                continue
            told = read_bytes(text.encode()).findings
            keys = tuple(found.address.replace('"', "") for found in told if found.code in REFUSED)
            if keys:
                yield f"{page.stem}: {title}", text, keys


WRONG_KEYS = list(wrong_keys())


def test_there_are_wrong_keys_to_look_at() -> None:
    """The cases are found where this test looks for them."""
    assert len(WRONG_KEYS) > 30


@pytest.mark.parametrize(("text", "keys"), [case[1:] for case in WRONG_KEYS], ids=[case[0] for case in WRONG_KEYS])
def test_a_wrong_key_is_refused(text: str, keys: tuple[str, ...]) -> None:
    """Each key that gxgen does not know is one that the schema does not know, by its name."""
    said = problems(text)
    for address in keys:
        steps = address.split(".")
        named = [repr(".".join(steps[depth:])) for depth in range(len(steps))]
        assert any("Additional properties" in problem and key in problem for problem in said for key in named)


@pytest.mark.parametrize(
    "line",
    [
        "year = '2023'",
        "published = 20240112",
        "agency = 3",
        "agency = '一\\n二'".replace("'", '"'),
        "disclosure.licences.decisions = -1",
        "disclosure.licences.decisions = 1.5",
        "disclosure.fees.amount = '12.5万元'",
        "disclosure.fees.amount = -1",
        "requests.received = [1, 2, 3]",
        "requests.received = [1, 2, 3, 4, 5, 6, 7, 8]",
        "requests.received = [1, 2, 3, 4, 5, '六']",
        "requests.received = 8",
        "requests.outcome = 8",
        "narrative = '总体平稳。'",
        "narrative.overview = 1",
        "waiver = [{ code = 'W501' }]",
        "waiver = [{ code = 'W501', reason = ' ' }]",
        "waiver = [{ code = 'E302', reason = '属实' }]",
        "waiver = { code = 'W501', reason = '属实' }",
        "vertical = 'true'",
        "departments = ''",
        "departments = []",
        "departments = ['bureaus', 1]",
    ],
)
def test_a_value_that_gxgen_finds_fault_with_is_refused(line: str) -> None:
    """Types, signs, lengths of rows, spellings and waivers without a reason are underlined, as gxgen tells of them."""
    text = line if line.startswith("year") else f"year = 2023\n{line}"
    assert read_bytes(f"{text}\n".encode()).findings
    assert problems(text) != []


@pytest.mark.parametrize("amount", ["3", "103.3879", "'251000元'", "'103.3879万元'", "'1 亿元'"])
def test_an_amount_may_bring_its_unit_where_the_form_prints_none(amount: str) -> None:
    """采购总金额 of the form of 2019 is a number, or a text with a unit; other texts are refused."""
    assert problems(f"year = 2020\ndisclosure.procurement.amount = {amount}\n") == []
    assert problems("year = 2020\ndisclosure.procurement.amount = '很多元'\n") != []


@pytest.mark.parametrize("year", [2018, 2021])
def test_a_year_of_another_form_is_refused(year: int) -> None:
    """The schema of one form says that a year belongs to another."""
    assert not VALIDATORS[2019].is_valid({"year": year})
    assert VALIDATORS[2019].is_valid({"year": 2020})
    assert not VALIDATORS[2019].is_valid({})
