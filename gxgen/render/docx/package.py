"""A .docx as a zip of parts: read with care, written the same each time.

A part that no report changes is written as the bytes that the template's own zip holds, without packing it anew.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from gxgen.core.errors import TemplateError

if TYPE_CHECKING:
    from zipfile import ZipInfo


LARGEST = 64 * 1024 * 1024
"""Bytes unpacked; a template has some hundred thousand, a zip bomb has more than this."""
LARGEST_XML = 8 * 1024 * 1024
"""Bytes of one part that is read and not only copied."""
MOST_PARTS = 1_000
MOST_PACKED, SMALL = 250, 1024 * 1024
"""How many times smaller packing may make a part that is not small; XML comes to 30, a bomb to 1000."""
NOT_DOCX = "Word 模板不是有效的 .docx 文件"
SAVE_AS_DOCX = "用 Word 或 WPS 打开后另存为「Word 文档（*.docx）」"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Word 97 begin, and files with a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
STORED, DEFLATED = 0, 8
"""Methods of packing (APPNOTE.TXT, 4.4.5).  zipfile, which reads templates, is not needed to write a document."""
IS_ENCRYPTED, IS_UTF8 = 0x1, 0x800
LOCAL, CENTRAL, END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
OLDEST = (0, (1 << 5) | 1)
"""Time and date of every entry: 1980-01-01, so that the same report has the same bytes."""
LITTLE = 4096
"""Bytes; for so few, most of the time goes into zlib's tables, which are kept small then."""
FAST = 1
"""Deflate's level for what is made anew: a fifth larger than the default, in half the time."""


class Part(NamedTuple):
    """A part as a zip holds it."""

    method: int
    packed: bytes
    crc: int
    size: int

    def content(self) -> bytes:
        """The part unpacked.

        Raises:
            TemplateError: it is not what it says it is.
        """
        if self.method == STORED:
            content, is_whole = self.packed, True
        else:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            content = inflater.decompress(self.packed, self.size + 1)
            is_whole = inflater.eof and not inflater.unused_data
        if not is_whole or len(content) != self.size or zlib.crc32(content) != self.crc:
            raise TemplateError(NOT_DOCX, SAVE_AS_DOCX)
        return content


class Package(dict[str, Part]):
    """The parts of a .docx by name, in their order."""

    def contents(self) -> dict[str, bytes]:
        """All parts unpacked."""
        return {name: part.content() for name, part in self.items()}


def unpack(raw: bytes) -> Package:
    """The parts of a package.

    Raises:
        TemplateError: it is no .docx, or one that could not be meant well.
    """
    from gxgen.render.docx.package_safety import refuse_names, refuse_unsafe

    if raw.startswith(OLE):
        raise _of_word_97(raw)
    entries = _entries(raw)
    refuse_names([entry.filename for entry in entries])
    package = _package(raw, entries)
    if "word/document.xml" not in package or "[Content_Types].xml" not in package:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX)
    _refuse_bombs(package)
    try:
        contents = package.contents()
    except zlib.error as error:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX) from error
    refuse_unsafe(contents)
    return package


class Place(NamedTuple):
    """Where a part lies in a package."""

    name: str
    start: int
    length: int
    method: int
    crc: int
    size: int


def places_in(raw: bytes) -> list[Place]:
    """Where the parts of a package lie.

    Raises:
        TemplateError: it is no zip.
    """
    return [_place(raw, entry) for entry in _entries(raw) if not entry.is_dir()]


def unpack_again(raw: bytes, places: Sequence[Place]) -> Package:
    """The parts of a package that has been looked at before, given where they lie."""
    return Package((place.name, _part(raw, place)) for place in places)


def _entries(raw: bytes) -> list[ZipInfo]:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, struct.error, RuntimeError, EOFError, OSError, ValueError) as error:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX) from error


def _package(raw: bytes, entries: list[ZipInfo]) -> Package:
    return unpack_again(raw, [_place(raw, entry) for entry in entries if not entry.is_dir()])


def _of_word_97(raw: bytes) -> TemplateError:
    if ENCRYPTED in raw:
        return TemplateError("Word 模板加了密码，打不开", "在 Word 的「文件—信息—保护文档」中去掉密码后保存")
    return TemplateError("Word 模板是旧版 .doc，不是 .docx（只改后缀不行）", SAVE_AS_DOCX)


def _part(raw: bytes, place: Place) -> Part:
    return Part(place.method, raw[place.start : place.start + place.length], place.crc, place.size)


def _place(raw: bytes, entry: ZipInfo) -> Place:
    """Where an entry's own bytes are is said by its local header."""
    if entry.flag_bits & IS_ENCRYPTED:
        raise TemplateError("Word 模板加了密码，打不开", "去掉密码后保存")
    if entry.compress_type not in (STORED, DEFLATED):
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX)
    try:
        signature, *_, name_length, extra_length = LOCAL.unpack_from(raw, entry.header_offset)
    except struct.error as error:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX) from error
    start = entry.header_offset + LOCAL.size + name_length + extra_length
    if signature != b"PK\x03\x04" or len(raw) < start + entry.compress_size:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX)
    return Place(entry.filename, start, entry.compress_size, entry.compress_type, entry.CRC, entry.file_size)


def _refuse_bombs(package: Package) -> None:
    if len(package) > MOST_PARTS:
        raise TemplateError(f"Word 模板里的部件太多（{len(package)} 个）", "复制正文到一个新文档，另存为模板")
    if sum(part.size for part in package.values()) > LARGEST:
        raise TemplateError("Word 模板过大", "删去模板中的大图片")
    for name, part in package.items():
        if part.size > SMALL and part.size > MOST_PACKED * len(part.packed):
            raise TemplateError(f"Word 模板里的部件 {name} 展开后大得不正常", "不要用来历不明的模板")
        if name.endswith((".xml", ".rels")) and part.size > LARGEST_XML:
            raise TemplateError("Word 模板过大", "删去模板里多余的内容")


def pack(parts: Package, made: Mapping[str, bytes]) -> bytes:
    """A package with some of its parts exchanged: the same bytes for the same parts, whenever and wherever."""
    body, directory, offset = [], [], 0
    for name, kept in parts.items():
        part = packed(made[name]) if name in made else kept
        encoded = name.encode("utf-8")
        shared = (0 if name.isascii() else IS_UTF8, part.method, *OLDEST, part.crc, len(part.packed), part.size)
        body += [LOCAL.pack(b"PK\x03\x04", 20, *shared, len(encoded), 0), encoded, part.packed]
        directory += [
            CENTRAL.pack(b"PK\x01\x02", 20, 20, *shared, len(encoded), 0, 0, 0, 0, 0, offset),
            encoded,
        ]
        offset += LOCAL.size + len(encoded) + len(part.packed)
    size = sum(map(len, directory))
    return b"".join([*body, *directory, END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), size, offset, 0)])


def packed(content: bytes) -> Part:
    """A part made anew."""
    window, memory = (zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL) if len(content) > LITTLE else (12, 4)
    deflater = zlib.compressobj(FAST, zlib.DEFLATED, -window, memory)
    return Part(DEFLATED, deflater.compress(content) + deflater.flush(), zlib.crc32(content), len(content))
