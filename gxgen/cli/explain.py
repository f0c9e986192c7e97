"""``gxgen explain``; the example of every code, kept in ``examples.md``: a bad data file and the findings on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from gxgen.cli import EXIT_DONE
from gxgen.cli.messages import ChineseCommand
from gxgen.core.codes import CODES, named, nearest
from gxgen.core.findings import Code, Severity

LEVELS = {
    Severity.ERROR: "错误（报告不会写出）",
    Severity.WARNING: "警告（报告照常写出，请再看一眼）",
    Severity.INFO: "提示（已按最可能的意思读入，供参考）",
}
DOCUMENT = Path(__file__).with_name("examples.md")
_SECTION = re.compile(r"^## (?P<code>\w+)\n(?P<body>(?:(?!## ).*\n?)*)", re.MULTILINE)
_FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
LEADS = {"toml": "数据文件：", "text": "gxgen 的回答："}
INDENT = "    "


@cache
def _sections() -> dict[str, str]:
    return {found["code"]: found["body"].strip() for found in _SECTION.finditer(DOCUMENT.read_text(encoding="utf-8"))}


def in_markdown(code: str) -> str:
    """Return the example of a code as Markdown; empty if there is none."""
    return _sections().get(code, "")


def in_terminal(code: str) -> str:
    """Return the example of a code for a terminal, its blocks indented."""
    return _FENCE.sub(_block, in_markdown(code)).replace("\n\n", "\n")


def _block(fence: re.Match[str]) -> str:
    lines = (f"{INDENT}{line}".rstrip() for line in fence["text"].rstrip("\n").split("\n"))
    return "\n".join((LEADS[fence["language"]], *lines))


def _codes(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[Code, ...]:
    """Return the codes of the given names.

    Raises:
        click.BadParameter: a name that no code has.
    """
    found = []
    for name in value:
        code = named(name.strip().upper())
        if code is None:
            near = nearest(name)
            hint = f"，是否想写 {near}？" if near else "；全部代码：gxgen explain"
            raise click.BadParameter(f"没有代码「{name}」{hint}")
        found.append(code)
    return tuple(found)


def _completions(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(code.name, help=code.title) for code in CODES if code.name.startswith(incomplete.upper())]


@click.command(
    "explain",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="说明代码的含义：是什么问题，为什么，举例，怎么改。CODE 例如 E302；不写就列出全部代码。",
    short_help="说明代码的含义，例如 gxgen explain E302。",
)
@click.argument("chosen", nargs=-1, metavar="[CODE...]", callback=_codes, shell_complete=_completions)
def command(chosen: tuple[Code, ...]) -> int:
    """``gxgen explain``; the example of every code, kept in ``examples.md``: a bad data file and the findings on it."""
    if chosen:
        click.echo("\n\n".join("\n".join(_explained(code)) for code in chosen))
    else:
        click.echo("\n".join(f"{code.name} {code.title}" for code in CODES))
    return EXIT_DONE


def _explained(code: Code) -> Iterator[str]:
    yield f"{code.name} {code.title}"
    yield f"级别：{LEVELS[code.severity]}"
    yield f"为什么：{code.rationale}"
    if code.source:
        yield f"依据：{code.source}"
    if example := in_terminal(code.name):
        yield f"举例——\n{example}"
    yield f"怎么改：{code.remedy}"
