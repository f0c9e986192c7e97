"""A .docx as a zip of parts: read with care, written the same each time."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from gxgen.errors import TemplateError

LARGEST = 64 * 1024 * 1024
"""Bytes unpacked; a template has some hundred thousand, a zip bomb has more than this."""
NOT_DOCX = "Word 模板不是有效的 .docx 文件"
SAVE_AS_DOCX = "用 Word 或 WPS 打开后另存为「Word 文档（*.docx）」"


def unpack(raw: bytes) -> dict[str, bytes]:
    """The parts of a package in their order.

    Raises:
        TemplateError: it is no .docx, or one that could not be meant well.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise TemplateError("Word 模板过大", "删去模板中的大图片")
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as error:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX) from error
    if "word/document.xml" not in parts or "[Content_Types].xml" not in parts:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX)
    return parts


def pack(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """The package of *parts*: the same bytes for the same parts, whenever and wherever it is made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content)
    return packed.getvalue()


def replaced(parts: Mapping[str, bytes], by: Mapping[str, bytes]) -> Iterable[tuple[str, bytes]]:
    """The parts with some of them exchanged."""
    return ((name, by.get(name, content)) for name, content in parts.items())
