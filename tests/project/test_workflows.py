"""The workflows run what README.md promises, on every Python that pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

from tests.docs.markdown import fences, read

ROOT = Path(__file__).resolve().parent.parent.parent
WORKFLOW = yaml.safe_load(read(ROOT / ".github" / "workflows" / "ci.yml"))
HOOKS = yaml.safe_load(read(ROOT / ".pre-commit-config.yaml"))["repos"][0]["hooks"]
PROJECT: dict[str, Any] = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]


def commands(job: str) -> list[str]:
    """The commands that a job runs."""
    return [step["run"] for step in WORKFLOW["jobs"][job]["steps"] if "run" in step]


def test_the_first_job_types_what_the_readme_says() -> None:
    """It runs the first block of README.md, a command a step, and nothing else."""
    assert commands("test") == fences(read(ROOT / "README.md"))[0].text.splitlines()


def test_every_python_is_tried_from_the_oldest_allowed() -> None:
    """The minor versions on Linux begin with that of requires-python and leave none out."""
    versions = [int(version.removeprefix("3.")) for version in WORKFLOW["jobs"]["test"]["strategy"]["matrix"]["python"]]
    assert PROJECT["requires-python"] == f">=3.{versions[0]}"
    assert versions == list(range(versions[0], versions[-1] + 1))


def test_a_job_can_read_the_repository_and_no_more() -> None:
    """No job asks for rights, and a checkout leaves no token behind."""
    assert WORKFLOW["permissions"] == {"contents": "read"}
    for job in WORKFLOW["jobs"].values():
        assert "permissions" not in job
        checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        assert [step["with"]["persist-credentials"] for step in checkouts] == [False]


def test_no_job_can_hang() -> None:
    """Each has a limit in minutes."""
    assert all(job["timeout-minutes"] <= 45 for job in WORKFLOW["jobs"].values())


def test_the_hooks_use_the_versions_of_make_lint() -> None:
    """What pre-commit installs of ruff is what the extra ``lint`` asks for."""
    in_hooks = {wanted for hook in HOOKS for wanted in hook["additional_dependencies"] if re.match("ruff", wanted)}
    assert in_hooks <= set(PROJECT["optional-dependencies"]["lint"])
    assert in_hooks
