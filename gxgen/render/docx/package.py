"""A .docx file as a package of parts (ISO/IEC 29500-2): read with care, written the same each time.

Templates come from anywhere, so that a package may hold text, styles and pictures, but nothing that runs and nothing
that is loaded from elsewhere.  Limits on sizes come before unpacking.  A part that no report changes is written as the
compressed bytes of the template's own zip.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from gxgen.core.errors import TemplateError
from gxgen.core.regex import regex

if TYPE_CHECKING:
    from zipfile import ZipInfo

    from lxml.etree import _Element


DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
CONTENT_TYPES = "[Content_Types].xml"
TEMPLATED = regex(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
"""The parts that may hold tags."""

MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes of all parts unpacked; a template has some hundred thousand."""
MAX_XML = 8 * 1024 * 1024
"""Bytes of one part that is parsed and not only copied."""
MAX_PARTS = 1_000
MAX_RATIO, RATIO_CHECKED_FROM = 250, 1024 * 1024
"""The largest compression ratio, and the unpacked bytes from which it is checked; XML comes to 30, a bomb to 1000."""
NOT_DOCX = "Word 模板不是有效的 .docx 文件"
SAVE_AS_DOCX = "用 Word 或 WPS 打开后另存为「Word 文档（*.docx）」"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The signature of OLE compound files: documents of Word 97, and documents with a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
STORED, DEFLATED = 0, 8
"""Compression methods (PKWARE APPNOTE.TXT, 4.4.5)."""
IS_ENCRYPTED, IS_UTF8 = 0x1, 0x800
# Written with struct rather than zipfile: loading zipfile takes longer than writing a document.
LOCAL, CENTRAL, END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
EPOCH = (0, (1 << 5) | 1)
"""Time and date of every entry, 1980-01-01: the same report has the same bytes."""
SMALL_PART = 4096
"""Bytes; for parts up to this size zlib gets small tables, since most of the time goes into preparing them."""
DEFLATE_LEVEL = 1
"""The compression level of new parts: a fifth larger than with the default, in half the time."""


class Part(msgspec.Struct, frozen=True):
    """A part as the zip holds it."""

    method: int
    packed: bytes
    crc: int
    size: int

    def content(self) -> bytes:
        """Decompress the part.

        Raises:
            TemplateError: its size or checksum is not the one it declares.
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
        """Decompress all parts."""
        return {name: part.content() for name, part in self.items()}


def unpack(raw: bytes) -> Package:
    """Read the parts of a .docx file.

    Raises:
        TemplateError: it is no .docx file, or an unsafe one.
    """
    if raw.startswith(OLE):
        raise _not_ooxml(raw)
    entries = _entries(raw)
    refuse_names([entry.filename for entry in entries])
    package = _package(raw, entries)
    if DOCUMENT not in package or CONTENT_TYPES not in package:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX)
    _refuse_zip_bombs(package)
    try:
        contents = package.contents()
    except zlib.error as error:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX) from error
    refuse_unsafe(contents)
    return package


class PartLocation(msgspec.Struct, frozen=True, array_like=True):
    """The location of a part in a .docx file: offset and length of its compressed bytes."""

    name: str
    start: int
    length: int
    method: int
    crc: int
    size: int


def part_locations(raw: bytes) -> list[PartLocation]:
    """Locate the parts of a .docx file.

    Raises:
        TemplateError: it is no zip file.
    """
    return [_location(raw, entry) for entry in _entries(raw) if not entry.is_dir()]


def unpack_at(raw: bytes, locations: Sequence[PartLocation]) -> Package:
    """Read the parts of a .docx file that :func:`unpack` has accepted before, at known locations."""
    return Package((location.name, _part(raw, location)) for location in locations)


def _entries(raw: bytes) -> list[ZipInfo]:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, struct.error, RuntimeError, EOFError, OSError, ValueError) as error:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX) from error


def _package(raw: bytes, entries: list[ZipInfo]) -> Package:
    return unpack_at(raw, [_location(raw, entry) for entry in entries if not entry.is_dir()])


def _not_ooxml(raw: bytes) -> TemplateError:
    if ENCRYPTED in raw:
        return TemplateError("Word 模板加了密码，打不开", "在 Word 的「文件—信息—保护文档」中去掉密码后保存")
    return TemplateError("Word 模板是旧版 .doc，不是 .docx（只改后缀不行）", SAVE_AS_DOCX)


def _part(raw: bytes, location: PartLocation) -> Part:
    return Part(location.method, raw[location.start : location.start + location.length], location.crc, location.size)


def _location(raw: bytes, entry: ZipInfo) -> PartLocation:
    """Locate an entry's bytes by its local header, whose extra field may differ from the central directory's."""
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
    return PartLocation(entry.filename, start, entry.compress_size, entry.compress_type, entry.CRC, entry.file_size)


def _refuse_zip_bombs(package: Package) -> None:
    if len(package) > MAX_PARTS:
        raise TemplateError(f"Word 模板里的部件太多（{len(package)} 个）", "复制正文到一个新文档，另存为模板")
    if sum(part.size for part in package.values()) > MAX_UNPACKED:
        raise TemplateError("Word 模板过大", "删去模板中的大图片")
    for name, part in package.items():
        if part.size > RATIO_CHECKED_FROM and part.size > MAX_RATIO * len(part.packed):
            raise TemplateError(f"Word 模板里的部件 {name} 展开后大得不正常", "不要用来历不明的模板")
        if name.endswith((".xml", ".rels")) and part.size > MAX_XML:
            raise TemplateError("Word 模板过大", "删去模板里多余的内容")


def pack(parts: Package, made: Mapping[str, bytes]) -> bytes:
    """Write a package with some of its parts replaced by *made*; equal parts give equal bytes on any system."""
    body, directory, offset = [], [], 0
    for name, kept in parts.items():
        part = pack_part(made[name]) if name in made else kept
        encoded = name.encode("utf-8")
        shared = (0 if name.isascii() else IS_UTF8, part.method, *EPOCH, part.crc, len(part.packed), part.size)
        body += [LOCAL.pack(b"PK\x03\x04", 20, *shared, len(encoded), 0), encoded, part.packed]
        directory += [
            CENTRAL.pack(b"PK\x01\x02", 20, 20, *shared, len(encoded), 0, 0, 0, 0, 0, offset),
            encoded,
        ]
        offset += LOCAL.size + len(encoded) + len(part.packed)
    size = sum(map(len, directory))
    return b"".join([*body, *directory, END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), size, offset, 0)])


def pack_part(content: bytes) -> Part:
    """Compress a part."""
    window, memory = (zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL) if len(content) > SMALL_PART else (12, 4)
    deflater = zlib.compressobj(DEFLATE_LEVEL, zlib.DEFLATED, -window, memory)
    return Part(DEFLATED, deflater.compress(content) + deflater.flush(), zlib.crc32(content), len(content))


def parse_xml(content: bytes, *, keep_space: bool = False) -> _Element:
    """Parse a part's XML as python-docx does.

    Raises:
        TemplateError: it is not well-formed.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_blank_text=not keep_space,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX) from error


# What a package may hold

RESAVE_WITHOUT_MACROS = "用 Word 打开后另存为「Word 文档（*.docx）」，不要选启用宏的格式"
MACROS = regex(r"(?i)(?:^|/)(?:vbaProject\.bin|vbaData\.xml|customUI\d*\.xml)$|^customUI/|(?:^|/)activeX/")
SAFE_LINKS = ("http://", "https://", "mailto:", "#")
ACTIVE_RELATIONSHIPS = frozenset(
    ("vbaProject", "wordVbaData", "control", "oleObject", "aFChunk", "attachedToolbars", "extensibility")
)
"""Relationship types, by their last step, of parts that run or are documents of their own."""
REMEDIES: Mapping[str, str] = {
    "attachedTemplate": "在「开发工具—文档模板」中把附加的模板改为 Normal 后保存",
    "image": "删去链接的图片，用「插入—图片」把图片放进文件里",
    "oleObject": "删去链接或嵌入的对象，改用图片",
    "hyperlink": "超链接只能指向 http、https 或 mailto 地址",
}
FIELDS = regex(r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|RD|DATABASE|MACROBUTTON)\b", re.IGNORECASE)
"""Fields that read other files or run something when Word opens the document."""
XML_PART = regex(r"(?i)\.(?:xml|rels|vml)$")


def refuse_names(names: Iterable[str]) -> None:
    """Refuse part names that lead out of the package, or that differ only in case (ISO/IEC 29500-2, 6.2.2).

    Raises:
        TemplateError: there is one.
    """
    seen: set[str] = set()
    for name in names:
        steps = name.rstrip("/").split("/")
        if any(step in ("", ".", "..") for step in steps) or re.search(r"[\\:\x00-\x1f]", name):
            raise TemplateError(f"Word 模板里有路径可疑的部件「{name[:60]}」", "不要用来历不明的模板")
        if name.lower() in seen:
            raise TemplateError(f"Word 模板里有重名的部件「{name[:60]}」", SAVE_AS_DOCX)
        seen.add(name.lower())


def refuse_unsafe(parts: Mapping[str, bytes]) -> None:
    """Refuse a package that holds anything that runs or is loaded from elsewhere.

    Raises:
        TemplateError: it does.
    """
    for name in parts:
        if MACROS.search(name):
            raise TemplateError("Word 模板带有宏或控件", RESAVE_WITHOUT_MACROS)
    for name, content in parts.items():
        if XML_PART.search(name):
            _scan_part(name, content)


def _scan_part(name: str, content: bytes) -> None:
    """Check every element of a part with a streaming parser, without building a tree."""
    from xml.parsers import expat

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    reader = _PartScanner()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX) from error
    except (ValueError, LookupError) as error:  # an unknown encoding
        raise TemplateError(f"Word 模板里的部件 {name} 读不出", SAVE_AS_DOCX) from error


def _refuse_doctype(*_: object) -> None:
    raise TemplateError("Word 模板里有 XML 实体或 DTD，Word 自己从不写这些", "不要用来历不明的模板")


class _PartScanner:
    """Checks elements and collects field instructions, which may be split over runs (17.16.2)."""

    def __init__(self) -> None:
        self._field = ""
        self._in_field = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "Relationship":
            _refuse_relationship(attributes)
        elif local in ("Override", "Default"):
            _refuse_type(attributes.get("ContentType", ""))
        elif local == "fldSimple":
            self._refuse_field(next((value for key, value in attributes.items() if key.endswith("instr")), ""))
        elif local == "fldChar":
            self._begin_or_end()
        elif local in ("instrText", "delInstrText"):
            self._in_field = True
        elif local == "altChunk":
            raise TemplateError("Word 模板里嵌着别的文档", "把内容直接粘贴进模板，不要链接或嵌入")

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] in ("instrText", "delInstrText"):
            self._in_field = False

    def characters(self, text: str) -> None:
        if self._in_field:
            self._field += text

    def _begin_or_end(self) -> None:
        """Check the instruction collected so far: it ends at the field's separator or end."""
        self._refuse_field(self._field)
        self._field = ""

    @staticmethod
    def _refuse_field(words: str) -> None:
        if found := FIELDS.match(words):
            raise TemplateError(
                f"Word 模板里有会读取别的文件的域「{found[1]}」", "删去这个域，或按 Ctrl+Shift+F9 变成文字"
            )


def _refuse_relationship(attributes: Mapping[str, str]) -> None:
    kind = attributes.get("Type", "").rpartition("/")[2]
    target = attributes.get("Target", "").strip()
    if attributes.get("TargetMode", "").lower() == "external":
        if kind != "hyperlink" or not target.lower().startswith(SAFE_LINKS):
            remedy = REMEDIES.get(kind, "删去指向别处的链接或对象")
            raise TemplateError(f"Word 模板要用文件以外的东西：「{target[:80]}」（{kind}）", remedy)
    elif kind in ACTIVE_RELATIONSHIPS:
        raise TemplateError("Word 模板里嵌着对象、控件或宏", REMEDIES.get(kind, RESAVE_WITHOUT_MACROS))


def _refuse_type(content_type: str) -> None:
    if re.search(r"macroEnabled|vbaProject|ms-office\.activeX", content_type, re.IGNORECASE):
        raise TemplateError("Word 模板带有宏或控件（.docm、.dotm 改了后缀也是）", RESAVE_WITHOUT_MACROS)
