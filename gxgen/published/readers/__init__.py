"""The formats that published reports come in; a module for each, loaded when a file is of it.

Each has a function ``read(raw: bytes) -> Pages`` and raises :class:`CarrierError` for a file that it cannot read.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple, cast

from gxgen.published.document import Pages
from gxgen.published.readers.errors import CarrierError

__all__ = ["SUFFIXES", "CarrierError", "read"]

WORD, EXCEL, PDF, WEB, TEXT = "docx", "xlsx", "pdf", "html", "text"
SUFFIXES = (".docx", ".html", ".htm", ".xhtml", ".txt", ".md", ".markdown", ".pdf", ".xlsx")
"""What a file of a published report is called."""

BINARY = (".docx", ".pdf", ".xlsx")
"""Those of them that are no text, whatever is in them."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SNIFFED = 4096


class _Refused(NamedTuple):
    """A kind of file that is recognised and not read."""

    begins: bytes
    message: str
    hint: str


_TO_DOCX = "用 Word 或 WPS 打开，另存为 .docx 再读"
_REFUSED = (
    _Refused(b"{\\rtf", "这是 RTF 文件，读不了", _TO_DOCX),
    _Refused(b"\x89PNG", "这是图片，读不了", "图片里的文字要先用文字识别软件转成文档"),
    _Refused(b"\xff\xd8\xff", "这是图片，读不了", "图片里的文字要先用文字识别软件转成文档"),
    _Refused(b"GIF8", "这是图片，读不了", "图片里的文字要先用文字识别软件转成文档"),
    _Refused(b"BM", "这是图片，读不了", "图片里的文字要先用文字识别软件转成文档"),
    _Refused(b"II*\0", "这是图片，读不了", "图片里的文字要先用文字识别软件转成文档"),
    _Refused(b"MM\0*", "这是图片，读不了", "图片里的文字要先用文字识别软件转成文档"),
    _Refused(b"Rar!", "这是压缩包，读不了", "先解压，再读里面的文件"),
    _Refused(b"7z\xbc\xaf", "这是压缩包，读不了", "先解压，再读里面的文件"),
)


def read(raw: bytes, suffix: str) -> Pages:
    """Read a file by what it is; its suffix only tells text from a web page.

    Raises:
        CarrierError: it cannot be read, and why.
    """
    module = import_module(f"{__name__}.{_kind(raw, suffix.lower())}")
    return cast("Callable[[bytes], Pages]", module.read)(raw)


def _kind(raw: bytes, suffix: str) -> str:
    if raw.startswith(b"PK"):
        return _kind_of_zip(raw)
    if raw.startswith(OLE):
        raise _of_old_office(raw)
    _refuse_other_kinds(raw)
    head = raw[:SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in raw[:1024].lower():
        return PDF
    if not raw.strip():
        raise CarrierError("文件是空的", "核对文件")
    if suffix in (".html", ".htm", ".xhtml") or head.startswith((b"<!doctype html", b"<html")):
        return WEB
    _refuse_damaged(raw, suffix)
    return TEXT


def _refuse_other_kinds(raw: bytes) -> None:
    for refused in _REFUSED:
        if raw.startswith(refused.begins):
            raise CarrierError(refused.message, refused.hint)


def _refuse_damaged(raw: bytes, suffix: str) -> None:
    if suffix in BINARY and b"\0" in raw[:SNIFFED]:
        raise CarrierError(f"文件已损坏，或者不是 {suffix} 文件", "用 Word 或 WPS 打开并修复，另存后再读")


def _kind_of_zip(raw: bytes) -> str:
    from gxgen.published.readers.zip_package import open_package

    with open_package(raw) as package:
        names = set(package.names)
    if any(name.startswith("word/") for name in names):
        return WORD
    if any(name.startswith("xl/") for name in names):
        return EXCEL
    if "content.xml" in names:
        raise CarrierError("这是 ODF 文件，读不了", _TO_DOCX)
    if "OFD.xml" in names:
        raise CarrierError("这是 OFD 版式文件，读不了", "用阅读软件打开，导出为 .docx 或 .pdf 再读")
    raise CarrierError("这是压缩包，里面不是 Word 或 Excel 文件", "先解压，再读里面的文件")


def _of_old_office(raw: bytes) -> CarrierError:
    if ENCRYPTED in raw:
        return CarrierError("文件加了密码，读不了", "打开文件，取消密码后保存，再读一次")
    return CarrierError("这是旧版的 .doc、.xls 或 .wps 文件，读不了", _TO_DOCX)
