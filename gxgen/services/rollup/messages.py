"""The findings on a sum of departments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gxgen.compute.sums import Sums
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.core.text import listed
from gxgen.engine.departments import Department, Paths, duplicated
from gxgen.engine.file_access import LOCAL_FILES
from gxgen.model import Money, Report
from gxgen.source.todo import TO_VERIFY
from gxgen.spec import Address, Layout, address_book

VERTICAL = "垂直管理，不计入"
BELOW = "已计入下级政府的汇总，不再单独计入"
LATE = "没有本年度的数据文件"
MISSING = "名单上有，没有数据文件"
DOUBTFUL = f"的数据文件里有标着「{TO_VERIFY}」的地方，没有读入的数字按 0 计入"
"""Why an agency is not in a sum, or not with all of its figures."""
MOST_EXAMPLES = 3
DEPARTMENTS = "departments"


def not_there(paths: Paths) -> Iterator[Finding]:
    """Return the finding for paths that do not exist."""
    for path in paths:
        if not LOCAL_FILES.exists(path):
            yield Finding(codes.ROLLUP_NOTHING, DEPARTMENTS, f"找不到「{path}」", "核对数据文件或文件夹的名字")


def nothing_to_sum(vertical: int, year: int) -> Finding:
    """Return the finding where no department counts; *year* is 0 where there is no data file at all."""
    of_year = f"{year}年的" if year else ""
    found = f"找到的 {vertical} 个机关都是垂直管理的" if vertical else f"没有找到{of_year}数据文件"
    return Finding(codes.ROLLUP_NOTHING, DEPARTMENTS, f"{found}，没有可以汇总的数字", codes.ROLLUP_NOTHING.remedy)


def faults(faulty: int, counted: int) -> Finding:
    """Return the finding for data files that have errors."""
    message = f"{counted} 份数据文件中有 {faulty} 份有错误，各机关之和没有定数，没有汇总"
    return Finding(codes.ROLLUP_FAULTY, DEPARTMENTS, message, codes.ROLLUP_FAULTY.remedy)


def odd_year(department: Department, usual: int) -> Finding:
    """Return the finding for a data file of another year than most."""
    year = department.report.year if department.report else 0
    return Finding(codes.ROLLUP_YEARS, "year", f"这一份是 {year} 年的，多数是 {usual} 年的", codes.ROLLUP_YEARS.remedy)


def several_years(years: Mapping[int, int], usual: int) -> Finding:
    """Return the finding for several years without --year."""
    counts = "，".join(f"{year} 年的 {years[year]} 份" for year in sorted(years))
    hint = f"写明汇总哪一年，例如 --year {usual}；年份写错的，改正数据文件里的 year"
    return Finding(codes.ROLLUP_YEARS, "year", f"数据文件有几个年度的（{counts}），没有汇总", hint)


def doubled_agencies(of_year: Sequence[Department], own: Path, agency: str, year: int) -> Iterator[Finding]:
    """Yield findings for agencies with two files; one in the government's own name is a copy of the sum."""
    for name, paths in duplicated(of_year, own, agency).items():
        others = [path for path in paths if path != own] if name == agency else paths
        files = "、".join(map(str, others))
        if name == agency:
            message, hint = f"{files} 也是“{name}”{year}年的数据文件，不能算作它的所属机关", "把它移到别的文件夹"
        else:
            message, hint = f"“{name}”{year}年的数据文件有 {len(paths)} 份：{files}", codes.ROLLUP_DOUBLED.remedy
        yield Finding(codes.ROLLUP_DOUBLED, DEPARTMENTS, message, hint)


def not_in_form(layout: Layout, address: Address, pack: str) -> Finding:
    """Return the finding for a figure whose row the form of the sum does not have."""
    entry = address_book(layout).entries[address]
    message = f"汇总用的模板包「{pack}」没有{entry.printed}，这个数没有地方放"
    return Finding(codes.ROLLUP_FORM, address, message, codes.ROLLUP_FORM.remedy)


def mixed_units(layout: Layout, sums: Sums, reports: Sequence[Report]) -> Iterator[Finding]:
    """Return the finding for amounts of which only some have a unit."""
    for address, entry in address_book(layout).entries.items():
        if sums.is_mixed(address):
            given = [(each, figure) for each in reports if (figure := each.figures.get(address))]
            with_unit = [f"{each.agency} {figure}" for each, figure in given if isinstance(figure, Money)]
            without = [f"{each.agency} {figure}" for each, figure in given if not isinstance(figure, Money)]
            message = (
                f"{entry.printed}：{len(with_unit)} 个机关写了单位（{listed(with_unit, MOST_EXAMPLES)}），"
                f"{len(without)} 个没有写（{listed(without, MOST_EXAMPLES)}），加不起来"
            )
            yield Finding(codes.ROLLUP_UNITS, address, message, codes.ROLLUP_UNITS.remedy)


def left_out(why: str, names: Sequence[str]) -> Finding:
    """Return the finding for departments that do not count."""
    return Finding(codes.ROLLUP_LEFT_OUT, DEPARTMENTS, f"{len(names)} 个机关{why}：{listed(names)}")


def absent(names: Sequence[str], year: int) -> Finding:
    """Return the finding for expected agencies that are missing."""
    message = f"名单上有 {len(names)} 个机关没有{year}年的数据文件，汇总数里没有它们：{listed(names)}"
    return Finding(codes.ROLLUP_ABSENT, DEPARTMENTS, message, codes.ROLLUP_ABSENT.remedy)


def doubtful(names: Sequence[str]) -> Finding:
    """Return the finding for departments with figures that could not be read."""
    message = f"{len(names)} 个机关{DOUBTFUL}：{listed(names)}"
    return Finding(codes.ROLLUP_DOUBTFUL, DEPARTMENTS, message, codes.ROLLUP_DOUBTFUL.remedy)
