"""What the site makes of pages that are files of the project: links, packages, and nothing from elsewhere."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """tools/site_hook.py, which needs no MkDocs for this."""
    spec = importlib.util.spec_from_file_location("site_hook", ROOT / "tools" / "site_hook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("page", "written", "shown"),
    [
        ("start.md", "[键](data-file.md#数字)", "[键](data-file.md#数字)"),
        ("start.md", "[样例](../samples/README.md)", "[样例](samples.md)"),
        ("contributing.md", "[a](docs/architecture.md#steps)", "[a](architecture.md#steps)"),
        ("contributing.md", "[what changed](CHANGELOG.md)", "[what changed](changelog.md)"),
        ("samples.md", "[键](../docs/data-file.md)", "[键](data-file.md)"),
        ("deviations.md", "in [gxgen/spec](../gxgen/spec), one", "in gxgen/spec, one"),
        ("modules/gxgen.spec.md", "[a](../architecture.md)", "[a](../architecture.md)"),
        ("start.md", "[pipx](https://pipx.pypa.io/), [up](#top)", "[pipx](https://pipx.pypa.io/), [up](#top)"),
        ("start.md", "![page](pictures/pages.png)", "![page](pictures/pages.png)"),
        (
            "start.md",
            "`[a](../gxgen)`\n```toml\n[b](../gxgen)\n```\n",
            "`[a](../gxgen)`\n```toml\n[b](../gxgen)\n```\n",
        ),
    ],
)
def test_a_link_leads_to_where_the_site_has_its_page(hook: ModuleType, page: str, written: str, shown: str) -> None:
    """One to a file that the site does not show becomes its words; code is left alone."""
    assert hook.relinked(written, page) == shown


def test_a_name_in_a_docstring_is_shown_without_its_role(hook: ModuleType) -> None:
    """``:mod:`gxgen.cli``` is ``gxgen.cli`` to a reader; other colons stay."""
    shown = hook.on_page_content(
        "<p>See :mod:<code>gxgen.cli</code>: <code>a</code>:<code>b</code></p>", None, None, None
    )
    assert shown == "<p>See <code>gxgen.cli</code>: <code>a</code>:<code>b</code></p>"


def test_every_page_from_outside_docs_exists(hook: ModuleType) -> None:
    """The files are there, and none takes the name of a page in docs/."""
    assert [name for name in hook.OUTSIDE if not (ROOT / name).is_file()] == []
    assert [name for name in hook.OUTSIDE.values() if (ROOT / "docs" / name).exists()] == []


def test_packages_are_found_and_private_ones_passed_over(hook: ModuleType, tmp_path: Path) -> None:
    """A page is made for each package and module that has no underscore before its name."""
    for name in ("__init__.py", "_own.py", "seen.py", "inner/__init__.py", "data/table.json"):
        path = tmp_path / "thing" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert list(hook.packages(tmp_path / "thing")) == ["thing.inner", "thing.seen"]


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://unpkg.com/shim"></script>',
        "<link rel=stylesheet href=//fonts.example/a.css>",
        "<img alt='' src='http://example.com/a.png'>",
    ],
)
def test_what_a_page_loads_from_elsewhere_is_seen(hook: ModuleType, page: str) -> None:
    """Scripts, style sheets and pictures count."""
    assert hook.LOADED.search(page)


@pytest.mark.parametrize("page", ['<a href="https://pipx.pypa.io/">pipx</a>', '<script src="assets/a.js"></script>'])
def test_a_link_that_a_reader_follows_is_no_loading(hook: ModuleType, page: str) -> None:
    """So are files of the site itself."""
    assert not hook.LOADED.search(page)
