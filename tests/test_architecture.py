"""The one-way pipeline: which part of gxgen may import which, and what a run loads."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "gxgen"
MODULES = sorted(PACKAGE.rglob("*.py"))
SAMPLE = ROOT / "samples" / "xingqing_science_industry_2023.toml"

ALLOWED = {
    # part     may import, besides itself and core
    "core": "",  # the standard library alone, and the version
    "spec": "",
    "model": "spec",
    "compute": "spec model",
    "checks": "spec model compute",
    "source": "spec model",
    "published": "spec model",
    "sheets": "spec model compute published",
    "compare": "spec model compute",
    "view": "spec model compute",
    "render": "view",
    "packs": "",
    "engine": "spec model compute checks source published sheets view render packs",
    "services": "spec model compute checks compare source published sheets view render packs engine",
    "cli": "engine services",
}
HEAVY = ("docx", "docxtpl", "jinja2", "lxml", "rich", "tree_sitter", "wcwidth")
MOST_LINES = 450


def name_of(path: Path) -> str:
    """``gxgen.spec.common`` for gxgen/spec/common.py, ``gxgen.spec`` for its __init__.py."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(module: str) -> str:
    """The part of gxgen that a module belongs to: the first name below ``gxgen``."""
    return f"{module}.".split(".")[1]


def imports(path: Path) -> Iterator[str]:
    """Every module of gxgen that a file imports, wherever in the file the import stands."""
    package = name_of(path).split(".") if path.name == "__init__.py" else name_of(path).split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*start, *(node.module or "").split(".")]).strip(".")
            names = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] == "gxgen")


def parts_imported(part: str) -> set[str]:
    """The other parts that a part imports."""
    files = [path for path in MODULES if part_of(name_of(path)) == part]
    return {part_of(name) for path in files for name in imports(path)} - {part}


def loaded_by(code: str, **environment: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after running *code*."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('LOADED', *sys.modules)"],
        env=os.environ | environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return set(done.stdout.split("LOADED ")[1].split())


@pytest.mark.parametrize("part", ALLOWED)
def test_a_part_imports_only_what_comes_before_it(part: str) -> None:
    """Every import within gxgen is in the table above."""
    assert parts_imported(part) <= {*ALLOWED[part].split(), "core", "__version__"}


def test_every_module_has_its_place_in_the_table() -> None:
    """No part of gxgen stands outside the rules; gxgen itself and __main__ only hand on."""
    parts = {part_of(name_of(path)) for path in MODULES}
    assert parts == {*ALLOWED, "", "__main__"}
    assert parts_imported("__main__") == {"cli"}


CIRCLES = [{"gxgen.render.docx.part_compiler", "gxgen.render.docx.part_program"}]
"""A part that steps do not suffice for compiles its own source when it is first rendered."""


def module_imports() -> dict[str, set[str]]:
    """For each module the modules that it imports, those inside functions and for type checking included."""
    known = {name_of(path) for path in MODULES}
    found: dict[str, set[str]] = {}
    for path in MODULES:
        names = {name if name in known else name.rpartition(".")[0] for name in imports(path)}
        found[name_of(path)] = (names & known) - {name_of(path), "gxgen"}
    return found


def test_no_modules_import_each_other() -> None:
    """Modules can be taken in one order, each after those that it imports; late imports hide no circle."""
    graph = module_imports()
    for circle in CIRCLES:
        first, second = sorted(circle)
        assert second in graph[first] or first in graph[second]
        graph[second].discard(first)
    assert len(tuple(TopologicalSorter(graph).static_order())) == len({*graph, *chain(*graph.values())})


def test_a_renderer_cannot_special_case_a_table() -> None:
    """No module of render imports the specification or the report, by any spelling."""
    assert parts_imported("render").isdisjoint({"spec", "model", "compute", "source"})


def test_the_walk_sees_imports_of_every_spelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports of a package, of a name, relative ones and those inside functions are all found."""
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    folder = tmp_path / "gxgen" / "render"
    folder.mkdir(parents=True)
    module = folder / "text.py"
    module.write_text(
        "import gxgen.spec\nfrom gxgen import model\nfrom ..view import grid\nfrom . import columns\n"
        "def late():\n    from gxgen.compute import complete\nimport os\n",
        "utf-8",
    )
    assert set(imports(module)) == {
        "gxgen.spec",
        "gxgen.model",
        "gxgen.view.grid",
        "gxgen.render.columns",
        "gxgen.compute.complete",
    }


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_stays_small(path: Path) -> None:
    """No module is longer than a reader can hold in mind."""
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


def test_importing_gxgen_loads_nothing_else() -> None:
    """``import gxgen`` is free: no other module of it, and nothing from outside the standard library."""
    loaded = loaded_by("import gxgen") - loaded_by("pass")
    assert {name for name in loaded if name.partition(".")[0] not in sys.stdlib_module_names} == {"gxgen"}


def test_a_build_with_a_warm_cache_loads_no_heavy_library(tmp_path: Path) -> None:
    """The second build of a plain report needs neither Word libraries nor Jinja nor a syntax tree."""
    build = (
        "from pathlib import Path; import gxgen;"
        f"made = list(gxgen.build([Path({str(SAMPLE)!r})], gxgen.Options(Path({str(tmp_path)!r}))));"
        "assert made[0].written, made"
    )
    cache = str(tmp_path / "cache")
    loaded_by(build, GXGEN_CACHE=cache)
    assert loaded_by(build, GXGEN_CACHE=cache).isdisjoint(HEAVY)


def test_a_format_that_is_not_asked_for_is_not_loaded(tmp_path: Path) -> None:
    """A build loads the renderers of its own formats; that of web pages needs no library at all."""
    build = (
        "from pathlib import Path; import gxgen;"
        f"list(gxgen.build([Path({str(SAMPLE)!r})], gxgen.Options(Path({str(tmp_path)!r}), formats=%s)))"
    )
    assert "gxgen.render.html" not in loaded_by(build % ("('docx', 'txt')",))
    of_pages = loaded_by(build % ("('html',)",))
    assert {"gxgen.render.text", "gxgen.render.docx"}.isdisjoint(of_pages)
    assert of_pages.isdisjoint(HEAVY)


def test_the_command_loads_no_heavy_library_either(tmp_path: Path) -> None:
    """The command line adds click to that, and nothing else that is slow to load."""
    arguments = ["gxgen", "build", str(SAMPLE), "-o", str(tmp_path)]
    command = (
        "import sys; from gxgen.cli import main\n"
        f"sys.argv = {arguments!r}\n"
        "try: main()\nexcept SystemExit as end: assert end.code == 0"
    )
    cache = str(tmp_path / "cache")
    loaded_by(command, GXGEN_CACHE=cache)
    loaded = loaded_by(command, GXGEN_CACHE=cache)
    assert "click" in loaded
    assert loaded.isdisjoint(HEAVY)


SLOW = (
    *("docx", "docxtpl", "html.entities", "jinja2", "lxml", "markupsafe", "openpyxl", "platformdirs", "rich"),
    *("tomlkit", "tree_sitter", "wcwidth", "cn2an"),
    *("asyncio", "bz2", "concurrent.futures", "ctypes", "email", "hashlib", "multiprocessing"),
    *("pickle", "pkgutil", "random", "shutil", "socket", "sqlite3", "ssl", "subprocess", "tempfile"),
    *("unittest", "xml.etree.ElementTree", "zipfile"),
)
"""What one report can be made without, and what would be noticed in the time that it takes."""


@pytest.mark.parametrize("command", ["build", "check"])
def test_one_report_from_a_cold_start_loads_nothing_slow(command: str, tmp_path: Path) -> None:
    """Even the first ``gxgen build 2023.toml`` of a user loads neither libraries nor parts of Python for other work."""
    arguments = ["gxgen", command, str(SAMPLE), *(("-o", str(tmp_path)) if command == "build" else ())]
    code = (
        f"import sys; before = set(sys.modules)\nfrom gxgen.cli import main\nsys.argv = {arguments!r}\n"
        "try: main()\nexcept SystemExit as end: assert end.code == 0\n"
        "for name in [*sys.modules]:\n"
        "    if name in before: del sys.modules[name]\n"
        "import sys"
    )
    assert loaded_by(code, GXGEN_CACHE="off").isdisjoint(SLOW)


def test_no_pattern_is_compiled_before_it_is_used() -> None:
    """Modules that one report needs say their patterns by gxgen.core.regex, which compiles a few of many."""
    code = (
        "import re, sys; compile = re.compile\n"
        "def told(*settings, **more):\n"
        "    caller = sys._getframe(1).f_globals['__name__']\n"
        "    if caller.startswith('gxgen'): print('COMPILED', caller)\n"
        "    return compile(*settings, **more)\n"
        "re.compile = told\n"
        "import gxgen.cli.build, gxgen.cli.check, gxgen.render.docx, gxgen.render.text"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    assert done.stdout == ""
