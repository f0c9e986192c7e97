"""Reports made with a pack, read back and held against what they were made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from gxgen.core import codes
from gxgen.core.errors import TemplateError
from gxgen.core.findings import Finding
from gxgen.engine.formats import FORMATS
from gxgen.packs import Pack
from gxgen.services.pack import check
from gxgen.services.pack.proof import Lack, Proof, Spot, prove
from gxgen.services.pack.read_back import read
from gxgen.services.pack.tag_lint import NAMES, Places, path_of
from gxgen.services.pack.trial_reports import Kinds, Trial

MOST_OF_A_KIND = 12
"""Figures that are told one by one for one file; a table has hundreds."""
LONGEST_EXCERPT = 24
CALLED = {"docx": "Word 文档", "txt": "纯文本", "html": "网页"}
ORDER = (Kinds.DIFFERENT, Kinds.ZERO, Kinds.HOSTILE)
"""What is learnt from the report of different figures is used for that of zeros."""


@dataclass
class Tried:
    """What came of it."""

    told: list[tuple[Path, Finding]] = field(default_factory=list)
    made: int = 0


class _Seen(NamedTuple):
    """A lack with the report in which it was met."""

    lack: Lack
    form: str
    kind: Kinds


def try_out(pack: Pack, trials: Sequence[Trial], suffixes: Iterable[str]) -> Tried:
    """Make every report in each of the formats, and tell what they do not show as they must."""
    tried = Tried()
    orders: dict[tuple[str, str], tuple[str, ...]] = {}
    forms = {trial.layout.name for trial in trials}
    for suffix in suffixes:
        seen: list[_Seen] = []
        for trial, proof in _proofs(pack, trials, suffix, seen, tried):
            seen += [_Seen(lack, trial.layout.name, trial.kind) for lack in proof.lacks]
            if trial.kind is Kinds.DIFFERENT and not proof.lacks:
                orders[suffix, trial.layout.name] = proof.order
        places = Places(pack.word_template) if suffix == "docx" else None
        tried.told += [(path_of(pack, suffix), finding) for finding in _findings(seen, forms, places, suffix)]
    tried.told += [(path_of(pack, suffix), finding) for suffix, finding in _disagreements(orders, forms)]
    return tried


def _proofs(
    pack: Pack, trials: Sequence[Trial], suffix: str, seen: list[_Seen], tried: Tried
) -> Iterator[tuple[Trial, Proof]]:
    spots: dict[str, Mapping[str, Spot]] = {}
    failed: set[str] = set()
    for trial in sorted(trials, key=lambda one: ORDER.index(one.kind)):
        form = trial.layout.name
        try:
            raw = FORMATS[suffix](pack)(trial.document)
        except TemplateError as error:
            # A template that cannot make the first report says the same of the others, in fewer words.
            if form not in failed:
                seen.append(_Seen(_refused(error, trial), form, trial.kind))
            failed.add(form)
            continue
        tried.made += 1
        proof = prove(trial, read(suffix, raw), needs_tables=suffix != "txt", spots=spots.get(form))
        if trial.kind is Kinds.DIFFERENT:
            spots[form] = proof.spots
        if suffix == "docx" and check.is_there():
            seen += [_Seen(lack, form, trial.kind) for lack in _damage(raw)]
        yield trial, proof


def _refused(error: TemplateError, trial: Trial) -> Lack:
    return Lack(codes.TEMPLATE, error.message, error.hint, _named(error.message, trial))


def _named(message: str, trial: Trial) -> tuple[str, ...]:
    """The first figure that a message names."""
    return tuple(name for name in NAMES.findall(message) if name in trial.document.figures)[:1]


def _damage(raw: bytes) -> Iterator[Lack]:
    found = check.problems(raw)
    if found:
        more = f"，共 {len(found)} 处" if len(found) > 1 else ""
        yield Lack(codes.DAMAGED_TRIAL, f"Word 可能要修复才能打开：{found[0]}{more}", codes.DAMAGED_TRIAL.remedy)


def _findings(seen: list[_Seen], forms: set[str], places: Places | None, suffix: str) -> Iterator[Finding]:
    """Each lack once, with the forms and reports in which it was met, where it was not in all."""
    met: dict[tuple[str, str], list[_Seen]] = {}
    for one in seen:
        # A document that is damaged is so in every report, at places that shift.
        message = "" if one.lack.code is codes.DAMAGED_TRIAL else one.lack.message
        met.setdefault((one.lack.code.name, message), []).append(one)
    of_figures = 0
    for group in met.values():
        lack = group[0].lack
        of_figures += bool(lack.addresses)
        if lack.addresses and of_figures > MOST_OF_A_KIND:
            continue
        where = places.of(lack.addresses[0]) if places and lack.addresses else ""
        hint = f"{lack.hint}。{where}" if where and where.startswith("邻近") else lack.hint
        at = f"{where}：" if where and not where.startswith("邻近") else ""
        yield Finding(lack.code, where, f"{at}{lack.message}{_when(group, forms, suffix)}", hint)
    if of_figures > MOST_OF_A_KIND:
        message = f"还有 {of_figures - MOST_OF_A_KIND} 个数也没有印在该印的地方，没有逐一列出"
        yield Finding(codes.TRIAL, "", message, "改好上面的，再检查一次")


def _when(group: list[_Seen], forms: set[str], suffix: str) -> str:
    """In which reports something was met; nothing where that goes without saying."""
    of_forms, kinds = {one.form for one in group}, {one.kind for one in group}
    said = [f"{'、'.join(sorted(of_forms))} 版"] if of_forms < forms else []
    said += [kind.value for kind in kinds] if len(kinds) == 1 and kinds != {Kinds.DIFFERENT} else []
    said += [CALLED[suffix]] if suffix != "docx" else []
    return f"（{'，'.join(said)}）" if said else ""


def _disagreements(orders: Mapping[tuple[str, str], tuple[str, ...]], forms: set[str]) -> Iterator[tuple[str, Finding]]:
    """Formats that show the parts of a report in another order than the Word document, or not all of them."""
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
    return text if len(text) <= LONGEST_EXCERPT else f"{text[:LONGEST_EXCERPT]}…"
