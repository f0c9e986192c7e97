"""Office files are ZIP packages of XML: opened with bounds, so that a small file cannot become a huge one."""

from __future__ import annotations

import io
import posixpath
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import IO, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from gxgen.published.readers.errors import ReaderError

LARGEST_PART = 16 * 1024 * 1024
"""Bytes of one part unpacked; a report's text takes less than two million."""
MOST_PARTS = 20_000
USUAL_MAIN_PARTS = ("word/document.xml", "xl/workbook.xml")
STRICT = b"http://purl.oclc.org/ooxml/"
NAMESPACES = (
    (STRICT + b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (STRICT + b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (STRICT + b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (STRICT + b"officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (
        STRICT + b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""Names of ISO's strict class and of the transitional one (ISO/IEC 29500-4), which is what nearly all files are of."""
UTF16 = (b"\xff\xfe", b"\xfe\xff")
DECLARATION = re.compile(r"^\ufeff?<\?xml[^>]*\?>")
DAMAGED = "文件已损坏，打不开"
REPAIR = "用 Word 或 WPS 打开并修复，另存后再读"


class Package:
    """An open package."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._parts = {info.filename.replace("\\", "/"): info for info in archive.infolist()}
        self._by_folded = {name.casefold(): info for name, info in self._parts.items()}
        self.names = tuple(self._parts)
        """Names with strokes between folders, which some programs turn the other way."""
        if len(self.names) > MOST_PARTS:
            raise ReaderError("文件里的部件太多，不像报告", "核对文件")

    def size(self, name: str) -> int:
        """How many bytes a part says that it has."""
        return self._parts[name].file_size

    def has(self, name: str) -> bool:
        """Whether there is a part of a name, in whatever case."""
        return name.casefold() in self._by_folded

    def part(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            ReaderError: it is not there, damaged, encrypted or too large.
        """
        info = self._info(name)
        if info.file_size > LARGEST_PART:
            raise ReaderError("文件展开后太大，不像报告", "核对文件")
        try:
            with self._archive.open(info) as file:
                content = file.read(LARGEST_PART + 1)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise ReaderError(DAMAGED, REPAIR) from error
        if len(content) > LARGEST_PART:
            raise ReaderError("文件展开后太大，不像报告", "核对文件")
        return content

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A part to be read piece by piece, whatever its size.

        Raises:
            ReaderError: it is not there, damaged or encrypted.
        """
        try:
            with self._archive.open(self._info(name)) as file:
                yield file
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise ReaderError(DAMAGED, REPAIR) from error

    def _info(self, name: str) -> ZipInfo:
        info = self._by_folded.get(name.casefold())  # names of parts are equal in any case (ISO/IEC 29500-2, 6.3.5)
        if info is None:
            raise ReaderError(DAMAGED, REPAIR)
        if info.flag_bits & 1:
            raise ReaderError("文件加了密码，读不了", "打开文件，取消密码后保存，再读一次")
        return info

    def main_part(self) -> Part:
        """The part with the document itself, whatever it is called.

        Raises:
            ReaderError: there is none.
        """
        for each in _relationships(self, "_rels/.rels", ""):
            if each.kind == "officeDocument":
                return each.part
        for name in USUAL_MAIN_PARTS:
            if self.has(name):
                return Part(self, name)
        raise ReaderError(DAMAGED, REPAIR)


class Part:
    """A part of a package, and the parts that it is related to (ISO/IEC 29500-2, 9)."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self.name = name

    def root(self, *, recover: bool = False) -> etree._Element:
        """Its XML.

        Raises:
            ReaderError: it cannot be read, or is no XML.
        """
        return parsed(self._package.part(self.name), recover=recover)

    @cached_property
    def related(self) -> dict[str, Part]:
        """For each kind of relationship, the first part that it leads to."""
        found: dict[str, Part] = {}
        for each in self.relationships:
            found.setdefault(each.kind, each.part)
        return found

    @cached_property
    def relationships(self) -> tuple[Relationship, ...]:
        """The relationships to other parts that are there."""
        folder, _, name = self.name.rpartition("/")
        return tuple(_relationships(self._package, f"{folder}/_rels/{name}.rels".removeprefix("/"), folder))


class Relationship(NamedTuple):
    """What leads from a part to another."""

    key: str
    """Its id, by which the part names it."""
    kind: str
    """The last word of its type."""
    part: Part


def _relationships(package: Package, rels: str, folder: str) -> Iterator[Relationship]:
    if not package.has(rels):
        return
    try:
        root = parsed(package.part(rels), recover=True)
    except ReaderError:
        return
    for each in root.iter("{*}Relationship"):
        target = each.get("Target", "").replace("\\", "/")
        name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if each.get("TargetMode") != "External" and package.has(name):
            yield Relationship(each.get("Id", ""), each.get("Type", "").rpartition("/")[2], Part(package, name))


def parsed(content: bytes, *, recover: bool = False) -> etree._Element:
    """A part's XML, in the names of the transitional class; entities are not expanded and nothing is fetched.

    Args:
        content: the part.
        recover: whether what can be read of broken XML is enough.

    Raises:
        ReaderError: it is no XML.
    """
    if content.startswith(UTF16):
        content = DECLARATION.sub("", content.decode("utf-16", "replace")).encode()
    if STRICT in content:
        for strict, transitional in NAMESPACES:
            content = content.replace(strict, transitional)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ReaderError(DAMAGED, REPAIR) from error
    if root is None:  # which is what a parser that recovers returns for no XML at all
        raise ReaderError(DAMAGED, REPAIR)
    return root


@contextmanager
def open_package(raw: bytes) -> Iterator[Package]:
    """Open the bytes of a package.

    Raises:
        ReaderError: they are none.
    """
    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            yield Package(archive)
    except (BadZipFile, ValueError) as error:
        raise ReaderError(DAMAGED, REPAIR) from error
