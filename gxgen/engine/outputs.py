"""How the files of a report are named and written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gxgen.core import codes
from gxgen.core.errors import reason
from gxgen.core.files import Draft, publish_all
from gxgen.core.findings import Finding
from gxgen.core.regex import regex
from gxgen.model import Report

FORBIDDEN = frozenset('\\/:*?"<>|')
"""What Windows takes in no file name."""
RESERVED = regex(r"(?i)(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$) *(?:\..*)?")
LONGEST = 200
"""Bytes of a name in UTF-8; the common file systems take 255, suffix included."""


def file_stem(title: str) -> str:
    """Return the report's title as a file name that every system accepts."""
    stem = title
    if not (title.isprintable() and FORBIDDEN.isdisjoint(title)):
        stem = "".join(char if _is_allowed(char) else "_" for char in title)
    stem = stem.encode("utf-8")[:LONGEST].decode("utf-8", "ignore").strip(" .")
    return f"_{stem}" if not stem or RESERVED.fullmatch(stem) else stem


def _is_allowed(char: str) -> bool:
    """Whether a character is printable and allowed in file names."""
    return char not in FORBIDDEN and (char.isprintable() or char == "\u3000")


def write(contents: Mapping[Path, bytes]) -> Finding | None:
    """Write the files of one report, each atomically; return a finding if that fails."""
    draft = write_drafts(contents)
    if isinstance(draft, Finding):
        return draft
    (problem,) = publish_all([draft])
    return write_failure(problem) if problem else None


def write_drafts(contents: Mapping[Path, bytes]) -> Draft | Finding:
    """Write the files of one report under draft names; return a finding if that fails."""
    try:
        for folder in {path.parent for path in contents}:
            folder.mkdir(parents=True, exist_ok=True)
        return Draft(contents)
    except OSError as error:
        return write_failure(error)
    except UnicodeEncodeError:
        return Finding(codes.OUTPUT, "", "系统的编码写不出这个文件名", "在系统设置中改用 UTF-8")


def write_failure(error: OSError) -> Finding:
    """Return the finding for a file that cannot be written."""
    return Finding(codes.OUTPUT, "", f"写不出文件：{_reason(error)}（{error.filename or ''}）", codes.OUTPUT.remedy)


def _reason(error: OSError) -> str:
    match error:
        case PermissionError():
            return "没有写入权限，或文件正被 Word、WPS 打开"
        case IsADirectoryError():
            return "已有同名的文件夹"
        case FileExistsError() | NotADirectoryError():
            return "输出位置已有同名的文件，不能当作文件夹"
        case _:
            return reason(error)


def data_file_name(report: Report) -> str:
    """Return ``2023.toml``, with the agency before the year where the report names one."""
    return file_stem(f"{report.agency}{report.year}") + ".toml"
