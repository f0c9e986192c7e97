"""Write the reference of docs/commands.md from the commands themselves: what ``--help`` shows, on one page.

    python tools/commands_page.py

It stands between the lines ``<!-- 生成：commands -->`` and ``<!-- 生成完 -->``; the text around is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from gxgen.cli.commands import gxgen
from gxgen.cli.messages import commands_of

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
GENERATED = re.compile(r"(?<=<!-- 生成：)(?P<name>\S+) -->\n.*?(?=<!-- 生成完 -->)", re.DOTALL)
MARKUP = re.compile(r"([\\`*_<\[\]|])")


def page(written: str) -> str:
    """The page with its reference made anew.

    Raises:
        KeyError: the page asks for a part that is not known.
    """
    return GENERATED.sub(lambda found: f"{found['name']} -->\n\n{TABLES[found['name']]()}\n", written)


def commands(group: click.Command = gxgen, above: click.Context | None = None) -> Iterator[click.Context]:
    """The context of every command that does something, in the order of the help page."""
    context = click.Context(group, parent=above, info_name=group.name)
    below = commands_of(group)
    if not below:
        yield context
    for command in below.values():
        yield from commands(command, context)


def overview() -> str:
    """A table of all commands, each with a link to its part of the page."""
    rows = (
        f"| [`{context.command_path}`](#{context.command_path.replace(' ', '-')}) "
        f"| {plain(context.command.get_short_help_str(200))} |"
        for context in commands()
    )
    return "\n".join(("| 命令 | 做什么 |", "| --- | --- |", *rows, ""))


def reference() -> str:
    """Usage, help and options of every command."""
    return "\n".join(map(entry, commands()))


def entry(context: click.Context) -> str:
    """One command under a heading of its own."""
    usage = " ".join((context.command_path, *context.command.collect_usage_pieces(context)))
    paragraphs = (plain(text.replace("\n", "")) for text in (context.command.help or "").split("\n\n"))
    options = [option for option in context.command.params if isinstance(option, click.Option)]  # all but --help
    rows = (row(names, text) for option in options for names, text in [option.get_help_record(context) or ("", "")])
    return "\n\n".join(
        (
            f"## {context.command_path}",
            f"```text\n{usage}\n```",
            *paragraphs,
            *(["\n".join(("| 选项 | 说明 |", "| --- | --- |", *rows, ""))] if options else []),
        )
    )


def row(names: str, text: str) -> str:
    """One option: every way to spell it, and what it does."""
    return f"| {'、'.join(f'`{name}`' for name in names.split(', '))} | {plain(text)} |"


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return MARKUP.sub(r"\\\1", text)


TABLES: Mapping[str, Callable[[], str]] = {"overview": overview, "commands": reference}
"""What the page may ask for."""


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    print(PAGE)
