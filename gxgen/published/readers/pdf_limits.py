"""How much a PDF file unpacks to, found before PDFium reads it, which has no limits and cannot be interrupted."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

from gxgen.published.readers.errors import ReaderError

LARGEST_DRAWING = 4 * 1024 * 1024
"""Bytes of a stream that is no picture and no font; a page of figures takes a hundred thousand."""
LARGEST_STREAM = 96 * 1024 * 1024
"""Bytes of a picture: A4 at 600 dots an inch in grey takes 35 million."""
MOST_PACKED = 1100
"""How many times its bytes a stream can unpack to, packed once."""
MOST_STREAMS = 20_000
MOST_NESTED = 20_000
"""How often drawings in drawings may be drawn."""
STREAM = re.compile(rb"stream\r?\n")
DRAWS = re.compile(rb"/[^\s/\[\]<>()]+\s+Do\b")
LONGEST_HEAD = 2000
"""Bytes in which the dictionary of a stream stands before it."""
IS_PICTURE_OR_FONT = re.compile(
    rb"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType|XML)\b|/Length[123]\b|/Type\s*/Metadata"
)
IS_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
IS_FORM = re.compile(rb"/Subtype\s*/Form\b")


def refuse_huge(raw: bytes) -> None:
    """Refuse a file with streams that unpack to more than a report has.

    Raises:
        ReaderError: there is such a stream, or drawings are nested so that a page would be drawn without end.
    """
    nested = 1
    for head, body in _streams(raw):
        size = LARGEST_STREAM if IS_PICTURE_OR_FONT.search(head) else LARGEST_DRAWING
        is_packed_once = len(IS_FLATE.findall(head)) <= 1
        if is_packed_once and len(body) * MOST_PACKED < size and not IS_FORM.search(head):
            continue
        content = _unpacked(body, size) if IS_FLATE.search(head) else body
        if len(content) >= size:
            raise _too_complex()
        if IS_FORM.search(head):
            nested *= max(len(DRAWS.findall(content)), 1)
        if nested > MOST_NESTED:
            raise _too_complex()


def _too_complex() -> ReaderError:
    return ReaderError("PDF 的内容太复杂，不像报告", "用阅读软件打开，另存为 .docx 再读")


def _streams(raw: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """The dictionary of each stream, with what stands before it, and its bytes up to the next stream."""
    view = memoryview(raw)
    starts = [
        (found.start(), found.end())
        for found in STREAM.finditer(raw)
        if raw[found.start() - 3 : found.start()] != b"end"
    ]
    if len(starts) > MOST_STREAMS:
        raise _too_complex()
    before = 0
    for (start, begin), (after, _) in pairwise([*starts, (len(raw), len(raw))]):
        end = raw.rfind(b"endstream", begin, after)
        yield raw[max(before, start - LONGEST_HEAD) : start], view[begin : end if end >= 0 else after]
        before = end if end >= 0 else begin


def _unpacked(body: memoryview, limit: int) -> bytes:
    """The beginning of what a stream unpacks to, packed twice or not; nothing if it is not packed so."""
    content = b""
    data: bytes | memoryview = body
    for _ in range(3):
        try:
            unpacked = zlib.decompressobj().decompress(data, limit)
        except zlib.error:
            break
        content = data = unpacked
        if len(content) >= limit:
            break
    return content
