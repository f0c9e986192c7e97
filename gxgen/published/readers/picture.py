"""Pictures of pages (.png, .jpg, .tif, .bmp): read by optical character recognition."""

from __future__ import annotations

import io
import warnings
from typing import Any

from gxgen.published.document import Pages
from gxgen.published.readers.errors import ReaderError

LARGEST = 80_000_000
"""Pixels: A4 at 900 dots an inch."""


def read(raw: bytes) -> Pages:
    """Read a picture of a page.

    Raises:
        ReaderError: it is damaged or too large, has no text, or the extra ``gxgen[ocr]`` is not installed.
    """
    from gxgen.published.readers import ocr
    from gxgen.published.readers.pdf import document_of

    if not ocr.is_installed():
        raise ReaderError(ocr.MISSING, ocr.INSTALL)
    pages = [ocr.recognised(grey, number, ocr.WIDTH) for number, grey in enumerate(_greys(raw), 1)]
    if not any(page.chars for page in pages):
        raise ReaderError("图片里没有识别出文字", "换一份清楚的扫描件，或者找 .docx 文件")
    return document_of(pages, [page.number for page in pages])


def _greys(raw: bytes) -> list[Any]:
    """Each page in the file as a grey array."""
    import numpy as np
    from PIL import Image, ImageSequence

    from gxgen.published.readers.ocr import MOST_SCANNED

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(raw), formats=("PNG", "JPEG", "TIFF", "BMP")) as image:
                pages = getattr(image, "n_frames", 1)
                if image.width * image.height > LARGEST or pages > MOST_SCANNED:
                    raise ReaderError("图片太大，不像报告", "核对文件")
                return [np.array(_small(frame.convert("L"))) for frame in ImageSequence.Iterator(image)]
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ReaderError("图片已损坏，打不开", "核对文件") from None


def _small(image: Any) -> Any:
    """A page no larger than the engine takes."""
    from gxgen.published.readers.ocr import LARGEST_SIDE

    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    return image
