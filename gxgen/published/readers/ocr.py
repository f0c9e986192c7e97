"""Scanned pages: text by optical character recognition, rules by the straight lines in the picture.

Gives the same content as a page of a PDF file with text; digits are accepted, like all others, only under the tables'
arithmetic.  Needs the extra ``gxgen[ocr]``: RapidOCR, whose models are in its package, so it works offline.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

from gxgen.core.text import display_width
from gxgen.published.readers.errors import ReaderError
from gxgen.published.readers.pdf_content import UNKNOWN, Box, Char, PageContent, Rule
from gxgen.published.readers.pdf_tables import RuledTable, ruled_tables

DOTS = 200
"""An inch, at which pages are recognised."""
WIDTH = 595.0
"""Points of a picture's width, whose resolution is not known: A4."""
LARGEST_SIDE = 2400
"""Pixels; larger pictures are made smaller."""
MOST_SCANNED = 20
"""Pages; one takes some seconds of a processor."""
CERTAIN = 0.8
"""Confidence from which a line is taken as it is recognised."""
SHORTEST_RULE = 0.2
"""Inches."""
LEAST_BLACK = 25
"""Dark dots in a cell where something is written: a full stop has as many."""
AROUND = 6
"""Pixels by which a stroke may leave the box of its line."""
INSIDE = 5
"""Pixels from a cell's edges to its inside."""
MISSING = "读扫描件和图片要另装文字识别组件"
INSTALL = '运行 pip install "gxgen[ocr]"，再读一次；识别出来的内容要与原件核对'


def recognised(picture: Any, number: int, width: float) -> PageContent:
    """The content of a page from its picture: a grey array of numpy, *width* points wide."""
    engine = _engine()
    picture = _straightened(picture)
    height = width * picture.shape[0] / picture.shape[1]
    scale = width / picture.shape[1]
    lines = list(_lines(engine, picture))
    chars = [char for line in lines for char in _characters(*line, scale)]
    horizontal, vertical = _rules(picture, [box for _, _, box in lines], scale)
    page = PageContent(number, width, height, tuple(chars), horizontal, vertical)
    missed = _missed(engine, picture, ruled_tables(page)[0], [box for _, _, box in lines], scale)
    return PageContent(number, width, height, (*chars, *missed), horizontal, vertical)


def is_installed() -> bool:
    """Whether there is a recogniser."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": LARGEST_SIDE,
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _asked(engine: Any, picture: Any, *, finds_lines: bool) -> Any:
    """What the engine finds in a picture, or in a line.

    Each call states all three steps: the engine keeps what the call before it said.
    """
    try:
        return engine(picture, use_det=finds_lines, use_cls=False, use_rec=True)
    except Exception as error:  # of ONNX Runtime and OpenCV, which have no common class, for lack of memory
        raise ReaderError("文字识别没有完成，可能是内存不够", "关掉别的程序再读一次；或者找 .docx 文件") from error


def _lines(engine: Any, picture: Any) -> Iterator[tuple[str, float, Box]]:
    """The lines found in a picture: text, confidence, and box in pixels."""
    import cv2

    result = _asked(engine, cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), finds_lines=True)
    if result.txts is None:
        return
    for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        x = [float(corner[0]) for corner in corners]
        y = [float(corner[1]) for corner in corners]
        yield text, float(score), (min(x), min(y), max(x), max(y))


def _characters(text: str, score: float, box: Box, scale: float) -> Iterator[Char]:
    """The characters of a recognised line, its box shared among them; those of a doubtful line are unknown."""
    text = text.strip()
    if not text:
        return
    if score < CERTAIN:
        text = UNKNOWN * len(text)
    left, top, right, bottom = (side * scale for side in box)
    is_vertical = len(text) > 1 and bottom - top > 1.5 * (right - left)
    if is_vertical:
        size = (bottom - top) / len(text)
        for at, one in enumerate(text):
            yield Char(one, left, right, top + size * (at + 0.88), min(size, right - left))
        return
    unit = (right - left) / max(display_width(text), 1)
    size = min(max(2 * unit, 0.6 * (bottom - top)), bottom - top)
    for one in text:
        width = unit * display_width(one)
        if one != " ":
            yield Char(one, left, left + width, (top + bottom) / 2 + 0.38 * size, size)
        left += width


# Rules


def _dark(picture: Any) -> Any:
    """The picture in black (0) and white (255), inverted: what is written is 255."""
    import cv2

    return cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)


def _rules(picture: Any, words: list[Box], scale: float) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The horizontal and the vertical lines of a picture, in points; strokes of the words are none."""
    import cv2

    dark = _dark(picture)
    length = round(SHORTEST_RULE * 72 / scale)
    found: list[tuple[Rule, ...]] = []
    for kernel in ((length, 1), (1, length)):
        shape = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, shape)
        # A line that is not quite straight falls into pieces on neighbouring rows of dots.
        lines = cv2.dilate(lines, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
        _, _, stats, _ = cv2.connectedComponentsWithStats(lines)
        pieces = [tuple(map(float, row[:4])) for row in stats[1:] if not _is_stroke(row, words)]
        boxes = [tuple(side * scale for side in piece) for piece in pieces]
        if kernel[1] == 1:
            found.append(tuple(Rule(y + h / 2, x, x + w) for x, y, w, h in boxes if w > 3 * h))
        else:
            found.append(tuple(Rule(x + w / 2, y, y + h) for x, y, w, h in boxes if h > 3 * w))
    return found[0], found[1]


def _is_stroke(piece: Any, words: list[Box]) -> bool:
    """Whether a straight piece lies in a line of text: it is part of a character."""
    left, top, width, height = map(float, piece[:4])
    return any(
        box[0] - AROUND <= left
        and box[1] - AROUND <= top
        and left + width <= box[2] + AROUND
        and top + height <= box[3] + AROUND
        for box in words
    )


def _straightened(picture: Any) -> Any:
    """The picture turned so that its long lines are level, and not larger than the engine takes."""
    import cv2

    longest = max(picture.shape[:2])
    if longest > LARGEST_SIDE:
        factor = LARGEST_SIDE / longest
        picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    height, width = picture.shape
    lines = cv2.HoughLinesP(_dark(picture), 1, math.pi / 1800, 200, minLineLength=width // 4, maxLineGap=10)
    angles = sorted(
        angle
        for x1, y1, x2, y2 in (lines.reshape(-1, 4) if lines is not None else ())
        if abs(angle := math.degrees(math.atan2(float(y2) - float(y1), float(x2) - float(x1)))) < 5
    )
    angle = angles[len(angles) // 2] if angles else 0.0
    if abs(angle) < 0.05:
        return picture
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)


def _missed(engine: Any, picture: Any, tables: list[RuledTable], words: list[Box], scale: float) -> Iterator[Char]:
    """Characters in cells that were not found on the page: an empty cell is read by itself, others become unclear."""
    dark = _dark(picture)
    for left, top, right, bottom in (map(round, box) for box in words):
        dark[max(top - AROUND, 0) : bottom + AROUND, max(left - AROUND, 0) : right + AROUND] = 0
    for table in tables:
        for cell in table.cells:
            left, top, right, bottom = (round(side / scale) for side in cell.box)
            left, top, right, bottom = left + INSIDE, top + INSIDE, right - INSIDE, bottom - INSIDE
            if right - left < INSIDE or bottom - top < INSIDE:
                continue
            inside = dark[top:bottom, left:right]
            if int((inside > 0).sum()) < LEAST_BLACK:
                continue
            columns, rows = inside.any(axis=0).nonzero()[0], inside.any(axis=1).nonzero()[0]
            box = tuple(map(float, (left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1)))
            text, score = (UNKNOWN, 0.0) if cell.lines else _alone(engine, picture[top:bottom, left:right], columns)
            yield from _characters(text, score, box, scale)  # type: ignore[arg-type]


def _alone(engine: Any, cell: Any, columns: Any) -> tuple[str, float]:
    """What stands in the inked columns of a cell, and how certain it is."""
    import cv2

    crop = cell[:, max(int(columns[0]) - 10, 0) : int(columns[-1]) + 10]
    result = _asked(engine, cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR), finds_lines=False)
    return (result.txts[0], float(result.scores[0])) if result.txts and result.txts[0] else (UNKNOWN, 0.0)
