"""Waivers: findings that the agency stands by, and waivers that nothing was found for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.model import Waiver

ACROSS_YEARS = "W4"
"""How the codes begin of what is found only where the report of the year before is at hand."""


def with_waivers(findings: Iterable[Finding], waivers: tuple[Waiver, ...]) -> tuple[Finding, ...]:
    """The findings on a report, those that are waived marked so, and a warning for every waiver that is about none."""
    told = tuple(findings)
    marked = tuple(_marked(finding, waivers) for finding in told)
    # A report with errors is not wholly read or checked: what a waiver is about may yet be found.
    if any(finding.is_error for finding in told):
        return marked
    return (*marked, *_unused(told, waivers))


def _marked(finding: Finding, waivers: tuple[Waiver, ...]) -> Finding:
    waiver = next((waiver for waiver in waivers if _is_about(waiver, finding)), None)
    return replace(finding, waiver=_words(waiver)) if waiver and not finding.is_error else finding


def _is_about(waiver: Waiver, finding: Finding) -> bool:
    return waiver.code == finding.code.name and waiver.covers(finding.address)


def _words(waiver: Waiver) -> str:
    """The reason, and who gave it when."""
    signed = "，".join(part for part in (waiver.by, waiver.date.isoformat() if waiver.date else "") if part)
    return f"{waiver.reason}（{signed}）" if signed else waiver.reason


def _unused(findings: tuple[Finding, ...], waivers: tuple[Waiver, ...]) -> Iterator[Finding]:
    for waiver in waivers:
        if waiver.code.startswith(ACROSS_YEARS) or any(_is_about(waiver, finding) for finding in findings):
            continue
        places = [finding.address for finding in findings if finding.code.name == waiver.code and finding.address]
        place = f" {waiver.address} 处" if waiver.address else "文件中"
        hint = f"这次的 {waiver.code} 在 {'、'.join(dict.fromkeys(places))}" if places else "删去这一条豁免"
        yield Finding(codes.UNUSED_WAIVER, waiver.written_at, f"豁免了 {waiver.code}，但{place}没有这个问题", hint)
