"""The packs of one run: each found and read once, and what they say put into the words of the other steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gxgen import codes
from gxgen.errors import TemplateError
from gxgen.findings import Finding, Severity
from gxgen.packs import Found, Pack, look_up, places
from gxgen.source import Form
from gxgen.spec import Layout, layout_for, layouts
from gxgen.view import Manner

if TYPE_CHECKING:
    from gxgen.spec.amendments import Amendment

NARRATIVE = "narrative."
OFF = "off"


class PackInUse(NamedTuple):
    """A pack, as far as it can be used, what it adds to the forms, and what is wrong with it."""

    pack: Pack | None
    amendment: Amendment | None
    findings: tuple[Finding, ...]

    def form(self, year: int) -> Layout | None:
        """The form of a year with what the pack adds to it."""
        layout = layout_for(year)
        if layout is None or self.amendment is None:
            return layout
        from gxgen.spec.amendments import amended

        return amended(layout, self.amendment)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps it from being used."""
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def manner(self) -> Manner:
        """How the pack wants the report's parts arranged."""
        return Manner(self.pack.title_lines, self.pack.topics) if self.pack else Manner()

    def told(self, findings: Iterable[Finding], stock: Iterable[str] = ()) -> Iterator[Finding]:
        """The findings on a report as the pack wants them weighed, those on its stock texts with their place in it."""
        places_of_stock = {f"{NARRATIVE}{place}" for place in stock}
        for finding in findings:
            level = self.pack.severity.get(finding.code.name, "") if self.pack else ""
            if level != OFF:
                of_stock = finding.where in places_of_stock and not finding.at_key
                yield _weighed(self._at_home(finding) if of_stock else finding, level, self.pack)

    def refused(self, error: TemplateError) -> Iterator[Finding]:
        """What is wrong with a template; where it has no place for settings, at each of those in pack.toml."""
        for setting, message, hint in error.faults if self.pack else ():
            assert self.pack, "only packs have settings"
            yield self.pack.finding(setting, message, hint, at_key=True)
        if not error.faults:
            yield Finding(codes.TEMPLATE, "pack", error.message, error.hint)

    def _at_home(self, finding: Finding) -> Finding:
        """A finding on a stock text, which stands in no data file."""
        assert self.pack, "only packs have stock texts"
        setting = ("texts", *finding.where.removeprefix(NARRATIVE).split("."))
        there = self.pack.written_at(setting, offset=finding.offset, length=finding.length)
        message = f"模板包「{self.pack.name}」的文字：{finding.message}"
        return replace(finding, message=message, offset=None, elsewhere=(*finding.elsewhere, there))


class Packs:
    """Finds packs for data files; what is found for one folder is kept for all files in it.

    Args:
        chosen: the pack to use whatever data files say.
        folder: a folder of packs besides the usual ones.
    """

    def __init__(self, chosen: str = "", folder: Path | None = None) -> None:
        self._chosen = chosen
        self._folder = folder
        self._found: dict[tuple[str, Path | None], PackInUse] = {}
        self._near: dict[tuple[str, Path], PackInUse] = {}

    def of(self, name: str, beside: Path) -> PackInUse:
        """The pack for a data file that lies in the folder *beside* and names a pack."""
        name = self._chosen or name
        if (name, beside) not in self._near:
            self._near[name, beside] = self._look_up(name, beside)
        return self._near[name, beside]

    def _look_up(self, name: str, beside: Path) -> PackInUse:
        where = places(beside, self._folder)
        # Most folders have no packs of their own, and their reports share one: its template is prepared once.
        key = name, where[0].folder if _is_folder(where[0].folder) else None
        if key not in self._found:
            self._found[key] = in_use(look_up(name, where))
        return self._found[key]

    def form(self, path: Path) -> Form:
        """The forms for a data file; those of the circulars where its pack cannot be found."""
        return lambda year, name: self.of(name, path.parent).form(year)


def in_use(found: Found) -> PackInUse:
    """A pack that was looked up, held against the forms."""
    amendment, refused = _amendment(found.pack) if found.pack else (None, ())
    return PackInUse(found.pack, amendment, (*_explained(found), *refused))


def _explained(found: Found) -> Iterator[Finding]:
    """What is wrong with a pack; where its settings are not TOML, as a data file would be told of it."""
    for finding in found.findings:
        if finding.code is not codes.SYNTAX or found.pack is None:
            yield finding
            continue
        from gxgen.source.slip_words import READ_AS, WRITE
        from gxgen.source.syntax import parse

        (there,) = finding.elsewhere
        (file,) = (file for file in found.pack.files.values() if str(file.path) == there.file)
        lines = file.text.split("\n")
        for slip in parse(file.text).slips:
            assert slip.position, "a slip of spelling stands somewhere"
            here = replace(there, position=slip.position, line=lines[slip.position.line - 1])
            # Settings are not read as they were meant: whoever keeps a pack mends it once, for all offices.
            code = slip.code if slip.is_error else codes.SYNTAX
            told = file.finding((), slip.message, slip.hint.replace(READ_AS, WRITE), code)
            yield replace(told, elsewhere=(here,))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _amendment(pack: Pack) -> tuple[Amendment | None, tuple[Finding, ...]]:
    if not (pack.rows or pack.headings or pack.texts):
        return None, ()
    from gxgen.batch.refusals import worded
    from gxgen.spec.amendments import Amendment, ExtraRow, refusals, without

    whole = Amendment(
        tuple(ExtraRow(row.after, row.key, row.label) for row in pack.rows),
        tuple(pack.headings.items()),
        tuple(pack.texts.items()),
    )
    refused = refusals(layouts(), whole)
    return without(whole, refused), tuple(worded(pack, refusal) for refusal in refused)


def _weighed(finding: Finding, level: str, pack: Pack | None) -> Finding:
    if not level or Severity(level) is finding.severity:
        return finding
    changed = replace(finding, level=Severity(level))
    if changed.is_error and pack:
        return replace(changed, message=f"{finding.message}（模板包「{pack.name}」按错误对待）")
    return changed
