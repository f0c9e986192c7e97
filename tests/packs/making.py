"""Packs on disk for tests, and what is told of them."""

from __future__ import annotations

from pathlib import Path

from gxgen.core.findings import Finding
from gxgen.packs import SETTINGS_FILE, PackLookup, look_up, search_folders

NOWHERE = Path("/nonexistent")


def pack(beside: Path, name: str, settings: str = "", **files: bytes) -> Path:
    """A pack beside a data file; files by name with ``__`` for a dot."""
    folder = beside / "templates" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SETTINGS_FILE).write_text(settings, "utf-8")
    for file, content in files.items():
        (folder / file.replace("__", ".")).write_bytes(content)
    return folder


def found(name: str, beside: Path, packs: Path | None = None) -> PackLookup:
    """What looking a pack up finds."""
    return look_up(name, search_folders(beside, packs))


def told(name: str, beside: Path, packs: Path | None = None) -> tuple[Finding, ...]:
    """What is wrong with a pack; every finding has a remedy and is shown at the key ``pack``."""
    findings = found(name, beside, packs).findings
    assert all(finding.hint and finding.address == "pack" for finding in findings)
    return findings


def place(finding: Finding) -> str:
    """Where in which pack.toml a finding points: ``hubei:3:7``."""
    (there,) = finding.related
    assert there.position, "a finding on a setting has a place"
    return f"{Path(there.file).parent.name}:{there.position.line}:{there.position.column}"
