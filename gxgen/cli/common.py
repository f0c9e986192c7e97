"""Options and exit codes that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from gxgen.cli import EXIT_DONE, EXIT_ERRORS, EXIT_USAGE
from gxgen.cli.messages import option
from gxgen.cli.terminal import echo
from gxgen.core.codes import DUPLICATE, SYNTAX, is_unread
from gxgen.core.findings import Severity
from gxgen.engine.file_access import is_folder
from gxgen.engine.results import Result
from gxgen.engine.run import processors

SOUGHT = "报告（.docx、.xlsx、.pdf、.html、.txt、.md）"
"""What commands that read published reports look for in folders."""
NOT_READ = (SYNTAX, DUPLICATE)
"""Errors after which something of the file was passed over, with whatever else is wrong there."""
MOST_AGENCIES = 20
"""Agencies that one line names."""


def _paths(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[Path, ...]:
    if "" in value:
        raise click.BadParameter("PATH 是空的：写上数据文件或文件夹的名字")
    return tuple(map(Path, value))


def _against(_: click.Context, __: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    if not value:
        raise click.BadParameter("--against 后面是空的：写上一年的数据文件")
    path = Path(value)
    if is_folder(path):
        raise click.BadParameter(f"--against 后面要写一个数据文件，「{value}」是文件夹")
    return path


def _departments(_: click.Context, __: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    if not value:
        raise click.BadParameter("--departments 后面是空的：写放着所属机关数据文件的文件夹")
    if not os.path.exists(value):  # noqa: PTH110  # Path.exists() raises for a name that is too long
        raise click.BadParameter(f"--departments 后面的「{value}」找不到：写放着所属机关数据文件的文件夹")
    return Path(value)


def refuse_departments_of_several(paths: tuple[Path, ...], departments: Path | None) -> None:
    """Refuse ``--departments`` for several reports.

    Raises:
        click.BadParameter: it is given for several, or for a folder.
    """
    if departments and (len(paths) > 1 or is_folder(paths[0])):
        message = (
            "--departments 只用于一份报告：PATH 只写政府的那一个数据文件；"
            "要检查整个文件夹，在政府的数据文件里写 departments"
        )
        raise click.BadParameter(message, click.get_current_context())


paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH...", callback=_paths)
optional_paths = click.argument("paths", nargs=-1, metavar="PATH...", callback=_paths)
against_option = option(
    "--against",
    metavar="FILE",
    callback=_against,
    help="与上一年的数据文件核对；不写时在同一文件夹里找。",
)
departments_option = option(
    "--departments",
    metavar="DIR",
    callback=_departments,
    help="与这个文件夹里所属机关之和核对；不写时看数据文件里的 departments。",
)


def _packs(_: click.Context, __: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    if not value or not is_folder(Path(value)):
        raise click.BadParameter(f"--packs 后面要写一个放模板包的文件夹，没有「{value}」这个文件夹")
    return Path(value)


def _expected(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    if value is None:
        return None
    from gxgen.core.errors import GxgenError
    from gxgen.engine.expected import read_expected

    try:
        return read_expected(Path(value))
    except GxgenError as error:
        raise click.BadParameter(f"{error.message}；{error.hint}") from error


def _year(_: click.Context, __: click.Parameter, value: str | None) -> int:
    return 0 if value is None else year_of(value, "--year 后面")


def year_of(value: str, where: str) -> int:
    """Parse a report year.

    Raises:
        click.BadParameter: no year, or none that has a form.
    """
    from gxgen.services.schemas import has_form

    typed, value = value, value.removesuffix("年度").removesuffix("年")
    if not (value.isascii() and value.isdigit() and len(value) == len("2023")):
        raise click.BadParameter(f"{where}写四位年份，例如 2023；写的是「{typed}」")
    if not has_form(int(value)):
        raise click.BadParameter(f"{value} 年没有对应的版式")
    return int(value)


def _jobs(_: click.Context, __: click.Parameter, value: str) -> int:
    if not value:
        return processors()
    if not (value.isascii() and value.isdigit() and int(value)):
        raise click.BadParameter(f"-j 后面要写进程的个数，例如 -j 4；写的是「{value}」")
    return int(value)


def _cluster(context: click.Context, _: click.Parameter, value: str) -> str:
    is_given = context.get_parameter_source("cluster") is ParameterSource.COMMANDLINE
    if is_given and not value:
        raise click.BadParameter("--cluster 后面是空的：写调度器的地址，例如 tcp://10.0.0.5:8786")
    return value


def refuse_jobs_of_cluster(cluster: str) -> None:
    """Refuse ``-j`` together with ``--cluster``, whose workers are started elsewhere.

    Raises:
        click.BadParameter: ``-j`` is given as well.
    """
    context = click.get_current_context()
    if cluster and context.get_parameter_source("jobs") is ParameterSource.COMMANDLINE:
        message = "-j 和 --cluster 不能一起用：集群上同时做几份，由启动的工作进程的个数决定（dask worker --nworkers N）"
        raise click.BadParameter(message, context)


def _data_file(_: click.Context, __: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    path = Path(value)
    if path.suffix.lower() != ".toml" and not is_folder(path):
        raise click.BadParameter(f"-o 后面要写数据文件的名字，以 .toml 结尾；写的是「{value}」")
    return path


def data_file_option(what: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Return ``-o`` of a command that writes a data file, and refuses names of documents."""
    return option("-o", "--output", metavar="FILE", callback=_data_file, help=what)


def _summary(_: click.Context, __: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    from gxgen.services.summary import KINDS

    path = Path(value)
    if path.suffix.lower() not in KINDS:
        raise click.BadParameter(f"--summary 后面要写以 {'、'.join(KINDS)} 结尾的文件名，写的是「{value}」")
    return path


def format_option_of(names: Sequence[str], explanation: str) -> Callable[[Any], Any]:
    """Return ``--format`` as ``report_format``, with the first name as default."""

    def known(_: click.Context, __: click.Parameter, value: str) -> str:
        if value not in names:
            raise click.BadParameter(f"--format 不认识「{value}」，可写：{'、'.join(names)}")
        return value

    return option("--format", "report_format", default=names[0], metavar="FORMAT", callback=known, help=explanation)


expect_option = option(
    "--expect", metavar="FILE", callback=_expected, help="机关名单，每行一个；名单上缺的机关会列出。"
)
year_option = option("--year", metavar="N", callback=_year, help="报告年度，例如 2023。")
pack_option = option("--pack", default="", metavar="NAME", help="改用这个模板包。")
published_pack_option = option("--pack", default="", metavar="NAME", help="表格按这个模板包读：它增加的行也读出来。")
packs_option = option("--packs", metavar="DIR", callback=_packs, help="模板包也到这个文件夹里找：DIR/NAME/pack.toml。")
jobs_option = option(
    "-j", "--jobs", default="", metavar="N", callback=_jobs, help="同时用几个进程（默认：处理器的个数）。"
)
cluster_option = option(
    "--cluster",
    default="",
    metavar="ADDRESS",
    callback=_cluster,
    help="由集群上的机器来做：写调度器的地址，例如 10.0.0.5:8786；另装 gxgen[cluster]。",
)
summary_option = option(
    "--summary", metavar="FILE", callback=_summary, help="把各份报告的情况汇总到 .html、.xlsx 或 .csv 文件，每份一行。"
)
strict_option = option("--strict", is_flag=True, help="有警告也算不合格。")


class Tally:
    """Counts results as they come, without keeping them.

    Args:
        strict: whether a warning makes a report fail.
        of_all: whether problems of reports that do not fail are counted as well.
    """

    def __init__(self, *, strict: bool, of_all: bool = False) -> None:
        self._strict = strict
        self._of_all = of_all
        self.count = 0
        self.failed = 0
        self._errors = self._warnings = 0
        self._not_read = self._unreadable = False

    def add(self, result: Result) -> None:
        """Count one result."""
        self.count += 1
        is_failed = result.fails(strict=self._strict)
        self.failed += is_failed
        if is_failed or self._of_all:
            self._errors += result.count(Severity.ERROR)
            self._warnings += result.count(Severity.WARNING)
        self._not_read |= any(finding.code in NOT_READ for finding in result.findings)
        self._unreadable |= result.unreadable

    def conclude(self, verb: str, sought: str = "数据文件（含 year 的 *.toml）") -> int:
        """Print how many failed; return the exit code."""
        if not self.count:
            echo(f"没有找到{sought}", err=True)
            return EXIT_USAGE
        if self.failed or (self._of_all and self._warnings):
            begins = f"{self.failed} 份{verb}{'，共 ' if self._of_all else '：'}" if self.failed else "共 "
            echo(f"{begins}{self._errors} 个错误，{self._warnings} 个警告", err=True)
        if self._not_read:
            echo("写法有误的地方没有读入，改好后请再检查一次", err=True)
        if self._unreadable:
            return EXIT_USAGE
        return EXIT_ERRORS if self.failed else EXIT_DONE


def reading_tally(results: Sequence[Result], verb: str) -> str:
    """How many reports were read whole, in part and not at all; empty where one alone was read whole.

    Args:
        results: what became of the reports.
        verb: what was not done with the cells that were not read.
    """
    unreadable = sum(result.unreadable for result in results)
    partly = [result for result in results if not result.unreadable and any(map(is_unread, result.findings))]
    whole = len(results) - unreadable - len(partly)
    if whole == len(results) <= 1:
        return ""
    addresses = {(result.path, at) for result in partly for finding in result.findings for at in finding.unread}
    texts = sum(at.startswith("narrative.") for _, at in addresses)
    cells = "、".join(
        f"{count} {unit}" for count, unit in ((len(addresses) - texts, "格数字"), (texts, "个部分的文字")) if count
    )
    parts = [f"{whole} 份读全了"] if whole else []
    parts += [f"{len(partly)} 份只读出一部分（{cells or '有的名称认不出，'}没有{verb}）"] if partly else []
    parts += [f"{unreadable} 份读不出"] if unreadable else []
    return "，".join(parts)


def conclude(results: Iterable[Result], *, strict: bool, verb: str) -> int:
    """Print how many failed; return the exit code."""
    tally = Tally(strict=strict)
    for result in results:
        tally.add(result)
    return tally.conclude(verb)


def report_missing(expected: Sequence[str] | None, agencies: Iterable[str], what: str = "数据文件") -> tuple[str, ...]:
    """Print which agencies have no *what*, and which are not on the list; return the former.

    Args:
        expected: the agencies that ought to have one; None if not known.
        agencies: those that have one.
        what: a data file, or a report.
    """
    if expected is None:
        return ()
    from gxgen.core.text import listed
    from gxgen.engine.expected import compare_expected

    compared = compare_expected(expected, agencies)
    if compared.missing:
        echo(f"缺 {len(compared.missing)} 个机关的{what}：{listed(compared.missing, MOST_AGENCIES)}", err=True)
    if compared.unlisted:
        echo(f"{len(compared.unlisted)} 个机关不在名单上：{listed(compared.unlisted, MOST_AGENCIES)}", err=True)
    return compared.missing
