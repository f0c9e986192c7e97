"""The keys ``vertical`` and ``departments``, by which a government's figures are summed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gxgen.core import codes
from gxgen.core.text import UNPRINTABLE
from gxgen.source.figures import Tell, kind_of

EXAMPLE = 'departments = "bureaus" 或 departments = ["bureaus", "towns"]'


def read_vertical(data: Mapping[str, Any], tell: Tell) -> bool:
    """Read whether the organ is 垂直管理."""
    value = data.get("vertical", False)
    if isinstance(value, bool):
        return value
    tell(
        codes.WRONG_TYPE,
        "vertical",
        f"vertical 应是 true 或 false，写的是{kind_of(value)}",
        "垂直管理的机关写 vertical = true，不加引号；别的机关不写",
    )
    return False


def read_departments(data: Mapping[str, Any], tell: Tell) -> tuple[str, ...]:
    """Read the paths of a government's departments; none, and a finding, if one of them is no path."""
    value = data.get("departments")
    if value is None:
        return ()
    paths = value if isinstance(value, list) else [value]
    wrong = next((path for path in paths if not isinstance(path, str)), None)
    if wrong is not None:
        message = f"departments 应是文件夹的名字，写的是{kind_of(wrong)}"
        tell(codes.WRONG_TYPE, "departments", message, f"写成 {EXAMPLE}")
    elif not paths or not all(path.strip() for path in paths):
        tell(codes.WRONG_TYPE, "departments", "departments 是空的", f"写成 {EXAMPLE}；没有所属机关就不写")
    elif any(map(_is_no_path, paths)):
        tell(codes.TEXT, "departments", "departments 里有换行或看不见的控制字符", "删去这些字符")
    else:
        return tuple(path.strip() for path in paths)
    return ()


def _is_no_path(path: str) -> bool:
    return "\n" in path or bool(UNPRINTABLE.search(path))
