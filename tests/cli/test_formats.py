"""Findings for programs: JSON, the workflow commands of GitHub Actions, and SARIF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from gxgen.cli.formats import FOR_PROGRAMS, as_text, for_programs
from gxgen.core.codes import CODES
from gxgen.core.findings import Code, Finding, Position, RelatedLocation
from gxgen.engine.results import Result
from gxgen.services.building import check
from tests.cli.running import gxgen

ROOT = Path(__file__).resolve().parent.parent.parent
OF_JSON = Draft202012Validator(json.loads((ROOT / "docs" / "findings.schema.json").read_text("utf-8")))
OF_SARIF = Draft7Validator(json.loads(Path(__file__).with_name("sarif.schema.json").read_text("utf-8")))

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("%:,\r\n\t\u2028“："), max_size=20)
POSITIONS = st.none() | st.builds(Position, st.integers(1, 9), st.integers(1, 9), st.integers(0, 9))
RELATED = st.builds(
    RelatedLocation, TEXTS, file=st.sampled_from(["2022.toml", "上年/2022 年报.toml"]), position=POSITIONS
)
FINDINGS = st.builds(
    Finding,
    st.sampled_from(CODES),
    address=TEXTS,
    message=TEXTS.filter(bool),
    hint=TEXTS,
    position=POSITIONS,
    related=st.lists(RELATED, max_size=2, unique=True).map(tuple),
)
WAIVED = st.builds(
    Finding,
    st.sampled_from([code for code in CODES if code.name[0] == "W"]),
    address=TEXTS,
    message=TEXTS.filter(bool),
    waiver=TEXTS.filter(bool),
)
PATHS = st.sampled_from(["2023.toml", "某 局/年报#1%.toml", "/srv/报告:2023,终稿.toml", "..\\x.toml"]).map(Path)
RESULTS = st.lists(st.builds(Result, PATHS, st.lists(FINDINGS | WAIVED, max_size=4).map(tuple)), max_size=3)


def shown(name: str, results: list[Result]) -> str:
    """The results in a format."""
    return for_programs(name, results).decode("utf-8")


def told(results: list[Result], *, waived: bool) -> list[tuple[Result, Finding]]:
    """The findings of results that are waived, or those that are not."""
    return [(result, found) for result in results for found in result.findings if bool(found.waiver) is waived]


# JSON


@given(RESULTS)
def test_the_json_is_what_its_schema_says(results: list[Result]) -> None:
    """Whatever is found, the answer is of the shape that docs/findings.schema.json publishes."""
    answer = json.loads(shown("json", results))
    assert list(OF_JSON.iter_errors(answer)) == []


@given(RESULTS)
def test_waived_findings_stand_apart_in_json(results: list[Result]) -> None:
    """Whoever counts ``findings`` does not count what is waived; that stands in ``waived`` with its reason."""
    answer = json.loads(shown("json", results))
    assert [found["message"] for found in answer["findings"]] == [
        found.full_message for _, found in told(results, waived=False)
    ]
    assert [(found["message"], found["reason"]) for found in answer["waived"]] == [
        (found.full_message, found.waiver) for _, found in told(results, waived=True)
    ]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"schema": 2},
        {"findings": [{"file": "a.toml"}]},
        {"waived": [{**json.loads(shown("json", []))}]},
        {"findings": None},
    ],
)
def test_the_schema_of_the_json_refuses_what_is_not_of_its_shape(spoilt: dict[str, Any]) -> None:
    """The published schema asks for something: another version, a missing key or a wrong type is refused."""
    answer = json.loads(shown("json", []))
    assert OF_JSON.is_valid(answer)
    assert not OF_JSON.is_valid(answer | spoilt)


# GitHub


def parsed(command: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as its runner reads it: level, properties, message."""
    _, head, message = command.split("::", 2)
    level, _, properties = head.partition(" ")
    pairs = (pair.split("=", 1) for pair in properties.split(","))
    unescape = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}

    def plain(text: str) -> str:
        for escaped, char in unescape.items():
            text = text.replace(escaped, char)
        return text

    return level, {key: plain(value) for key, value in pairs}, plain(message)


@given(RESULTS)
def test_a_finding_is_a_workflow_command_on_one_line(results: list[Result]) -> None:
    """Read as the runner reads it, each line gives level, file, place, code, message and hint back."""
    lines = shown("github", results).split("\n")
    assert lines.pop() == ""
    counted = told(results, waived=False)
    assert len(lines) == len(counted)
    for line, (result, finding) in zip(lines, counted, strict=True):
        level, properties, message = parsed(line)
        assert level == {"E": "error", "W": "warning", "I": "notice"}[finding.code.name[0]]
        assert (properties["file"], properties["title"]) == (result.path.as_posix(), finding.code.name)
        assert message == f"{finding.full_message}\n{finding.hint}".removesuffix("\n" if not finding.hint else "")
        position = finding.position
        if position and position.length:
            assert (properties["line"], properties["col"]) == (str(position.line), str(position.column))
        else:
            assert "line" not in properties


def test_what_is_waived_is_no_workflow_command() -> None:
    """An annotation asks for attention, so a waived finding is none."""
    waived = Finding(CODES[2], "", "文件是 GBK 编码", waiver="只有旧版记事本")
    assert shown("github", [Result(Path("a.toml"), (waived,))]) == ""


# SARIF


@given(RESULTS)
def test_the_sarif_log_is_one(results: list[Result]) -> None:
    """Whatever is found, the log holds to the schema of SARIF 2.1.0 and says how its columns count."""
    log = json.loads(shown("sarif", results))
    assert list(OF_SARIF.iter_errors(log)) == []
    assert "sarif-schema-2.1.0" in log["$schema"]
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"


@given(RESULTS)
def test_every_result_of_the_log_says_what_was_found(results: list[Result]) -> None:
    """Rule, level, text, file, region, address and reason of each result are those of its finding."""
    (run,) = json.loads(shown("sarif", results))["runs"]
    rules = run["tool"]["driver"]["rules"]
    given_findings = [(result, finding) for result in results for finding in result.findings]
    for (result, finding), record in zip(given_findings, run["results"], strict=True):
        assert rules[record["ruleIndex"]]["id"] == record["ruleId"] == finding.code.name
        assert record["level"] == {"E": "error", "W": "warning", "I": "note"}[finding.code.name[0]]
        assert record["message"]["text"].startswith(finding.message)
        (location,) = record["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert unquote(uri.removeprefix("file://")) == result.path.as_posix()
        assert uri.isascii()
        region = location["physicalLocation"].get("region")
        assert (region is not None) is bool(finding.position and finding.position.length)
        if region:
            assert (
                Position(region["startLine"], region["startColumn"], region["endColumn"] - region["startColumn"])
                == finding.position
            )
        assert [one["justification"] for one in record["suppressions"]] == ([finding.waiver] if finding.waiver else [])


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_every_code_is_a_rule_with_help(code: Code) -> None:
    """The log brings each rule with its title, its reason and what to do, of the severity of the code."""
    (run,) = json.loads(shown("sarif", []))["runs"]
    (rule,) = [rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == code.name]
    assert rule["shortDescription"]["text"] == code.title
    assert code.rationale in rule["fullDescription"]["text"]
    assert rule["help"]["text"] == code.remedy


# All of them


DATA = 'year = 2023\nagncy = "某局"\n[[waiver]]\ncode = "W501"\nwhere = "narrative.problems"\nreason = "刚刚组建"\n'


@pytest.mark.parametrize("name", FOR_PROGRAMS)
def test_the_command_line_gives_the_format_and_the_exit_code(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard output is the format alone; the exit code is that of the plain text."""
    monkeypatch.chdir(tmp_path)
    Path("某 局.toml").write_text(DATA, "utf-8")
    run = gxgen("check", "某 局.toml", "--format", name)
    assert run.out == shown(name, list(check([Path("某 局.toml")])))
    assert "E202" in run.out
    assert run.code == gxgen("check", "某 局.toml").code == 1


@given(RESULTS)
def test_text_says_what_is_waived_and_why(results: list[Result]) -> None:
    """In plain text a waived finding is one line about it and one with the reason, in place of excerpt and hint."""
    for result in results:
        lines = list(as_text(result))
        assert sum(line.startswith("  已豁免：") for line in lines) == sum(bool(one.waiver) for one in result.findings)


@pytest.mark.parametrize("name", FOR_PROGRAMS)
def test_a_name_that_is_no_text_does_not_end_a_run(name: str) -> None:
    """A file whose name is not UTF-8 is told of in UTF-8 all the same."""
    assert "E101" in shown(name, list(check([Path("\udcff.toml")])))
