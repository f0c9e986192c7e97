"""How the files of a report are named and written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from gxgen import codes
from gxgen.files import write_whole
from gxgen.findings import Finding

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
"""What Windows takes in no file name."""
RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
LONGEST = 200
"""Bytes of a name in UTF-8; the common file systems take 255, suffix included."""


def file_stem(title: str) -> str:
    """The report's title as a file name that every system takes."""
    stem = FORBIDDEN.sub("_", title)
    stem = stem.encode("utf-8")[:LONGEST].decode("utf-8", "ignore").strip(" .")
    return f"_{stem}" if not stem or RESERVED.fullmatch(stem) else stem


def write(contents: Mapping[Path, bytes]) -> Finding | None:
    """Write the files of one report, all or none; what is wrong if they cannot be."""
    try:
        for folder in {path.parent for path in contents}:
            folder.mkdir(parents=True, exist_ok=True)
        write_whole(contents)
    except OSError as error:
        return Finding(codes.OUTPUT, "", f"写不出文件：{_reason(error)}（{error.filename or ''}）", codes.OUTPUT.mend)
    return None


def _reason(error: OSError) -> str:
    match error:
        case PermissionError():
            return "没有写入权限，或文件正被 Word、WPS 打开"
        case IsADirectoryError():
            return "已有同名的文件夹"
        case FileExistsError() | NotADirectoryError():
            return "输出位置已有同名的文件，不能当作文件夹"
        case _:
            return error.strerror or "磁盘或路径有问题"
