"""``--select``, ``--ignore`` and ``--format``: which findings a run lists, and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
import msgspec
from msgspec.structs import replace

from gxgen.cli.common import format_option_of
from gxgen.cli.formats import FOR_PROGRAMS
from gxgen.cli.messages import option
from gxgen.core import codes
from gxgen.core.codes import is_unread
from gxgen.core.findings import Finding, Severity
from gxgen.engine.results import Result

format_option = format_option_of(
    ("text", *FOR_PROGRAMS), "text（默认，给人看）、json、sarif（给程序用）或 github（给 GitHub Actions 用）。"
)


Prefixes = tuple[str, ...]
"""Codes, or how codes begin."""


class Selection(msgspec.Struct, frozen=True):
    """The selected codes without the ignored ones; all codes if none is selected."""

    select: Prefixes = ()
    ignore: Prefixes = ()

    def listed(self, result: Result) -> Result:
        """Return the result with the findings that are listed."""
        return replace(result, findings=tuple(filter(self._lists, result.findings)))

    def counted(self, result: Result) -> Result:
        """Return the result with the findings that count for the exit code.

        An error keeps a report from being written, and what could not be read was not checked, listed or not.  A
        warning that the options ignore does not count.
        """
        findings = (
            finding
            for finding in result.findings
            if finding.is_error or self._lists(finding) or (is_unread(finding) and not self._ignores(finding))
        )
        return replace(result, findings=tuple(findings))

    def _lists(self, finding: Finding) -> bool:
        name = finding.code.name
        return (not self.select or name.startswith(self.select)) and not self._ignores(finding)

    def _ignores(self, finding: Finding) -> bool:
        return finding.code.name.startswith(self.ignore)


def _prefixes(_: click.Context, parameter: click.Parameter, value: str) -> Prefixes:
    """Return the validated code prefixes of an option.

    Raises:
        click.BadParameter: an option that names none, or something that is none.
    """
    option = parameter.opts[0]
    names = tuple(name.strip().upper() for name in value.replace("，", ",").split(",") if name.strip())
    if value and not names:
        raise click.BadParameter(f"{option} 后面没有写代码，例如 {option} W5")
    for name in names:
        if not any(code.name.startswith(name) for code in codes.CODES):
            nearest = codes.nearest(name)
            raise click.BadParameter(f"{option} 不认识代码「{name}」" + (f"，是否想写 {nearest}？" if nearest else ""))
    return names


def _ignorable(context: click.Context, parameter: click.Parameter, value: str) -> Prefixes:
    """Return the ignored codes; errors cannot be ignored.

    Raises:
        click.BadParameter: a code of an error, besides what :func:`_prefixes` raises for.
    """
    names = _prefixes(context, parameter, value)
    for name in names:
        if any(code.severity is Severity.ERROR for code in codes.CODES if code.name.startswith(name)):
            raise click.BadParameter(f"--ignore 只能略去警告和提示，{name} 是错误：有错误的报告不会写出")
    return names


def _option(name: str, callback: Callable[..., Prefixes], explanation: str) -> Callable[[Any], Any]:
    return option(name, default="", metavar="CODE[,CODE]", callback=callback, help=explanation)


select_option = _option("--select", _prefixes, "只列出这些代码的问题；可以只写开头，例如 W5。")
ignore_option = _option("--ignore", _ignorable, "不列出这些代码的警告和提示。")
