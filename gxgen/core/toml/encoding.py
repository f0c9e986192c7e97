"""Decoding the bytes of text files."""

from __future__ import annotations

import codecs
from collections import Counter

from gxgen.core import codes
from gxgen.core.findings import Finding, Position

UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
OFFICE_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .docx, .xlsx and their older kin begin."""
MOST_RARE = 0.1
"""Of the characters of a Chinese text, those outside of GB2312."""


def decode(raw: bytes) -> tuple[str | None, tuple[Finding, ...]]:
    """Decode bytes to text with LF line ends and no byte order mark; None where the encoding is uncertain.

    UTF-8 is the rule.  What an old Windows Notepad writes (UTF-16 with its mark, GBK) is read with a warning.
    """
    if raw.startswith(OFFICE_FILES):
        message = "这是 Word、Excel 或压缩文件，不是数据文件"
        hint = "已发布的报告和数字表，先用 gxgen import 读成数据文件；自己新建的，用记事本写，存为 .toml"
        return None, (Finding(codes.ENCODING, "", message, hint, position=Position(1, 1, 0)),)
    try:
        return folded(raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")), ()
    except UnicodeDecodeError as error:
        bad_byte = error.start
    name, text = _other_reading(raw)
    if text is not None:
        message = f"文件是 {name} 编码，已按此读入"
        return folded(text), (Finding(codes.READ_AS_OTHER, "", message, codes.READ_AS_OTHER.remedy),)
    line = raw.count(b"\n", 0, bad_byte) + 1
    message = f"文件不是 UTF-8 文本（第 {line} 行起无法识别）"
    return None, (Finding(codes.ENCODING, "", message, codes.ENCODING.remedy, position=Position(line, 1)),)


def as_saved(raw: bytes) -> tuple[str, str]:
    """Decode as :func:`decode` does, with the original line ends; return the encoding too if it is not UTF-8."""
    try:
        name = "带 BOM 的 UTF-8" if raw.startswith(codecs.BOM_UTF8) else ""
        return raw.removeprefix(codecs.BOM_UTF8).decode("utf-8"), name
    except UnicodeDecodeError:
        name, text = _other_reading(raw)
        return text or "", name


def _other_reading(raw: bytes) -> tuple[str, str | None]:
    encoding = UTF_16.get(raw[:2])
    if encoding:
        return "UTF-16", _strictly(raw[2:], encoding)
    text = _strictly(raw, "gb18030")
    return "GBK", text if text is not None and _is_chinese(text) else None


def _is_chinese(text: str) -> bool:
    """Whether text read as GB18030 is certain to be Chinese.

    The encoding reads almost any bytes.  Text of other encodings, and damaged UTF-8, gives rare characters for the most
    part; Chinese has few outside of the everyday GB2312 set, such as 鄠 and 镕 in names.
    """
    counts = {char: number for char, number in Counter(text).items() if not char.isascii()}
    rare = {char: number for char, number in counts.items() if not _is_everyday(char)}
    return sum(rare.values()) <= MOST_RARE * sum(counts.values()) and all(map(str.isprintable, rare))


def _is_everyday(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def folded(text: str) -> str:
    """Return a text with CRLF and CR folded to LF."""
    return text.replace("\r\n", "\n")
