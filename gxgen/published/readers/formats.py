"""What a file is, by its content: how it is called only decides where the content does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from gxgen.published.readers.errors import ReaderError

SNIFFED = 4096
"""Bytes at the start of a file that say what it is."""
ZIP, OLE, RTF = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
SAVE_AS = "用 Word 或 WPS 打开，另存为 .docx 再读"
UNPACK = "先解压，再读里面的文件"
RECOGNISE = "图片里的文字要先用文字识别软件转成文档"
DAMAGED_HINT = "用 Word 或 WPS 打开并修复，另存后再读"


class Format(msgspec.Struct, frozen=True):
    """A format that can be read."""

    module: str = ""
    """The module of its reader; empty where it is converted first."""
    suffix: str = ""
    name: str = ""
    """How people call it."""
    converted_to: str = ""
    """The suffix of what it is converted to before it is read."""


WORD, EXCEL, PDF, PICTURE, WEB, MHTML, TEXT = map(Format, ("docx", "xlsx", "pdf", "picture", "html", "mhtml", "text"))
OLD_WORD = Format("", ".doc", "旧版的 Word 或 WPS 文件（.doc、.wps）", ".docx")
OLD_EXCEL = Format("", ".xls", "旧版的 Excel 或 WPS 表格（.xls、.et）", ".xlsx")
RICH_TEXT = Format("", ".rtf", "RTF 文件", ".docx")
ODT = Format("", ".odt", "ODF 文档（.odt）", ".docx")
ODS = Format("", ".ods", "ODF 表格（.ods）", ".xlsx")
FLAT_ODT = Format("", ".fodt", "ODF 文档（.fodt）", ".docx")
FLAT_ODS = Format("", ".fods", "ODF 表格（.fods）", ".xlsx")
XLSB = Format("", ".xlsb", "二进制的 Excel 文件（.xlsb）", ".xlsx")
WORD_XML = Format("", ".xml", "Word 的 XML 文件", ".docx")
EXCEL_XML = Format("", ".xml", "Excel 的 XML 文件", ".xlsx")

WEB_SUFFIXES = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".shtm")
TEXT_SUFFIXES = (".txt", ".md", ".markdown")
OF_SPREADSHEETS = (".xls", ".xlt", ".et", ".ett", ".xlsx", ".xlsm")
OFFICE_SUFFIXES = (
    *(".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ott", ".fodt"),
    *(".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".et", ".ett", ".ods", ".ots", ".fods"),
)
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
SUFFIXES = (*OFFICE_SUFFIXES, ".pdf", *PICTURE_SUFFIXES, *WEB_SUFFIXES, ".mht", ".mhtml", *TEXT_SUFFIXES)
"""What a file of a published report is called."""
_OFD, _SLIDES = "OFD 版式文件要先用阅读软件导出为 .docx 或 .pdf", "演示文稿不是报告"
NOT_READ: Mapping[str, str] = {
    **dict.fromkeys((".gif", ".webp", ".heic"), RECOGNISE),
    **dict.fromkeys((".zip", ".rar", ".7z", ".tar", ".gz", ".tgz"), "压缩包要先解压"),
    **dict.fromkeys((".ppt", ".pptx", ".pps", ".ppsx", ".dps", ".odp"), _SLIDES),
    **dict.fromkeys((".ceb", ".cebx", ".gd", ".gw", ".sep", ".pages", ".numbers", ".uof", ".uot", ".uos"), SAVE_AS),
    ".ofd": _OFD,
    **dict.fromkeys((".eml", ".msg"), "邮件要先打开，把里面的附件另存出来"),
    **dict.fromkeys((".xps", ".oxps", ".caj", ".epub"), "要先用阅读软件导出为 .docx 或 .pdf"),
}
"""Kinds in which reports are sent in and that cannot be read, with why."""
NO_DOCUMENTS = frozenset(
    (
        *(
            ".toml",
            ".csv",
            ".tsv",
            ".json",
            ".css",
            ".js",
            ".py",
            ".ini",
            ".log",
            ".lnk",
            ".url",
            ".db",
            ".exe",
            ".dll",
        ),
        *(".svg", ".ico", ".mp3", ".mp4", ".avi", ".mov", ".wmv", ".ttf", ".otf", ".woff", ".woff2", ".sh", ".bat"),
    )
)
"""What files are called that are no documents, whatever their content."""


class _Refused(msgspec.Struct, frozen=True):
    """A kind of file that is recognised and not read."""

    begins: bytes
    message: str
    hint: str


_PICTURE, _ARCHIVE = "这是图片，读不了", "这是压缩包，读不了"
_REFUSED = (
    _Refused(b"GIF8", _PICTURE, RECOGNISE),
    *(_Refused(each, _ARCHIVE, UNPACK) for each in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")),
)
ENCRYPTED, OF_WORD, OF_SLIDES = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument", "PowerPoint Document")
)
OF_EXCEL = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book", "WORKBOOK", "BOOK"))
MIME = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|table|center)\b",
    re.IGNORECASE | re.DOTALL,
)
OF_WORD_XML = (b"office/word/2003/wordml", b"office/2006/xmlPackage")
OF_EXCEL_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
OF_FLAT_ODF = b"urn:oasis:names:tc:opendocument:xmlns:office"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM")
"""How files of PNG, JPEG, TIFF and BMP begin."""
CONVERTED = (ZIP, OLE, RTF, b"<", b"\xef\xbb\xbf<")
"""How files begin that may have to be converted."""


def detect(raw: bytes, suffix: str) -> Format:
    """The format of a file.

    Args:
        raw: the whole file.
        suffix: how its name ends, in lower case.

    Raises:
        ReaderError: it is of no format that can be read, and why.
    """
    if raw.startswith(ZIP):
        return _of_zip(raw)
    if raw.startswith(OLE):
        return _of_ole(raw, suffix)
    for refused in _REFUSED:
        if raw.startswith(refused.begins):
            raise ReaderError(refused.message, refused.hint)
    found = _of_signature(raw)
    if found:
        return found
    if not raw.strip(b"\0 \t\r\n"):
        raise ReaderError("文件是空的", "核对文件")
    return _of_text(raw, suffix)


def _of_signature(raw: bytes) -> Format | None:
    if raw[:SNIFFED].lstrip().startswith(RTF):
        return RICH_TEXT
    if raw.startswith(PICTURES):
        return PICTURE
    return PDF if b"%pdf-" in raw[:1024].lower() else None


def _of_text(raw: bytes, suffix: str) -> Format:
    head = raw[:SNIFFED]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    if MIME.search(head):
        return MHTML
    is_page = HTML.match(head) is not None
    if not is_page and head.lstrip().startswith(b"<?xml") and (found := _of_xml(head)):
        return found
    is_marked = b"<html" in head.lower() and suffix not in TEXT_SUFFIXES
    if suffix in WEB_SUFFIXES or is_page or is_marked:
        return WEB
    if suffix not in TEXT_SUFFIXES and b"\0" in raw[:SNIFFED] and not head.isascii():
        raise ReaderError(f"文件已损坏，或者不是 {suffix} 文件", DAMAGED_HINT)
    return TEXT


def _of_xml(head: bytes) -> Format | None:
    """The document that an XML file is, as Word, Excel or LibreOffice writes them."""
    if any(each in head for each in OF_WORD_XML):
        return WORD_XML
    if OF_EXCEL_XML in head:
        return EXCEL_XML
    if OF_FLAT_ODF in head:
        return FLAT_ODS if b"opendocument.spreadsheet" in head else FLAT_ODT
    return None


def _of_zip(raw: bytes) -> Format:
    from gxgen.published.readers.zip_package import open_package

    with open_package(raw) as package:
        names = set(package.names)
        kind = package.part("mimetype") if "mimetype" in names and package.size("mimetype") < SNIFFED else b""
        types = package.part("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if "xl/workbook.bin" in names:
        return XLSB
    for folder, content_type, found in (("word/", b"wordprocessingml", WORD), ("xl/", b"spreadsheetml", EXCEL)):
        if any(name.startswith(folder) for name in names) or (content_type in types and b"presentationml" not in types):
            return found
    if "content.xml" in names:
        return ODS if b"spreadsheet" in kind else ODT
    if "OFD.xml" in names:
        raise ReaderError("这是 OFD 版式文件，读不了", "用阅读软件打开，导出为 .docx 或 .pdf 再读")
    if b"presentationml" in types:
        raise ReaderError("这是演示文稿，不是报告", "核对文件")
    raise ReaderError("这是压缩包，里面不是 Word 或 Excel 文件", UNPACK)


def _of_ole(raw: bytes, suffix: str) -> Format:
    if ENCRYPTED in raw:
        raise ReaderError("文件加了密码，读不了", "打开文件，取消密码后保存，再读一次")
    is_spreadsheet = any(name in raw for name in OF_EXCEL)
    if is_spreadsheet and (suffix in OF_SPREADSHEETS or OF_WORD not in raw):
        return OLD_EXCEL
    if OF_SLIDES in raw and OF_WORD not in raw:
        raise ReaderError("这是演示文稿，不是报告", "核对文件")
    return OLD_WORD


def needs_conversion(path: Path) -> Format | None:
    """The format of a file that is converted before it is read; None for every other file."""
    try:
        with path.open("rb") as file:
            head = file.read(SNIFFED)
            if not head.startswith(CONVERTED):
                return None
            found = detect(head + file.read(), path.suffix.lower())
    except (ReaderError, OSError, ValueError):
        return None
    return found if found.converted_to else None


def looks_like_document(path: Path) -> bool:
    """Whether a file looks like a document: by how it is called or, where that says nothing, by its content."""
    suffix = path.suffix.lower()
    if suffix in SUFFIXES or suffix in NOT_READ:
        return True
    if suffix in NO_DOCUMENTS:
        return False
    try:
        with path.open("rb") as file:
            raw = file.read(SNIFFED)
            raw += file.read() if raw.startswith((ZIP, OLE)) else b""
        found = detect(raw, suffix)
    except (ReaderError, OSError, ValueError):
        return False
    return found is not TEXT and (found is not OLD_WORD or OF_WORD in raw)
