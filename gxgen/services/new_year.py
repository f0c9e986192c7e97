"""Beginning a new year's data file (``gxgen new``), empty or carried over from last year's report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from gxgen.checks import SUM_CHECKS
from gxgen.compute import Completed, complete
from gxgen.compute.carry_over import CarryOver, OmissionReason
from gxgen.compute.dated_words import DatedKind, DatedWords
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.core.text import display_width
from gxgen.engine.file_access import file_identity, is_folder
from gxgen.engine.outputs import data_file_name, write
from gxgen.engine.packs import Packs
from gxgen.engine.results import Result
from gxgen.model import DEFAULT_PACK, Report, printed
from gxgen.source.starter import starter_file
from gxgen.source.todo import TO_REVISE, TO_VERIFY
from gxgen.spec import Address, CarryCheck, Term, address_book

LONGEST_LINE = 96
"""Columns of a remark that lists words."""
WHY = {
    OmissionReason.UNREAD: "上一年的数字没有读准",
    OmissionReason.IN_DOUBT: "上一年报告里这一列的数字加起来对不上",
    OmissionReason.BELOW_ZERO: "由上一年的数字算出来是负数",
}
MOST_LISTED = 6


def findings(carried: CarryOver, last: Report) -> Iterator[Finding]:
    """Return findings on what was carried over."""
    for where, message in _omitted(carried):
        yield Finding(codes.CARRY_LEFT_OUT, where, message, codes.CARRY_LEFT_OUT.remedy)
    dropped = list(_dropped(carried, last))
    if dropped:
        yield Finding(codes.CARRY_DROPPED, "", f"没有带过来：{'；'.join(dropped)}", codes.CARRY_DROPPED.remedy)
    count = sum(map(len, carried.dated_words.values()))
    if count:
        message = f"正文有 {count} 处写着上一年前后的年份或数字，在新的数据文件里用「{TO_REVISE}」标出"
        yield Finding(codes.CARRY_TO_REVISE, "narrative", message, codes.CARRY_TO_REVISE.remedy)


def remarks(carried: CarryOver, last: Report, source: str) -> dict[Address, tuple[str, ...]]:
    """Return the comments for the data file, by address.

    Args:
        carried: what was taken over.
        last: the report of the year before.
        source: the name of its file.
    """
    found: dict[Address, list[str]] = {
        "": [f"接着 {last.year} 年的报告「{source}」写的。标着「{TO_REVISE}」「{TO_VERIFY}」的地方要看。"]
    }
    for dropped in _dropped(carried, last):
        found[""].append(f"没有带过来：{dropped}")
    for check in carried.carried_figures:
        if carried.report.figures.get(check.figure.address) or check.plus or check.minus:
            found.setdefault(_row(check), []).append(_origin(check, carried.report, last))
    for where, message in _omitted(carried):
        found.setdefault(where, []).append(f"{TO_VERIFY}：{message}")
    for row in dict.fromkeys(_row(check) for check in carried.newly_carried):
        labels = dict.fromkeys(check.figure.label for check in carried.newly_carried if _row(check) == row)
        found.setdefault(row, []).append(f"{TO_VERIFY}：{last.year}年的表格没有「{'」「'.join(labels)}」，按实际数填写")
    for place in carried.report.narrative:
        found.setdefault(f"narrative.{place}", []).extend(_on_text(place, carried))
    return {address: tuple(dict.fromkeys(lines)) for address, lines in found.items() if lines}


def _omitted(carried: CarryOver) -> Iterator[tuple[Address, str]]:
    """Yield what has to be looked up by hand, row by row."""
    rows: dict[tuple[Address, str, OmissionReason], list[str]] = {}
    for one in carried.omitted:
        if one.reason is not OmissionReason.NOT_IN_THE_FORM:
            rows.setdefault((_row(one.check), one.check.figure.label, one.reason), []).append(one.check.line)
    for (row, label, reason), lines in rows.items():
        yield row, f"「{label}」没有带过来（{'、'.join(lines)}）：{WHY[reason]}"


def _row(check: CarryCheck) -> Address:
    """Return the address of the row in which a figure stands."""
    return check.figure.address.rpartition(".")[0]


def _named(check: CarryCheck) -> str:
    return f"{check.line}的「{check.figure.label}」"


def _origin(check: CarryCheck, new: Report, last: Report) -> str:
    """Return where a figure comes from, and on which of this year's it depends."""
    terms = " 加 ".join(f"「{term.label}」" for term in check.last_year)
    if not (check.plus or check.minus):
        until = "；本年的数字填好以前，检查会说勾稽关系不成立" if _is_balanced(check, new) else ""
        return f"由{last.year}年报告的{terms}带来{until}"
    value = printed(new.figures.get(check.figure.address, 0))
    changes = "".join((*(f" 加「{term.label}」" for term in check.plus), *(_less(term) for term in check.minus)))
    # Most agencies have none and never will: 0 is no figure of last year's to be taken out.
    prefix = f"{TO_REVISE}：" if check.figure.address in new.figures else ""
    return f"{prefix}「{check.figure.label}」{value} 是{last.year}年的；今年的是它{changes}"


def _is_balanced(check: CarryCheck, new: Report) -> bool:
    """Whether a figure stands in a row that is part of a 勾稽关系."""
    balances = (each.balance for each in address_book(new.layout).balances)
    return any(_row(check) in (*balance.left, *balance.right) for balance in balances)


def _less(term: Term) -> str:
    return f" 减「{term.label}」"


def _dropped(carried: CarryOver, last: Report) -> Iterator[str]:
    """Yield findings on what belongs to last year alone."""
    if last.published:
        yield f"公布日期 {last.published.isoformat()}"
    if last.waivers:
        yield f"{len(last.waivers)} 条豁免（{'、'.join(dict.fromkeys(waiver.code for waiver in last.waivers))}）"
    if last.title and last.title != carried.report.title:
        how = f"，改成了「{carried.report.title}」" if carried.report.title else "，标题改用表格规定的"
        yield f"标题「{last.title}」{how}"
    dropped = [one for one in carried.omitted if one.reason is OmissionReason.NOT_IN_THE_FORM]
    if dropped:
        listed = "、".join(f"{_named(one.check)} {one.settled}" for one in dropped[:MOST_LISTED])
        more = f" 等 {len(dropped)} 项" if len(dropped) > MOST_LISTED else ""
        yield f"{carried.report.year}年的表格没有的项目：{listed}{more}"


def _on_text(place: str, carried: CarryOver) -> Iterator[str]:
    dated_words = carried.dated_words.get(place, ())
    yield from _listed(f"{TO_REVISE}（年份）：", dated_words, DatedKind.YEAR)
    yield from _listed(f"{TO_REVISE}（数字）：", dated_words, DatedKind.NUMBER)
    if place in carried.replaced_quotations:
        names = "、".join(carried.replaced_quotations[place])
        what = f"{names}，新表格没有这些项目" if names else "新表格没有的项目"
        yield f"{TO_REVISE}：原来引用着{what}，已换成上一年印出的数字"
    if place in carried.uncomputable:
        yield f"{TO_REVISE}：这段文字引用的数字现在算不出来（例如除以 0），填好表格再检查"


def _listed(head: str, dated_words: Iterable[DatedWords], kind: DatedKind) -> Iterator[str]:
    """Return words joined into lines that fit."""
    line = ""
    for words in dict.fromkeys(one.words for one in dated_words if one.kind is kind):
        if line and display_width(head + line + words) > LONGEST_LINE:
            yield head + line
            line = ""
        line += f"「{words}」"
    if line:
        yield head + line


class NewYearRequest(msgspec.Struct, frozen=True):
    """The new data file that is asked for."""

    year: int
    """One that has a form."""
    agency: str = ""
    pack: str = ""
    packs: Path | None = None
    last: Path | None = None
    """Last year's report: a data file, or as it was published."""
    output: Path | None = None
    """The data file, or the folder for it; None names it by agency and year, beside *last* or in the current folder."""
    force: bool = False
    """Whether it may replace a file that is there."""


def begin_year(wanted: NewYearRequest) -> Result:
    """Write the data file; findings say what was carried over from last year and what was not."""
    packs = Packs(wanted.pack, wanted.packs)
    if wanted.last:
        return _from_last(wanted, wanted.last, packs)
    pack = packs.of(wanted.pack or DEFAULT_PACK, _folder(wanted, Path()))
    layout = pack.form(wanted.year)
    assert layout, "the year has a form"
    report = Report(wanted.year, layout, wanted.agency, wanted.pack or DEFAULT_PACK)
    target = _target(wanted, report, Path())
    return _written(Result(target, pack.findings, wanted=True), report, {}, target, wanted)


def _from_last(wanted: NewYearRequest, path: Path, packs: Packs) -> Result:
    """Return the data file that follows the report of *path*."""
    from gxgen.compute.carry_over import carry_over
    from gxgen.engine.opening import open_report

    last = open_report(path, packs, wanted.pack)
    told = replace(last.result, wanted=True)
    if last.report is None:
        return told
    if last.report.year != wanted.year - 1:
        return told.with_findings(_not_the_year_before(path, last.report, wanted.year))
    beside = _folder(wanted, path.parent)
    pack = packs.of(last.report.pack, beside)
    layout = pack.form(wanted.year)
    assert layout, "the year has a form"
    completed = complete(last.report)
    carried = carry_over(completed, layout, _doubtful(completed))
    report = replace(
        carried.report,
        agency=wanted.agency or carried.report.agency,
        pack=wanted.pack or carried.report.pack,
        departments=tuple(_seen_from(beside, path.parent, each) for each in carried.report.departments),
    )
    of_pack = (finding for finding in pack.findings if finding not in told.findings)
    told = told.with_findings(*of_pack)
    target = _target(wanted, report, beside)
    written = _written(told, report, remarks(carried, last.report, path.name), target, wanted)
    # What was carried is reported once the file exists.
    return written.with_findings(*findings(carried, last.report)) if written.written else written


def _doubtful(completed: Completed) -> frozenset[Address]:
    """Return the addresses of figures whose totals do not hold."""
    entries = address_book(completed.report.layout).entries
    doubtful: set[Address] = set()
    for finding in (finding for rule in SUM_CHECKS for finding in rule(completed)):
        if finding.code is codes.TYPED_TOTAL:
            doubtful |= set(entries[finding.address].summands)
        elif finding.is_error:
            # What does not hold in the column of totals is reported for another column, where it does not hold either.
            doubtful |= {
                address
                for address in finding.fallback_addresses
                if address in entries and not entries[address].is_total
            }
    return frozenset(doubtful)


def _folder(wanted: NewYearRequest, otherwise: Path) -> Path:
    """Return the folder of the data file."""
    if wanted.output is None:
        return otherwise
    return wanted.output if is_folder(wanted.output) else wanted.output.parent


def _target(wanted: NewYearRequest, report: Report, beside: Path) -> Path:
    if wanted.output is None or is_folder(wanted.output):
        return _folder(wanted, beside) / data_file_name(report)
    return wanted.output


def _seen_from(new: Path, old: Path, path: str) -> str:
    """Return a path relative to one folder as relative to another."""
    if new.absolute() == old.absolute() or Path(path).is_absolute():
        return path
    try:
        return Path(os.path.relpath(old / path, new)).as_posix()
    except ValueError:  # on another drive
        return str((old / path).absolute())


def _written(
    told: Result, report: Report, notes: dict[Address, tuple[str, ...]], target: Path, wanted: NewYearRequest
) -> Result:
    if any(finding.is_error and finding.address == "pack" for finding in told.findings):  # the form is not known
        return told
    is_last = wanted.last is not None and file_identity(wanted.last) == file_identity(target)
    if is_last or (target.exists() and not wanted.force):
        return told.with_findings(_exists(target, is_last=is_last))
    problem = write({target: starter_file(report, notes).encode("utf-8")})
    return told.with_findings(problem) if problem else replace(told, written=(target,))


def _not_the_year_before(path: Path, last: Report, year: int) -> Finding:
    message = f"「{path.name}」是{last.year}年的报告；{year}年的要接着{year - 1}年的写"
    hint = f"写成 gxgen new {last.year + 1} --from {path.name}，或者换成{year - 1}年的报告"
    return Finding(codes.NOT_THE_YEAR_BEFORE, "year", message, hint)


def _exists(target: Path, *, is_last: bool) -> Finding:
    hint = "这就是上一年的报告；用 -o 写到别的文件" if is_last else "用 -o 写到别的文件，或者加 --force 盖掉它"
    return Finding(codes.IMPORT_EXISTS, "", f"已经有「{target.name}」，没有写出", hint)
