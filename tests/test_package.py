"""The wheel: what is in it, and that it works alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from email.parser import Parser
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest

import gxgen
from tests.tools.test_prepared_templates import prepared_templates

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "xingqing_science_industry_2023.toml"
TITLE = "兴庆区科学技术和工业信息化局2023年政府信息公开工作年度报告"
MUST_HOLD = (
    "gxgen/__init__.py",
    "gxgen/py.typed",
    "gxgen/cli/__init__.py",
    "gxgen/templates/drawn/pack.toml",
    "gxgen/templates/drawn/report.docx",
    "gxgen/templates/hubei/pack.toml",
    "gxgen/templates/national/pack.toml",
    "gxgen/templates/national/report.docx",
    "gxgen/templates/ningxia/pack.toml",
)


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command that must succeed, without this checkout on its path; what it prints."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "GXGEN_CACHE"}}
    done = subprocess.run(command, cwd=cwd, env=inherited | environment, capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    if done.returncode and "NewConnectionError" in said and "CI" not in os.environ:
        pytest.skip("the package index cannot be reached, and the wheel's dependencies must come from somewhere")
    assert not done.returncode, said
    return done.stdout.decode("utf-8")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout; without an environment of its own where the build backend is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    isolation = ["--no-isolation"] if find_spec("hatchling") else []
    run(sys.executable, "-m", "build", "--wheel", *isolation, "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the wheel, what it depends on, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=folder)
    return python


def test_the_wheel_holds_the_templates_and_the_types(wheel: Path) -> None:
    """Everything that the program needs at run time is in the wheel."""
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert names.issuperset(MUST_HOLD)
        prepared = {name: archive.read(name) for name in names if name.startswith("gxgen/prepared/")}
        assert prepared == {f"gxgen/prepared/{name}": content for name, content in prepared_templates().items()}
        for path in (ROOT / "templates").rglob("*.*"):
            inside = f"gxgen/{path.relative_to(ROOT).as_posix()}"
            assert archive.read(inside) == path.read_bytes()


def test_the_wheel_holds_every_module_and_nothing_else(wheel: Path) -> None:
    """No tests, samples or tools: only gxgen and its own records."""
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "gxgen").rglob("*.py")}
    assert {name for name in names if name.endswith(".py")} == modules
    records = f"gxgen-{gxgen.__version__}.dist-info"
    assert {name.split("/")[0] for name in names} == {"gxgen", records}


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    """Name, version, Python, licence and description are in the metadata."""
    with ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        about = Parser().parsestr(archive.read(metadata).decode("utf-8"))
    assert (about["Name"], about["Version"]) == ("gxgen", gxgen.__version__)
    assert (about["Requires-Python"], about["License-Expression"]) == (">=3.11", "MIT")
    assert about["Summary"]
    assert "# gxgen" in str(about.get_payload())


def test_the_wheel_alone_builds_a_sample(installed: Path, tmp_path: Path) -> None:
    """In an empty environment and another folder, the command is there and makes both files."""
    command = installed.with_name("gxgen.exe" if sys.platform == "win32" else "gxgen")
    (tmp_path / "2023.toml").write_bytes(SAMPLE.read_bytes())
    utf_8 = {"PYTHONUTF8": "1", "GXGEN_CACHE": "off"}
    assert run(command, "--version", cwd=tmp_path).strip() == f"gxgen {gxgen.__version__}"
    made = run(command, "build", "2023.toml", "-o", "out", cwd=tmp_path, **utf_8).splitlines()
    assert [Path(line).name for line in made] == [f"{TITLE}.docx", f"{TITLE}.txt"]
    where = run(installed, "-c", "import gxgen; print(gxgen.__file__)", cwd=tmp_path, **utf_8)
    assert Path(where.strip()).is_relative_to(installed.parent.parent)


def test_the_first_report_of_an_installed_wheel_loads_no_docxtpl(installed: Path, tmp_path: Path) -> None:
    """The prepared templates are found: without a cache, neither docxtpl nor lxml nor Jinja is loaded."""
    build = (
        "import sys; from pathlib import Path; import gxgen;"
        f"made = list(gxgen.build([Path({str(SAMPLE)!r})], gxgen.Options(Path({str(tmp_path)!r}))));"
        "assert made[0].written, made; print(*sys.modules)"
    )
    loaded = set(run(installed, "-c", build, cwd=tmp_path, GXGEN_CACHE="off").split())
    assert "gxgen.render.docx" in loaded
    assert loaded.isdisjoint({"docxtpl", "jinja2", "lxml"})


def test_the_wheel_makes_the_same_bytes_as_the_checkout(installed: Path, tmp_path: Path) -> None:
    """What is installed is what is tested here."""
    arguments = ("-m", "gxgen", "build", SAMPLE, "--to", "docx", "-o")
    run(installed, *arguments, tmp_path / "wheel", cwd=tmp_path, GXGEN_CACHE="off")
    run(sys.executable, *arguments, tmp_path / "checkout", cwd=ROOT, GXGEN_CACHE="off")
    one, other = (tmp_path / name / f"{TITLE}.docx" for name in ("wheel", "checkout"))
    assert one.read_bytes() == other.read_bytes()


def test_the_wheel_brings_no_tools_for_development(installed: Path, tmp_path: Path) -> None:
    """Who installs gxgen gets what it runs on, and neither test nor lint tools."""
    listing = run(installed, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check", cwd=tmp_path)
    found = {package["name"].lower() for package in json.loads(listing)}
    assert {"gxgen", "click", "docxtpl"} <= found
    assert found.isdisjoint({"build", "coverage", "hypothesis", "mypy", "openxml-audit", "pytest", "ruff"})


def test_every_public_name_is_there_and_explained() -> None:
    """Each name of ``__all__`` resolves, says what it is, and is listed once, in order."""
    assert gxgen.__all__ == sorted(set(gxgen.__all__))
    for name in gxgen.__all__:
        thing = getattr(gxgen, name)
        assert name == "__version__" or (thing.__doc__ and not thing.__doc__.startswith(f"{name}(")), name


def test_no_other_name_is_made_up() -> None:
    """A name that is not there is an AttributeError, as of any module."""
    with pytest.raises(AttributeError, match="frobnicate"):
        gxgen.frobnicate  # noqa: B018
    assert not hasattr(gxgen, "Frobnicate")
