"""Apply waivers: mark findings that the agency stands by, and report waivers that match no finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.model import Waiver

YEAR_CODES = "W4"
"""Prefix of the codes found only where last year's report is available."""


def with_waivers(findings: Iterable[Finding], waivers: tuple[Waiver, ...]) -> tuple[Finding, ...]:
    """Mark the waived findings, and add a warning for every waiver that matches none."""
    found = tuple(findings)
    marked = tuple(_marked(finding, waivers) for finding in found)
    # A report with errors is not wholly read or checked: what a waiver is about may yet be found.
    if any(finding.is_error for finding in found):
        return marked
    return (*marked, *_unused(found, waivers))


def _marked(finding: Finding, waivers: tuple[Waiver, ...]) -> Finding:
    waiver = next((waiver for waiver in waivers if _is_about(waiver, finding)), None)
    return replace(finding, waiver=_words(waiver)) if waiver and not finding.is_error else finding


def _is_about(waiver: Waiver, finding: Finding) -> bool:
    return waiver.code == finding.code.name and waiver.covers(finding.address)


def _words(waiver: Waiver) -> str:
    """The reason, with its author and date."""
    signed = "，".join(part for part in (waiver.by, waiver.date.isoformat() if waiver.date else "") if part)
    return f"{waiver.reason}（{signed}）" if signed else waiver.reason


def _unused(findings: tuple[Finding, ...], waivers: tuple[Waiver, ...]) -> Iterator[Finding]:
    for waiver in waivers:
        if waiver.code.startswith(YEAR_CODES) or any(_is_about(waiver, finding) for finding in findings):
            continue
        places = [finding.address for finding in findings if finding.code.name == waiver.code and finding.address]
        place = f" {waiver.address} 处" if waiver.address else "文件中"
        hint = f"这次的 {waiver.code} 在 {'、'.join(dict.fromkeys(places))}" if places else "删去这一条豁免"
        yield Finding(codes.UNUSED_WAIVER, waiver.written_at, f"豁免了 {waiver.code}，但{place}没有这个问题", hint)
