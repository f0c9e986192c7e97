"""click's own messages in Chinese: help pages and usage errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any

import click


def usage_problem(error: click.UsageError) -> str:
    """Return the message for a usage error."""
    path = error.ctx.command_path if error.ctx else "gxgen"
    return f"gxgen：{_sentence(error)}\n用法见：{path} --help"


def _sentence(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            near = f"，是否想写 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有选项 {error.option_name}{near}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 用得不对：后面要跟一个值，开关选项则不带值"
        case click.MissingParameter():
            return f"缺少参数 {error.param.make_metavar(_context(error)) if error.param else ''}"
        case click.BadParameter():
            return error.message
        case _:
            return _of_no_class(error)


def _context(error: click.UsageError) -> click.Context:
    return error.ctx or click.Context(click.Command("gxgen"))


def _of_no_class(error: click.UsageError) -> str:
    """Return the message for click's plain usage errors: an unknown command, an argument too many."""
    if isinstance(error.ctx, click.Context) and isinstance(error.ctx.command, click.Group):
        commands = error.ctx.command.list_commands(error.ctx)
        near = _nearest(error.message, commands)
        meant = f"，是否想写「{near}」？" if near else "；"
        return f"没有「{error.message}」这个命令{meant}可用的命令：{'、'.join(commands)}"
    return "参数的个数不对"


def _nearest(typed: str, commands: Sequence[str]) -> str:
    """The command that is spelled most like what was typed; empty if none is."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(typed.lower(), commands, n=1)), "")


class ChineseOption(click.Option):
    """An option whose help is shown as it is written.

    click would look for indentation in it, and load what analyses source code of Python to do so.
    """

    def __init__(self, *args: Any, help: str, **settings: Any) -> None:  # noqa: A002  # click's name
        super().__init__(*args, **settings)
        self.help = help


option = partial(click.option, cls=ChineseOption)


class ChineseCommand(click.Command):
    """A command whose help is Chinese."""

    _help: click.Option | None = None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and set the context of usage errors that click raises without one."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """``用法：…``."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """``选项:`` and what each does."""
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section("选项"):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help`` with a Chinese explanation."""
        names = self.get_help_option_names(ctx)
        if self._help is None and names:
            settings = {"is_flag": True, "is_eager": True, "expose_value": False, "callback": _help}
            self._help = ChineseOption([*names, "_help"], help="显示这份说明。", **settings)
        return self._help


def _help(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def commands_of(group: click.Command) -> dict[str, click.Command]:
    """The commands of a group by name, loaded; a command that is no group has none."""
    if not isinstance(group, click.Group):
        return {}
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command}


class ChineseGroup(ChineseCommand, click.Group):
    """A group of commands whose help is Chinese; a command's module is loaded when it is used.

    Args:
        homes: the module of each command, which calls it ``command``; under the headings of the help page, in the order
            in which people come to need them.
    """

    def __init__(self, *args: Any, homes: Mapping[str, Mapping[str, str]], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._headings = {heading: tuple(below) for heading, below in homes.items()}
        self._homes = {name: home for below in homes.values() for name, home in below.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The commands in the order of their homes."""
        return list(self._homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """Load a command."""
        if cmd_name not in self._homes:
            return None
        command = import_module(self._homes[cmd_name]).command
        assert isinstance(command, click.Command), f"{cmd_name} is a click command"
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first argument names.

        Raises:
            click.UsageError: there is none; the message is the name.
        """
        if args[0] not in self._homes:
            raise click.UsageError(args[0], ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands under their headings and what each does."""
        super().format_options(ctx, formatter)
        commands = commands_of(self)
        widest = max(map(len, commands))
        for heading, names in self._headings.items():
            with formatter.section(heading):
                formatter.write_dl([(f"{name:{widest}}", commands[name].get_short_help_str(80)) for name in names])
