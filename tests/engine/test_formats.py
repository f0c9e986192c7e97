"""The formats of a report, and what is kept of a template between runs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from gxgen.compute import complete
from gxgen.core import user_folders
from gxgen.core.errors import TemplateError
from gxgen.core.user_folders import SWITCH
from gxgen.engine import formats
from gxgen.engine.formats import FORMATS
from gxgen.model import Report
from gxgen.packs import Pack, find_pack
from gxgen.spec import layouts
from gxgen.view import Document, compose

DOCUMENTED: dict[str, str | int | Decimal] = {
    "band_fill": "C6D9F1",
    "row_height": Decimal("21.25"),
    "dense_row_height": 17,
}
BANDS: tuple[dict[str, str], ...] = ({"band_fill": ""}, {"band_fill": "FF0000"}, {})
DAMAGES = (b"", b"{", b"[]", b"null", b'{"format": -1}', b"\xff\xfe", b'{"format": 1, "programs": {}, "look": {}}')


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own, and nothing that comes prepared."""
    monkeypatch.setattr(user_folders, "SHIPPED", tmp_path / "none")
    monkeypatch.setenv(SWITCH, str(tmp_path))
    return tmp_path


@pytest.fixture(params=layouts(), ids=lambda layout: str(layout.first_year))
def document(request: pytest.FixtureRequest) -> Document:
    """An all-zero report of either form."""
    return compose(complete(Report(request.param.first_year, request.param, "甲局")))


@pytest.fixture
def national(tmp_path: Path) -> Pack:
    """The national pack."""
    return find_pack("national", tmp_path)


def docx(pack: Pack, document: Document) -> bytes:
    """The document as .docx, as if by a new process."""
    formats._docx.cache_clear()
    return FORMATS["docx"](pack)(document)


def test_a_cold_a_warm_and_no_cache_give_the_same_bytes(
    folder: Path, national: Pack, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept between runs saves time and changes nothing."""
    cold = docx(national, document)
    assert len(list(folder.iterdir())) == 1
    warm = docx(national, document)
    monkeypatch.setenv(SWITCH, "off")
    assert cold == warm == docx(national, document)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_made_again(folder: Path, national: Pack, document: Document, damage: bytes) -> None:
    """Whatever stands in the cache, the document is right, and so is the cache afterwards."""
    expected = docx(national, document)
    (kept,) = folder.iterdir()
    right = kept.read_bytes()
    kept.write_bytes(damage)
    assert docx(national, document) == expected
    assert kept.read_bytes() == right


def test_a_template_that_was_edited_is_prepared_again(folder: Path, national: Pack, document: Document) -> None:
    """The cache goes by what is in the template, not by its name or date."""
    docx(national, document)
    edited = replace(national, word_template=national.word_template + b"\0")
    docx(edited, document)
    assert len(list(folder.iterdir())) == 2


def test_a_template_that_cannot_be_used_is_not_kept(folder: Path, national: Pack, document: Document) -> None:
    """What fails to be prepared fails again in the next run."""
    for _ in range(2):
        with pytest.raises(TemplateError):
            docx(replace(national, word_template=b"no template"), document)
    assert not list(folder.iterdir())


def test_plain_text_asks_nothing_of_a_template(folder: Path, national: Pack, document: Document) -> None:
    """The text of a report can be had even where its Word template is unusable."""
    render = FORMATS["txt"](replace(national, word_template=b"no template"))
    assert document.title in render(document).decode("utf-8")
    assert not list(folder.iterdir())


def test_the_bands_take_the_colour_of_the_pack(folder: Path, national: Pack, document: Document) -> None:
    """``band_fill`` of pack.toml shows in the document; an empty one is no colour."""
    plain, red, own = (docx(replace(national, table=table), document) for table in BANDS)
    assert len({plain, red, own}) == len(BANDS)
    assert own == docx(national, document)


def test_rows_are_as_high_as_the_pack_says(folder: Path, national: Pack, document: Document) -> None:
    """``row_height`` and ``dense_row_height`` are points; the heights that are documented are those without them."""
    assert docx(replace(national, table=DOCUMENTED), document) == docx(national, document)
    assert docx(replace(national, table={"dense_row_height": 18}), document) != docx(national, document)
