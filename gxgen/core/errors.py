"""Exceptions for what a step cannot go on without; the engine turns each into a finding.

Problems of a report are values (:mod:`gxgen.core.findings`), never exceptions.
"""

from __future__ import annotations

import errno

REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "文件超过了系统允许的大小",
    errno.ENAMETOOLONG: "名字太长",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "找不到这个文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "已有同名的文件",
    errno.ELOOP: "链接绕成了圈",
    errno.EINVAL: "名字里有系统不允许的字符",
}
"""What the system says of a file, in Chinese."""


def reason(error: OSError) -> str:
    """Return the reason of a file error, in Chinese."""
    if isinstance(error, PermissionError):
        return "没有权限读取这个文件"
    return REASONS.get(error.errno or 0, f"系统不允许（错误号 {error.errno}）")


class GxgenError(Exception):
    """An error that the user can fix: message and remedy in Chinese."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ClusterError(GxgenError):
    """Machines that cannot be asked to work, or no longer."""


SettingFault = tuple[tuple[str, ...], str, str]
"""A setting of a pack that its template has no place for: the keys that lead to it, what is wrong, the remedy."""


class TemplateError(GxgenError):
    """A template that cannot be used, or not with the settings of its pack."""

    def __init__(self, message: str, hint: str = "", faults: tuple[SettingFault, ...] = ()) -> None:
        super().__init__(message, hint)
        self.faults = faults


class PackError(GxgenError):
    """A region pack that cannot be found or used; where more than one thing is wrong with it, the first of them."""
