"""Office files are ZIP packages of XML: opened with bounds, so that a small file cannot become a huge one."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from zipfile import BadZipFile, ZipFile

from lxml import etree

from gxgen.published.readers.errors import CarrierError

LARGEST_PART = 16 * 1024 * 1024
"""Bytes of one part unpacked; a report's text takes less than two million."""
MOST_PARTS = 20_000
DAMAGED = "文件已损坏，打不开"
REPAIR = "用 Word 或 WPS 打开并修复，另存后再读"


class Package:
    """An open package."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.names = tuple(archive.namelist())
        if len(self.names) > MOST_PARTS:
            raise CarrierError("文件里的部件太多，不像报告", "核对文件")

    def size(self, name: str) -> int:
        """How many bytes a part says that it has."""
        return self._archive.getinfo(name).file_size

    def part(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            CarrierError: it is not there, damaged, encrypted or too large.
        """
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            raise CarrierError(DAMAGED, REPAIR) from None
        if info.flag_bits & 1:
            raise CarrierError("文件加了密码，读不了", "打开文件，取消密码后保存，再读一次")
        if info.file_size > LARGEST_PART:
            raise CarrierError("文件展开后太大，不像报告", "核对文件")
        try:
            with self._archive.open(info) as file:
                content = file.read(LARGEST_PART + 1)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise CarrierError(DAMAGED, REPAIR) from error
        if len(content) > LARGEST_PART:
            raise CarrierError("文件展开后太大，不像报告", "核对文件")
        return content


def parsed(content: bytes) -> etree._Element:
    """A part's XML; entities are not expanded and nothing is fetched.

    Raises:
        CarrierError: it is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise CarrierError(DAMAGED, REPAIR) from error


@contextmanager
def open_package(raw: bytes) -> Iterator[Package]:
    """Open the bytes of a package.

    Raises:
        CarrierError: they are none.
    """
    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            yield Package(archive)
    except (BadZipFile, ValueError) as error:
        raise CarrierError(DAMAGED, REPAIR) from error
