"""Make trial reports with a pack, read them back, and compare them with what they were made from."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from gxgen.core import codes
from gxgen.core.errors import TemplateError
from gxgen.core.findings import Finding
from gxgen.engine.formats import FORMATS
from gxgen.packs import Pack
from gxgen.services.pack.read_back import read
from gxgen.services.pack.tag_lint import NAMES, FigureTags, path_of
from gxgen.services.pack.trial_reports import Trial, TrialKind
from gxgen.services.pack.verification import CellPosition, Defect, Verification, verify

MAX_FIGURE_DEFECTS = 12
"""Figures that are reported one by one for a file; a table has hundreds."""
MAX_EXCERPT_LENGTH = 24
CALLED = {"docx": "Word 文档", "txt": "纯文本", "html": "网页"}
TRIAL_ORDER = (TrialKind.DIFFERENT, TrialKind.ZERO, TrialKind.HOSTILE)
"""The positions found in the report of different figures are used for the report of zeros."""


LIBRARY = "openxml_audit"
IS_UNDER_PIPX = "pipx" in Path(sys.prefix).parts
INSTALL = f"{'pipx inject gxgen' if IS_UNDER_PIPX else 'python -m pip install'} openxml-audit"
"""How to install it where gxgen runs now: under pipx, or in an environment of its own."""


def is_validator_installed() -> bool:
    """Whether openxml-audit is installed."""
    return find_spec(LIBRARY) is not None


def docx_problems(raw: bytes) -> tuple[str, ...]:
    """Validate a .docx file; return the validator's messages."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        path.write_bytes(raw)
        return tuple(str(error) for error in _validator().validate(path).errors)


@cache
def _validator() -> Any:
    from openxml_audit import OpenXmlValidator

    return OpenXmlValidator()


@dataclass
class TrialOutcome:
    """The findings of trials by file, and the number of reports that were made."""

    told: list[tuple[Path, Finding]] = field(default_factory=list)
    made: int = 0


class _Occurrence(msgspec.Struct, frozen=True):
    """A defect with the trial report in which it was found."""

    defect: Defect
    form: str
    kind: TrialKind


def run_trials(pack: Pack, trials: Sequence[Trial], suffixes: Iterable[str]) -> TrialOutcome:
    """Make every trial report in each of the formats, and report its defects."""
    outcome = TrialOutcome()
    orders: dict[tuple[str, str], tuple[str, ...]] = {}
    forms = {trial.layout.name for trial in trials}
    for suffix in suffixes:
        seen: list[_Occurrence] = []
        for trial, verification in _proofs(pack, trials, suffix, seen, outcome):
            seen += [_Occurrence(defect, trial.layout.name, trial.kind) for defect in verification.defects]
            if trial.kind is TrialKind.DIFFERENT and not verification.defects:
                orders[suffix, trial.layout.name] = verification.order
        places = FigureTags(pack.word_template) if suffix == "docx" else None
        outcome.told += [(path_of(pack, suffix), finding) for finding in _findings(seen, forms, places, suffix)]
    outcome.told += [(path_of(pack, suffix), finding) for suffix, finding in _disagreements(orders, forms)]
    return outcome


def _proofs(
    pack: Pack, trials: Sequence[Trial], suffix: str, seen: list[_Occurrence], outcome: TrialOutcome
) -> Iterator[tuple[Trial, Verification]]:
    positions: dict[str, Mapping[str, CellPosition]] = {}
    failed: set[str] = set()
    for trial in sorted(trials, key=lambda one: TRIAL_ORDER.index(one.kind)):
        form = trial.layout.name
        try:
            raw = FORMATS[suffix](pack)(trial.document)
        except TemplateError as error:
            # A template that cannot make the first report says the same of the others, in fewer words.
            if form not in failed:
                seen.append(_Occurrence(_refused(error, trial), form, trial.kind))
            failed.add(form)
            continue
        outcome.made += 1
        verification = verify(trial, read(suffix, raw), needs_tables=suffix != "txt", positions=positions.get(form))
        if trial.kind is TrialKind.DIFFERENT:
            positions[form] = verification.positions
        if suffix == "docx" and is_validator_installed():
            seen += [_Occurrence(defect, form, trial.kind) for defect in _damage(raw)]
        yield trial, verification


def _refused(error: TemplateError, trial: Trial) -> Defect:
    return Defect(codes.TEMPLATE, error.message, error.hint, _named(error.message, trial))


def _named(message: str, trial: Trial) -> tuple[str, ...]:
    """Return the first figure that a message names."""
    return tuple(name for name in NAMES.findall(message) if name in trial.document.figures)[:1]


def _damage(raw: bytes) -> Iterator[Defect]:
    found = docx_problems(raw)
    if found:
        more = f"，共 {len(found)} 处" if len(found) > 1 else ""
        yield Defect(codes.DAMAGED_TRIAL, f"Word 可能要修复才能打开：{found[0]}{more}", codes.DAMAGED_TRIAL.remedy)


def _findings(seen: list[_Occurrence], forms: set[str], places: FigureTags | None, suffix: str) -> Iterator[Finding]:
    """Yield each defect once, with the forms and trial reports in which it was found, unless these were all."""
    met: dict[tuple[str, str], list[_Occurrence]] = {}
    for one in seen:
        # A document that is damaged is so in every report, at places that shift.
        message = "" if one.defect.code is codes.DAMAGED_TRIAL else one.defect.message
        met.setdefault((one.defect.code.name, message), []).append(one)
    of_figures = 0
    for group in met.values():
        defect = group[0].defect
        of_figures += bool(defect.addresses)
        if defect.addresses and of_figures > MAX_FIGURE_DEFECTS:
            continue
        where = places.of(defect.addresses[0]) if places and defect.addresses else ""
        hint = f"{defect.hint}。{where}" if where and where.startswith("邻近") else defect.hint
        at = f"{where}：" if where and not where.startswith("邻近") else ""
        yield Finding(defect.code, where, f"{at}{defect.message}{_when(group, forms, suffix)}", hint)
    if of_figures > MAX_FIGURE_DEFECTS:
        message = f"还有 {of_figures - MAX_FIGURE_DEFECTS} 个数也没有印在该印的地方，没有逐一列出"
        yield Finding(codes.TRIAL, "", message, "改好上面的，再检查一次")


def _when(group: list[_Occurrence], forms: set[str], suffix: str) -> str:
    """Describe the reports in which a defect was found; empty where it was in all."""
    of_forms, kinds = {one.form for one in group}, {one.kind for one in group}
    said = [f"{'、'.join(sorted(of_forms))} 版"] if of_forms < forms else []
    said += [kind.value for kind in kinds] if len(kinds) == 1 and kinds != {TrialKind.DIFFERENT} else []
    said += [CALLED[suffix]] if suffix != "docx" else []
    return f"（{'，'.join(said)}）" if said else ""


def _disagreements(orders: Mapping[tuple[str, str], tuple[str, ...]], forms: set[str]) -> Iterator[tuple[str, Finding]]:
    """Yield formats that show the parts of a report in another order than the Word document, or not all of them."""
    for suffix in ("txt", "html"):
        pairs = ((orders.get(("docx", form)), orders.get((suffix, form))) for form in sorted(forms))
        unlike = ((in_word, other) for in_word, other in pairs if in_word and other and in_word != other)
        if first := next(unlike, None):
            yield suffix, Finding(codes.TRIAL, "", _difference(*first, CALLED[suffix]), "两个模板按同样的次序放各部分")


def _difference(in_word: tuple[str, ...], other: tuple[str, ...], called: str) -> str:
    pairs = list(zip_longest(in_word, other, fillvalue="（没有了）"))
    number, (one, two) = next((number, pair) for number, pair in enumerate(pairs) if pair[0] != pair[1])
    after = f"「{_short(in_word[number - 1])}」之后" if number else "开头"
    return f"{called}与 Word 文档不一致：{after}，Word 文档是「{_short(one)}」，{called}是「{_short(two)}」"


def _short(text: str) -> str:
    return text if len(text) <= MAX_EXCERPT_LENGTH else f"{text[:MAX_EXCERPT_LENGTH]}…"
