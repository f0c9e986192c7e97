"""Check a pack before offices use it: its settings, its tags, and the reports made with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from gxgen.checks import check as run_checks
from gxgen.core.findings import Audience, Finding
from gxgen.engine.formats import FORMATS
from gxgen.engine.packs import PackInUse
from gxgen.engine.results import Result, lines_of
from gxgen.packs import SETTINGS_FILE, Pack
from gxgen.services.pack.tag_lint import template_findings, templates
from gxgen.services.pack.trial_builds import INSTALL, is_validator_installed, run_trials
from gxgen.services.pack.trial_reports import stock_trials, trials


class CheckedPack(msgspec.Struct, frozen=True):
    """The outcome of checking a pack."""

    results: tuple[Result, ...]
    """The findings, file by file."""
    reports: int
    """The number of files that were made and read back."""
    unchecked: tuple[str, ...]
    """What could not be checked, and why."""


PathFinding = tuple[Path, Finding]


def check_pack(in_use: PackInUse) -> CheckedPack:
    """Check a pack and those that it inherits from.

    Args:
        in_use: the pack, which was found.
    """
    pack = in_use.pack
    assert pack, "a pack that was found"
    told = [_at_home(finding, pack) for finding in (*in_use.findings, *_on_stock(in_use))]
    tried = tuple(trials(in_use))
    unchecked: list[str] = []
    unusable = set[str]() if pack.word_template else {"docx"}
    if unusable:
        unchecked.append("没有 Word 模板，没有试填 docx 格式的报告")
    for template in templates(pack):
        faults = list(template_findings(template, pack, tuple(trial.document for trial in tried)))
        told += [(template.path, finding) for finding in faults]
        if faults:
            unchecked.append(f"{template.path.name} 改好以前，没有试填 {template.suffix} 格式的报告")
            unusable.add(template.suffix)
    outcome = run_trials(pack, tried, [suffix for suffix in FORMATS if suffix not in unusable])
    told += outcome.told
    if outcome.made and not is_validator_installed():
        unchecked.append(f"没有装 openxml-audit，没有查试填出来的 Word 文档的结构；安装：{INSTALL}")
    return CheckedPack(tuple(_results(told)), outcome.made, tuple(unchecked))


def _on_stock(in_use: PackInUse) -> Iterator[Finding]:
    """Yield the findings of the checks on the pack's stock texts, with figures and without."""
    assert in_use.pack, "a pack that was found"
    if not in_use.pack.texts:
        return
    met: dict[Finding, set[str]] = {}
    forms: set[str] = set()
    for completed in stock_trials(in_use):
        form = completed.report.layout.name
        forms.add(form)
        found = [
            finding
            for finding in run_checks(completed)
            if finding.address.removeprefix("narrative.") in completed.stock and not finding.points_at_key
        ]
        for finding in in_use.told(found, Audience.PACK_KEEPER, completed.stock):
            met.setdefault(finding, set()).add(form)
    for finding, of_forms in met.items():
        only = f"（{'、'.join(sorted(of_forms))} 版）" if of_forms < forms else ""
        yield replace(finding, message=f"{finding.message}{only}")


def _at_home(finding: Finding, pack: Pack) -> PathFinding:
    """Move a finding on settings from the key ``pack`` of a data file to pack.toml itself."""
    finding = finding.told_to(Audience.PACK_KEEPER)
    if not finding.related:
        return pack.folder / SETTINGS_FILE, replace(finding, fallback_addresses=())
    *others, there = finding.related
    home = replace(finding, address=there.address, fallback_addresses=(), position=there.position, related=())
    return Path(there.file), replace(home, related=tuple(others), offset=None)


def _results(told: Iterable[PathFinding]) -> Iterator[Result]:
    """Group findings by file, each once, in the order of the text."""
    by_file: dict[Path, dict[Finding, None]] = {}
    for path, finding in told:
        by_file.setdefault(path, {})[finding] = None
    for path, findings in by_file.items():
        ordered = sorted(findings, key=lambda one: (one.position.line, one.position.column) if one.position else (0, 0))
        yield Result(path, tuple(ordered), lines_of(_text(path), ordered))


def _text(path: Path) -> str:
    if path.suffix == ".docx":
        return ""
    try:
        return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return ""
