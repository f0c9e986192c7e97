"""The packs of one run: each found and read once, and turned into what the other steps understand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from gxgen.core import codes
from gxgen.core.errors import TemplateError
from gxgen.core.findings import Audience, Finding, Severity
from gxgen.packs import Pack, PackLookup, SettingPath, look_up, search_folders
from gxgen.source import Form
from gxgen.spec import Layout, layout_for, layouts
from gxgen.spec.amendments import Reason, Refusal
from gxgen.view import ComposeOptions

if TYPE_CHECKING:
    from gxgen.spec.amendments import Amendment


ANOTHER = "换一个表上没有的；表上规定的行不能删去，也不能改名"


def refusal_finding(pack: Pack, refusal: Refusal) -> Finding:
    """Return the finding for an addition that the form refuses, at its place in pack.toml."""
    setting, points_at_key = _setting(refusal)
    return pack.finding(setting, *_words(pack, refusal), points_at_key=points_at_key)


def _setting(refusal: Refusal) -> tuple[SettingPath, bool]:
    """Return the setting at fault, and whether its key is at fault rather than its value."""
    item = refusal.item
    match refusal.reason:
        case Reason.NO_SUCH_ROW | Reason.AFTER_TOTAL:
            return ("rows", item, "after"), False
        case Reason.KEY_TAKEN:
            return ("rows", item, "key"), False
        case Reason.LABEL_TAKEN:
            return ("rows", item, "label"), False
        case Reason.NO_SUCH_SECTION:
            return ("headings", item), True
        case Reason.NOT_A_VARIANT:
            return ("headings", item), False
        case Reason.NO_SUCH_PLACE:
            return ("texts", *str(item).split(".")), True


def _words(pack: Pack, refusal: Refusal) -> tuple[str, str]:
    match refusal.reason:
        case Reason.NO_SUCH_ROW:
            after = pack.rows[_number(refusal)].after
            return f"表上没有「{after}」这一行，不能在它后面加行", _nearest(after, refusal.known)
        case Reason.AFTER_TOTAL:
            return "总计是最后一行，后面不能加行", "把 after 改为总计前面的一行"
        case Reason.KEY_TAKEN:
            return f"键「{pack.rows[_number(refusal)].key}」表上已经有了", f"给加的行{ANOTHER}"
        case Reason.LABEL_TAKEN:
            return f"「{pack.rows[_number(refusal)].label}」这一行表上已经有了", f"给加的行{ANOTHER}"
        case Reason.NO_SUCH_SECTION:
            return f"报告没有「{refusal.item}」这一部分", f"可以写：{'、'.join(refusal.known)}"
        case Reason.NOT_A_VARIANT:
            wording = pack.headings[str(refusal.item)]
            return f"标题不能改为「{wording}」，也不能删去", f"可以写：{' 或 '.join(refusal.known)}"
        case Reason.NO_SUCH_PLACE:
            return f"正文没有「{refusal.item}」这一处", _nearest(str(refusal.item), refusal.known)


def _number(refusal: Refusal) -> int:
    assert isinstance(refusal.item, int), "rows are told by their numbers"
    return refusal.item


def _nearest(written: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    nearest = next(iter(get_close_matches(written, known, n=1)), "")
    return f"是否想写 {nearest}？" if nearest else f"例如 {'、'.join(known[:8])}"


NARRATIVE = "narrative."
OFF = "off"


class PackInUse(msgspec.Struct, frozen=True):
    """A pack, what it adds to the forms, and the findings on it."""

    pack: Pack | None
    amendment: Amendment | None
    findings: tuple[Finding, ...]

    def form(self, year: int) -> Layout | None:
        """Return the form of a year with the pack's additions."""
        layout = layout_for(year)
        if layout is None or self.amendment is None:
            return layout
        from gxgen.spec.amendments import amended

        return amended(layout, self.amendment)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The errors that keep the pack from being used."""
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def compose_options(self) -> ComposeOptions:
        """How the pack arranges the report's parts."""
        return ComposeOptions(self.pack.title_lines, self.pack.topics) if self.pack else ComposeOptions()

    def told(
        self, findings: Iterable[Finding], audience: Audience = Audience.CLERK, stock: Iterable[str] = ()
    ) -> Iterator[Finding]:
        """Word a report's findings, with the pack's severities, and those on stock texts at their place in the pack.

        Args:
            findings: those on a report that uses the pack.
            audience: whom they are for.
            stock: the places of the narrative that the pack has filled in.
        """
        places_of_stock = {f"{NARRATIVE}{place}" for place in stock}
        for finding in findings:
            level = self.pack.severity.get(finding.code.name, "") if self.pack else ""
            if level != OFF:
                of_stock = finding.address in places_of_stock and not finding.points_at_key
                worded = finding.told_to(audience)
                yield _with_severity(self._in_stock(worded, audience) if of_stock else worded, level, self.pack)

    def refused(self, error: TemplateError) -> Iterator[Finding]:
        """Yield the findings on a template; for settings that it has no place for, at their place in pack.toml."""
        for setting, message, hint in error.faults if self.pack else ():
            assert self.pack, "only packs have settings"
            yield self.pack.finding(setting, message, hint, points_at_key=True)
        if not error.faults:
            yield Finding(codes.TEMPLATE, "pack", error.message, error.hint)

    def _in_stock(self, finding: Finding, audience: Audience) -> Finding:
        """Return a finding on a stock text at its place in the pack, since it stands in no data file."""
        assert self.pack, "only packs have stock texts"
        setting = ("texts", *finding.address.removeprefix(NARRATIVE).split("."))
        there = self.pack.written_at(setting, offset=finding.offset, length=finding.length)
        message = finding.message
        if audience is not Audience.PACK_KEEPER:
            message = f"模板包「{self.pack.name}」的文字：{message}"
        return replace(finding, message=message, offset=None, related=(*finding.related, there))


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
        """Return the named pack for a data file in the folder *beside*."""
        name = self._chosen or name
        if (name, beside) not in self._near:
            self._near[name, beside] = self._look_up(name, beside)
        return self._near[name, beside]

    def _look_up(self, name: str, beside: Path) -> PackInUse:
        where = search_folders(beside, self._folder)
        # Most folders have no packs of their own, and their reports share one: its template is prepared once.
        key = name, where[0].folder if _is_folder(where[0].folder) else None
        if key not in self._found:
            self._found[key] = in_use(look_up(name, where))
        return self._found[key]

    def form(self, path: Path) -> Form:
        """Return the forms for a data file; those of the circulars if its pack cannot be found."""
        return lambda year, name: self.of(name, path.parent).form(year)


def in_use(found: PackLookup) -> PackInUse:
    """Return a pack that was looked up, with its additions checked against the forms."""
    amendment, refused = _amendment(found.pack) if found.pack else (None, ())
    return PackInUse(found.pack, amendment, (*_explained(found), *refused))


def _explained(found: PackLookup) -> Iterator[Finding]:
    """Yield the findings on a pack; those on broken TOML as for a data file."""
    for finding in found.findings:
        if finding.code is not codes.SYNTAX or found.pack is None:
            yield finding
            continue
        from gxgen.source.syntax import parse

        (there,) = finding.related
        (file,) = (file for file in found.pack.files.values() if str(file.path) == there.file)
        lines = file.text.split("\n")
        for each in parse(file.text).findings:
            assert each.position, "a syntax finding has a position"
            here = replace(there, position=each.position, line=lines[each.position.line - 1])
            # Even a certain repair is an error here: a pack is fixed once, by its keeper, for all offices.
            code = each.code if each.is_error else codes.SYNTAX
            words = each.told_to(Audience.PACK_KEEPER)
            yield replace(file.finding((), words.message, words.hint, code), related=(here,))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _amendment(pack: Pack) -> tuple[Amendment | None, tuple[Finding, ...]]:
    if not (pack.rows or pack.headings or pack.texts):
        return None, ()
    from gxgen.spec.amendments import Amendment, ExtraRow, refusals, without

    whole = Amendment(
        tuple(ExtraRow(row.after, row.key, row.label) for row in pack.rows),
        tuple(pack.headings.items()),
        tuple(pack.texts.items()),
    )
    refused = refusals(layouts(), whole)
    return without(whole, refused), tuple(refusal_finding(pack, refusal) for refusal in refused)


def _with_severity(finding: Finding, level: str, pack: Pack | None) -> Finding:
    if not level or Severity(level) is finding.severity:
        return finding
    changed = replace(finding, level=Severity(level))
    if changed.is_error and pack:
        return replace(changed, message=f"{finding.message}（模板包「{pack.name}」按错误对待）")
    return changed
