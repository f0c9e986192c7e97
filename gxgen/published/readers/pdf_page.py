"""What a PDF page shows, through PDFium: characters with place and size, and the straight lines that are drawn.

Coordinates are points from the top left corner of the page as it is shown, whatever its rotation.  Text that cannot be
seen (render mode 3, white on white, outside the page, clipped away, painted over) is left out.
"""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from gxgen.published.characters import ORDINARY
from gxgen.published.readers.errors import ReaderError
from gxgen.published.readers.pdf_content import UNCHANGED, UNKNOWN, Box, Char, Matrix, PageContent, Rule, holds, times

MOST_PAGES = 200
MOST_OBJECTS = 30_000
"""Of a page; a page of text that sets every character apart takes two thousand."""
MOST_CHARACTERS = 30_000
MOST_CLIPS = 50
"""Paths that an object is clipped by, and points of one."""
MOST_DEPTH = 6
"""Of drawings within drawings (form XObjects)."""
THICKEST = 3.0
"""Points: what is filled and thinner than this is a line, what is thicker is an area."""
SMALLEST = 1.5
"""Points of type that can be read."""
PALE = 0.93
"""Luminance from which a colour cannot be told from paper."""
INVISIBLE = frozenset((3, 7))
"""Text render modes (ISO 32000-1, 9.3.6): neither filled nor stroked, and clipping only."""


class _Style(NamedTuple):
    """What the characters of one text object share."""

    size: float
    angle: float
    is_visible: bool
    is_pale: bool
    clip: Box | None
    order: int


class _Area(NamedTuple):
    """A filled area, and its place in the order of painting."""

    box: Box
    is_pale: bool
    is_opaque: bool
    order: int


def pages(document: Any) -> Iterator[PageContent]:
    """The pages of an open document.

    Raises:
        ReaderError: a page, or their number, is beyond what a report has.
    """
    if len(document) > MOST_PAGES:
        raise ReaderError(f"有 {len(document)} 页，太长，不像报告", "核对文件")
    for number in range(len(document)):
        with _opened(document, number) as (page, text_page):
            yield _PageReader(page, text_page, number + 1).content()


@contextmanager
def _opened(document: Any, number: int) -> Iterator[tuple[int, int]]:
    api = _api()
    page = api.FPDF_LoadPage(ctypes.cast(document.raw, ctypes.c_void_p).value, number)
    text_page = api.FPDFText_LoadPage(page) if page else None
    try:
        if not text_page:
            raise ReaderError(f"第 {number + 1} 页已损坏，打不开", "用阅读软件打开，另存后再读")
        yield page, text_page
    finally:
        if text_page:
            api.FPDFText_ClosePage(text_page)
        if page:
            api.FPDF_ClosePage(page)


_POINTER, _INT, _UINT, _FLOAT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_float, ctypes.c_double
_PROTOTYPES: dict[str, tuple[Any, ...]] = {
    "FPDF_LoadPage": (_POINTER, _POINTER, _INT),
    "FPDF_ClosePage": (None, _POINTER),
    "FPDF_GetPageBoundingBox": (_INT, _POINTER, _POINTER),
    "FPDFPage_GetRotation": (_INT, _POINTER),
    "FPDFPage_CountObjects": (_INT, _POINTER),
    "FPDFPage_GetObject": (_POINTER, _POINTER, _INT),
    "FPDFFormObj_CountObjects": (_INT, _POINTER),
    "FPDFFormObj_GetObject": (_POINTER, _POINTER, ctypes.c_ulong),
    "FPDFPageObj_GetType": (_INT, _POINTER),
    "FPDFPageObj_GetMatrix": (_INT, _POINTER, _POINTER),
    "FPDFPageObj_GetBounds": (_INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER),
    "FPDFPageObj_GetFillColor": (_INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER),
    "FPDFPageObj_GetStrokeColor": (_INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER),
    "FPDFPageObj_GetStrokeWidth": (_INT, _POINTER, _POINTER),
    "FPDFPageObj_HasTransparency": (_INT, _POINTER),
    "FPDFPageObj_GetClipPath": (_POINTER, _POINTER),
    "FPDFClipPath_CountPaths": (_INT, _POINTER),
    "FPDFClipPath_CountPathSegments": (_INT, _POINTER, _INT),
    "FPDFClipPath_GetPathSegment": (_POINTER, _POINTER, _INT, _INT),
    "FPDFPath_GetDrawMode": (_INT, _POINTER, _POINTER, _POINTER),
    "FPDFPath_CountSegments": (_INT, _POINTER),
    "FPDFPath_GetPathSegment": (_POINTER, _POINTER, _INT),
    "FPDFPathSegment_GetPoint": (_INT, _POINTER, _POINTER, _POINTER),
    "FPDFPathSegment_GetType": (_INT, _POINTER),
    "FPDFPathSegment_GetClose": (_INT, _POINTER),
    "FPDFText_LoadPage": (_POINTER, _POINTER),
    "FPDFText_ClosePage": (None, _POINTER),
    "FPDFText_CountChars": (_INT, _POINTER),
    "FPDFText_GetUnicode": (_UINT, _POINTER, _INT),
    "FPDFText_GetTextObject": (_POINTER, _POINTER, _INT),
    "FPDFText_GetLooseCharBox": (_INT, _POINTER, _INT, _POINTER),
    "FPDFText_GetCharOrigin": (_INT, _POINTER, _INT, _POINTER, _POINTER),
    "FPDFText_GetMatrix": (_INT, _POINTER, _INT, _POINTER),
    "FPDFText_GetFontSize": (_DOUBLE, _POINTER, _INT),
    "FPDFText_HasUnicodeMapError": (_INT, _POINTER, _INT),
    "FPDFTextObj_GetTextRenderMode": (_INT, _POINTER),
}


@cache
def _api() -> Any:
    """PDFium's functions with plain integers for its handles.

    pypdfium2's own prototypes convert every handle at each call, which takes ten times as long as the call; a page has
    ten thousand calls.
    """
    import pypdfium2.raw as raw

    functions = SimpleNamespace()
    for name, (result, *arguments) in _PROTOTYPES.items():
        address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
        setattr(functions, name, ctypes.PYFUNCTYPE(result, *arguments)(address))
    return functions


OPAQUE = 255
TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5
LINE_TO, BEZIER_TO, MOVE_TO = 0, 1, 2


class _PageReader:
    """Reads one page; buffers for results are shared by all calls."""

    def __init__(self, page: int, text_page: int, number: int) -> None:
        self._api, self._page, self._text_page, self._number = _api(), page, text_page, number
        self._floats = (_FLOAT * 6)()
        self._float_at = tuple(ctypes.addressof(self._floats) + 4 * at for at in range(6))
        self._doubles = (_DOUBLE * 2)()
        self._double_at = tuple(ctypes.addressof(self._doubles) + 8 * at for at in range(2))
        self._colour = (_UINT * 4)()
        self._colour_at = tuple(ctypes.addressof(self._colour) + 4 * at for at in range(4))
        self._modes = (_INT * 2)()
        self._mode_at = tuple(ctypes.addressof(self._modes) + 4 * at for at in range(2))
        self._horizontal: list[Rule] = []
        self._vertical: list[Rule] = []
        self._areas: list[_Area] = []
        self._order: dict[int, int] = {}
        self._forms: dict[int, Matrix] = {}
        """For each object in a form, the form's matrix."""
        self._pictures: list[Box] = []
        self._objects = 0
        self._api.FPDF_GetPageBoundingBox(page, self._float_at[0])
        left, top, right, bottom = self._floats[:4]
        self._width, self._height = abs(right - left), abs(top - bottom)
        rotation = self._api.FPDFPage_GetRotation(page)
        if rotation % 2:  # the box has the extent of the page as it is shown
            right, top = left + self._height, bottom + self._width
        self._shown = _shown(rotation, left, bottom, right, top)
        self._is_upright = rotation == 0

    def content(self) -> PageContent:
        """The page."""
        count = self._api.FPDFPage_CountObjects(self._page)
        self._walk(self._page, count, self._api.FPDFPage_GetObject, UNCHANGED, 0)
        chars, slanted = self._chars()
        area = self._width * self._height
        return PageContent(
            self._number,
            self._width,
            self._height,
            chars,
            tuple(self._horizontal),
            tuple(self._vertical),
            any((box[2] - box[0]) * (box[3] - box[1]) > area / 2 for box in self._pictures),
            slanted,
        )

    # Drawings

    def _walk(self, holder: int, count: int, get: Callable[[int, int], int], matrix: Matrix, depth: int) -> None:
        api = self._api
        self._objects += count
        if self._objects > MOST_OBJECTS:
            raise ReaderError(f"第 {self._number} 页的内容太复杂，不像报告", "用阅读软件打开，另存为 .docx 再读")
        for at in range(count):
            one = get(holder, at)
            kind = api.FPDFPageObj_GetType(one)
            self._order[one] = len(self._order)
            if depth:
                self._forms[one] = matrix
            if kind == PATH:
                self._path(one, matrix)
            elif kind == IMAGE:
                self._pictures.append(self._bounds(one, matrix))
            elif kind == FORM and depth < MOST_DEPTH:
                inner = times(self._matrix(one), matrix)
                self._walk(one, api.FPDFFormObj_CountObjects(one), api.FPDFFormObj_GetObject, inner, depth + 1)

    def _matrix(self, one: int) -> Matrix:
        self._api.FPDFPageObj_GetMatrix(one, self._float_at[0])
        a, b, c, d, e, f = self._floats
        return a, b, c, d, e, f

    def _bounds(self, one: int, matrix: Matrix) -> Box:
        at = self._float_at
        if not self._api.FPDFPageObj_GetBounds(one, at[0], at[1], at[2], at[3]):
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = self._floats[:4]
        return self._box((left, bottom, right, top), matrix)

    def _box(self, user: Box, matrix: Matrix) -> Box:
        """A box of the form's own coordinates as it is shown."""
        first = self._point(user[0], user[1], matrix)
        second = self._point(user[2], user[3], matrix)
        return (
            min(first[0], second[0]),
            min(first[1], second[1]),
            max(first[0], second[0]),
            max(first[1], second[1]),
        )

    def _point(self, x: float, y: float, matrix: Matrix) -> tuple[float, float]:
        a, b, c, d, e, f = matrix
        return self._shown(a * x + c * y + e, b * x + d * y + f)

    def _path(self, one: int, matrix: Matrix) -> None:
        api = self._api
        if not api.FPDFPath_GetDrawMode(one, self._mode_at[0], self._mode_at[1]):
            return
        is_filled, is_stroked = self._modes[0] != 0, self._modes[1] != 0
        if is_filled:
            luminance = self._luminance(one, api.FPDFPageObj_GetFillColor)
            if luminance is not None:
                self._fill(one, self._bounds(one, matrix), luminance >= PALE)
        if is_stroked:
            luminance = self._luminance(one, api.FPDFPageObj_GetStrokeColor)
            if luminance is not None and luminance < PALE:
                self._stroke(one, matrix)

    def _luminance(self, one: int, get: Callable[..., int]) -> float | None:
        """From 0 (black) to 1 (white); None for what cannot be seen through its paint."""
        if not get(one, *self._colour_at):
            return 0.0  # a pattern: painted, in what colours is not known
        red, green, blue, alpha = self._colour
        return (0.299 * red + 0.587 * green + 0.114 * blue) / 255 if alpha > 20 else None

    def _fill(self, one: int, box: Box, is_pale: bool) -> None:
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) > THICKEST:
            is_opaque = self._colour[3] == OPAQUE and not self._api.FPDFPageObj_HasTransparency(one)
            self._areas.append(_Area(box, is_pale, is_opaque, self._order[one]))
        elif not is_pale:
            if width >= height:
                self._horizontal.append(Rule((box[1] + box[3]) / 2, box[0], box[2]))
            if height >= width:
                self._vertical.append(Rule((box[0] + box[2]) / 2, box[1], box[3]))

    def _stroke(self, one: int, matrix: Matrix) -> None:
        api = self._api
        count = api.FPDFPath_CountSegments(one)
        if count > MOST_OBJECTS:
            return
        matrix = times(self._matrix(one), matrix)
        start = last = (0.0, 0.0)
        for at in range(count):
            segment = api.FPDFPath_GetPathSegment(one, at)
            api.FPDFPathSegment_GetPoint(segment, self._float_at[0], self._float_at[1])
            point = self._point(self._floats[0], self._floats[1], matrix)
            kind = api.FPDFPathSegment_GetType(segment)
            if kind == MOVE_TO:
                start = point
            elif kind == LINE_TO:
                self._straight(last, point)
            last = point
            if api.FPDFPathSegment_GetClose(segment):
                self._straight(last, start)
                last = start

    def _straight(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        across, down = abs(one[0] - other[0]), abs(one[1] - other[1])
        if down <= 0.5 and across > 0:
            self._horizontal.append(Rule((one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0])))
        elif across <= 0.5 and down > 0:
            self._vertical.append(Rule((one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1])))

    # Text

    def _chars(self) -> tuple[tuple[Char, ...], str]:
        """What can be read, and what stands at an angle."""
        api, text_page = self._api, self._text_page
        count = api.FPDFText_CountChars(text_page)
        if count > MOST_CHARACTERS:
            raise ReaderError(f"第 {self._number} 页的文字太多，不像报告", "核对文件")
        styles: dict[int, _Style] = {}
        found: list[tuple[Char, _Style]] = []
        slanted: list[str] = []
        for at in range(count):
            one = api.FPDFText_GetTextObject(text_page, at)
            if not one:  # a space or a line end that PDFium has added
                continue
            style = styles.get(one)
            if style is None:
                style = styles[one] = self._style(one, at)
            if style.is_visible:
                char = self._char(at, style)
                if style.angle % 90:
                    slanted.append(char.text)
                else:
                    found.append((char, style))
        covered = self._covered(found)
        seen = (char for at, (char, style) in enumerate(found) if at not in covered and self._is_seen(char, style))
        return tuple(seen), "".join(slanted)

    def _is_seen(self, char: Char, style: _Style) -> bool:
        """Whether a character is on the page, not clipped away, and not in the colour of its ground."""
        across, down = (char.left + char.right) / 2, char.baseline - 0.38 * char.size
        left, top, right, bottom = style.clip or (0.0, 0.0, self._width, self._height)
        if not (left <= across <= right and top <= down <= bottom):
            return False
        return not style.is_pale or self._is_on_dark(char)

    def _covered(self, chars: list[tuple[Char, _Style]]) -> set[int]:
        """The places of characters that an area is painted over."""
        first = min((style.order for _, style in chars), default=0)
        areas = [area for area in self._areas if area.is_opaque and area.order > first]
        if not areas:
            return set()
        by_height = sorted((char.middle, at) for at, (char, _) in enumerate(chars))
        covered = set()
        for area in areas:
            for _, at in by_height[bisect_left(by_height, (area.box[1], 0)) : bisect_left(by_height, (area.box[3], 0))]:
                char, style = chars[at]
                if style.order < area.order and area.box[0] <= char.center <= area.box[2]:
                    covered.add(at)
        return covered

    def _is_on_dark(self, char: Char) -> bool:
        """Whether a pale character can be seen: the last area painted below it is dark."""
        areas = [area for area in self._areas if holds(area.box, char)]
        return bool(areas) and not areas[-1].is_pale

    def _char(self, at: int, style: _Style) -> Char:
        api, text_page, floats, doubles = self._api, self._text_page, self._floats, self._doubles
        is_unknown = api.FPDFText_HasUnicodeMapError(text_page, at)
        text = UNKNOWN if is_unknown else _character(api.FPDFText_GetUnicode(text_page, at))
        api.FPDFText_GetCharOrigin(text_page, at, *self._double_at)
        x, y = self._shown(doubles[0], doubles[1])
        width = style.size
        if not style.angle:
            api.FPDFText_GetLooseCharBox(text_page, at, self._float_at[0])
            if self._is_upright:
                width = floats[2] - doubles[0]
            else:
                left, top, right, bottom = floats[:4]
                width = max(self._shown(right, top)[0], self._shown(left, bottom)[0]) - x
            if not 0 < width <= 1.5 * style.size:
                width = style.size
        return Char(text, x, x + width, y, style.size)

    def _style(self, one: int, at: int) -> _Style:
        api = self._api
        api.FPDFText_GetMatrix(self._text_page, at, self._float_at[0])
        a, b, c, d = self._floats[:4]
        size = api.FPDFText_GetFontSize(self._text_page, at) * math.hypot(c, d)
        angle = 0
        if b or a < 0 or not self._is_upright:
            first, second = self._shown(0.0, 0.0), self._shown(a, b)
            angle = round(math.degrees(math.atan2(first[1] - second[1], second[0] - first[0])))
        mode = api.FPDFTextObj_GetTextRenderMode(one)
        luminance = self._luminance(one, api.FPDFPageObj_GetStrokeColor if mode == 1 else api.FPDFPageObj_GetFillColor)
        is_visible = size >= SMALLEST and mode not in INVISIBLE and luminance is not None
        is_pale = luminance is not None and luminance >= PALE
        return _Style(size, float(angle), is_visible, is_pale, self._clip(one), self._order.get(one, 0))

    def _clip(self, one: int) -> Box | None:
        """The part of the page that an object is shown in; None for all of it."""
        api = self._api
        path = api.FPDFPageObj_GetClipPath(one)
        count = api.FPDFClipPath_CountPaths(path) if path else 0
        if count <= 0:
            return None
        matrix = self._forms.get(one, UNCHANGED)
        left, top, right, bottom = 0.0, 0.0, self._width, self._height
        for at in range(min(count, MOST_CLIPS)):
            points = []
            for number in range(min(api.FPDFClipPath_CountPathSegments(path, at), MOST_CLIPS)):
                segment = api.FPDFClipPath_GetPathSegment(path, at, number)
                api.FPDFPathSegment_GetPoint(segment, self._float_at[0], self._float_at[1])
                points.append(self._point(self._floats[0], self._floats[1], matrix))
            if points:
                left, right = max(left, min(x for x, _ in points)), min(right, max(x for x, _ in points))
                top, bottom = max(top, min(y for _, y in points)), min(bottom, max(y for _, y in points))
        return left, top, right, bottom


def _character(code: int) -> str:
    if code < 32 or code == 0xFFFE or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return UNKNOWN
    return ORDINARY.get(code) or chr(code)


def _shown(
    rotation: int, left: float, bottom: float, right: float, top: float
) -> Callable[[float, float], tuple[float, float]]:
    """From the page's own coordinates to those of the page as it is shown."""
    turns: tuple[Callable[[float, float], tuple[float, float]], ...] = (
        lambda x, y: (x - left, top - y),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (top - y, right - x),
    )
    return turns[rotation % 4]
