"""The drawn Word template is what its script makes, and says in every cell which figure it holds."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest

from gxgen.spec import address_book, layouts
from tests.conftest import ROOT
from tests.docx_reader import read_docx
from tests.render.docx.packages import parts_of


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, which imports the one beside it; tools/ is no package."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    return importlib.import_module("drawn_template")


@pytest.fixture(scope="module")
def template() -> bytes:
    """The template in the tree."""
    return (ROOT / "templates" / "drawn" / "report.docx").read_bytes()


def test_the_template_in_the_tree_is_what_the_script_makes(template: bytes, script: ModuleType) -> None:
    """Nobody changed the one without the other: the parts are the same and stand in the same order."""
    assert list(parts_of(script.package()).items()) == list(parts_of(template).items())


def test_every_figure_has_one_cell_for_each_form_that_has_it(template: bytes) -> None:
    """A figure of both forms is drawn once where the forms' tables are alike, otherwise once in each."""
    texts = list(read_docx(template).texts())
    for layout in layouts():
        for address in address_book(layout).entries:
            own_table = not address.startswith(("reconsideration", "litigation"))
            in_both = all(address in address_book(other).entries for other in layouts())
            assert texts.count(f"{{{{ {address} }}}}") == 1 + (own_table and in_both), address


def test_headings_are_typed_and_no_table_is_a_slot(template: bytes) -> None:
    """What a keeper sees in Word is the report with tags for its figures."""
    lines = [line.text for line in read_docx(template).lines]
    headings = [section.heading for section in layouts()[-1].sections]
    assert [line for line in lines if line in headings] == headings
    assert not [line for line in lines if ".table" in line or ".text" in line]
