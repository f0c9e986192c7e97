"""Fixtures that many tests share, and the settings that all random tests start from."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from hypothesis import settings

import gxgen
from gxgen.core.user_folders import SWITCH
from gxgen.engine import failures
from gxgen.packs import SWITCH as CONFIG
from gxgen.render.docx import DocxRenderer, prepare

ROOT = Path(__file__).resolve().parent.parent

# A busy computer is not a slow program: no test fails for the time that an example takes.
settings.register_profile("gxgen", deadline=None, print_blob=True)
settings.register_profile("fast", settings.get_profile("gxgen"), max_examples=10)
settings.load_profile("gxgen")

OWN_SETTINGS = "_hypothesis_internal_use_settings"
"""Where Hypothesis keeps what ``@settings`` asks for; it has no public way to change that afterwards."""

# Hypothesis also draws from the constants of all modules that are loaded, and takes a test for flaky if gxgen loads one
# of its own between two examples.
for module in walk_packages(gxgen.__path__, "gxgen."):
    if not module.name.endswith("__main__"):
        import_module(module.name)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let no random test try more examples than ``--hypothesis-profile fast`` allows, whatever it asks for itself."""
    if config.getoption("--hypothesis-profile") != "fast":
        return
    most = settings.get_profile("fast").max_examples
    for item in items:
        test = getattr(item, "obj", None)
        own = getattr(test, OWN_SETTINGS, None)
        if own is not None and own.max_examples > most:
            setattr(getattr(test, "__func__", test), OWN_SETTINGS, settings(own, max_examples=most))


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests, and the processes that they start, out of the user's own cache and settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SWITCH, str(tmp_path_factory.mktemp("cache")))
        patch.setenv(CONFIG, str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(autouse=True)
def nothing_unforeseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test by gxgen's own errors, which a run tells as findings."""

    def fail(error: Exception) -> None:
        raise error

    monkeypatch.setattr(failures, "unexpected_error", fail)


@pytest.fixture(scope="session")
def national_template() -> bytes:
    """The Word template of the national pack."""
    return (ROOT / "templates" / "national" / "report.docx").read_bytes()


@pytest.fixture(scope="session")
def renderer(national_template: bytes) -> DocxRenderer:
    """A renderer in the look of the national pack."""
    return DocxRenderer(prepare(national_template))


@pytest.fixture(scope="session")
def sample_files() -> tuple[Path, ...]:
    """The data files of samples/."""
    found = tuple(sorted((ROOT / "samples").glob("*.toml")))
    assert found, "samples/ holds no data file"
    return found
