"""Scans and pictures: recognised where the extra is installed, else refused with what to install."""

from __future__ import annotations

import io
from importlib.util import find_spec

import pypdfium2
import pytest
from PIL import Image

from gxgen.published import read_bytes
from gxgen.published.document import Table
from gxgen.published.readers import ReaderError, ocr, pdf, picture, read
from tests.published.readers.drawn import Drawing, tables

needs_ocr = pytest.mark.skipif(not find_spec("rapidocr"), reason="gxgen[ocr] is not installed")
ROWS = (("first", "31", "4"), ("second", "0", "57"), ("third", "7730.28", "1"))


def page(rows: tuple[tuple[str, ...], ...] = ROWS) -> Image.Image:
    """A page with a ruled table as a picture."""
    drawing = Drawing("Helvetica")
    drawing.table(rows, 100, (60, 160, 260, 360))
    document = pypdfium2.PdfDocument(drawing.bytes())
    image: Image.Image = document[0].render(scale=200 / 72, grayscale=True).to_pil()
    document.close()
    return image.crop((0, 0, image.width, image.height // 3))


def saved(image: Image.Image, form: str) -> bytes:
    """The file of a picture."""
    file = io.BytesIO()
    image.save(file, form, resolution=200)
    return file.getvalue()


@needs_ocr
@pytest.mark.parametrize(("form", "suffix", "angle"), [("PNG", ".png", 0), ("PDF", ".pdf", 0.7)])
def test_a_table_in_a_picture_is_read_by_its_lines(form: str, suffix: str, angle: float) -> None:
    """Every figure in its cell, even on a page that lay askew in the scanner; the page is named as recognised."""
    pages = read(saved(page().rotate(angle, Image.Resampling.BICUBIC, fillcolor=255), form), suffix)
    assert tables(pages) == [[list(row) for row in ROWS]]
    assert pages.recognised == (1,)


@needs_ocr
@pytest.mark.parametrize("left", [580, 800])
def test_what_is_not_recognised_makes_a_cell_unclear(left: int) -> None:
    """A spot beside a figure, or in an empty cell: never taken for nothing."""
    image = page((("first", "31", ""), *ROWS[1:]))
    image.paste(Image.effect_noise((40, 20), 200), (left, 300))
    (table,) = (block for block in read(saved(image, "PNG"), ".png").blocks if isinstance(block, Table))
    assert [bool(cell.unclear) for cell in table.cells[:3]] == [False, left == 580, left == 800]
    assert not any(cell.unclear for cell in table.cells[3:])


@pytest.mark.parametrize(("form", "suffix"), [("PNG", ".png"), ("JPEG", ".jpg"), ("PDF", ".pdf")])
def test_without_the_extra_its_installation_is_named(monkeypatch: pytest.MonkeyPatch, form: str, suffix: str) -> None:
    """In a sentence, not as a missing module."""
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    (finding,) = read_bytes(saved(page(), form), suffix).findings
    assert finding.hint == ocr.INSTALL
    assert "gxgen[ocr]" in ocr.INSTALL


def test_scanned_pages_among_others_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are left out where nothing can recognise them, and the rest is read."""
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    document = pypdfium2.PdfDocument.new()
    drawing = Drawing()
    drawing.table(ROWS, 100, (60, 160, 260, 360))
    for raw in (drawing.bytes(), saved(page(), "PDF")):
        document.import_pages(pypdfium2.PdfDocument(raw))
    file = io.BytesIO()
    document.save(file)
    pages = pdf.read(file.getvalue())
    assert tables(pages) == [[list(row) for row in ROWS]]
    assert [(omission.kind, omission.page) for omission in pages.omissions] == [("扫描的页", 2)]


def test_a_damaged_picture_is_refused() -> None:
    """Whatever is installed."""
    with pytest.raises(ReaderError):
        picture.read(b"\x89PNG\r\n\x1a\nnothing")


@needs_ocr
def test_a_fax_of_two_pages_is_one_document() -> None:
    """A table goes on over them."""
    file = io.BytesIO()
    page().save(file, "TIFF", save_all=True, append_images=[page((ROWS[0], ("fourth", "5", "6")))])
    pages = read(file.getvalue(), ".tif")
    assert tables(pages) == [[*(list(row) for row in ROWS), ["fourth", "5", "6"]]]
    assert pages.recognised == (1, 2)


def test_an_engine_that_fails_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """It needs memory that not every machine has, and raises what it likes."""
    pytest.importorskip("cv2")

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("bad allocation")

    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "_engine", lambda: fails)
    (finding,) = read_bytes(saved(page(), "PNG"), ".png").findings
    assert "内存" in finding.message
