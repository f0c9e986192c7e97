"""click's sentences in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from gxgen.cli.commands import gxgen as command
from gxgen.cli.formats import FOR_PROGRAMS
from gxgen.cli.messages import commands_of
from gxgen.core.codes import CODES
from gxgen.engine.formats import FORMATS
from gxgen.published.readers import SUFFIXES
from gxgen.services.summary import KINDS
from tests.cli.running import gxgen

NAMES = (
    "gxgen",
    "Word",
    "GitHub",
    "Actions",
    "JSON",
    "Schema",
    "toml",
    "templates",
    "national",
    "Excel",
    "WPS",
    "LibreOffice",
    "vertical",
    "true",
)
READ = {"Markdown", *(suffix.removeprefix(".") for suffix in SUFFIXES)}
PROPER = {
    *NAMES,
    *FORMATS,
    "text",
    *FOR_PROGRAMS,
    *READ,
    *(kind[1:] for kind in KINDS),
    *(code.name[0] for code in CODES),
}
"""What is the same in every language: names of programs, formats and files, and the letters of codes."""

WRONG_USAGE = [
    ["frobnicate"],
    ["--frobnicate"],
    ["build"],
    ["check"],
    ["build", "--pakc", "x", "x.toml"],
    ["build", "-z", "x.toml"],
    ["build", "x.toml", "--to"],
    ["build", "x.toml", "-o"],
    ["build", "x.toml", "--to", "pdf"],
    ["build", "x.toml", "--strict=1"],
    ["check", "--format", "xml", "x.toml"],
    ["check", "--format", "", "x.toml"],
    ["check", "--select", "X", "x.toml"],
    ["check", "--ignore", "E302", "x.toml"],
    ["explain", "X"],
    ["explain", "E3O2"],
    ["schema", "2018"],
    ["schema", "year"],
    ["schema", "2023", "2024"],
]


def pages(at: click.Command, *names: str) -> Iterator[tuple[str, ...]]:
    """The names that lead to every command, the outermost first."""
    yield names
    for name, below in commands_of(at).items():
        yield from pages(below, *names, name)


def vocabulary(at: click.Command) -> set[str]:
    """What a page may spell in Latin letters: commands, options and what stands for their values."""
    context = click.Context(at)
    words = {at.name or ""}
    for parameter in at.get_params(context):
        words |= {*parameter.opts, *parameter.secondary_opts, parameter.make_metavar(context)}
    words = words.union(*(vocabulary(below) for below in commands_of(at).values()))
    return {part for word in words for part in re.findall("[A-Za-z]+", word)}


def latin_words(text: str) -> set[str]:
    """The words of a text that are in Latin letters."""
    return set(re.findall("[A-Za-z]+", text))


@pytest.mark.parametrize("names", list(pages(command)), ids=lambda names: " ".join(names) or "gxgen")
def test_no_help_page_has_an_english_word(names: tuple[str, ...]) -> None:
    """Latin letters spell only commands, options, placeholders and names."""
    run = gxgen(*names, "--help")
    assert run.code == 0
    assert latin_words(run.out) <= vocabulary(command) | PROPER


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=" ".join)
def test_no_complaint_about_usage_has_an_english_word(arguments: list[str]) -> None:
    """A complaint quotes what was typed and is Chinese otherwise; it says where to read on."""
    run = gxgen(*arguments)
    assert run.code == 2
    assert latin_words(run.err) <= vocabulary(command) | PROPER | latin_words(" ".join(arguments))
    assert re.search("[一-鿿]", run.err)
    assert "--help" in run.err


@pytest.mark.parametrize("names", list(pages(command)), ids=lambda names: " ".join(names) or "gxgen")
def test_every_option_and_command_is_explained(names: tuple[str, ...]) -> None:
    """No option and no command stands in a help page without a word about it."""
    at: click.Command = command
    for name in names:
        at = commands_of(at)[name]
    options = [parameter for parameter in at.get_params(click.Context(at)) if isinstance(parameter, click.Option)]
    assert options
    assert all(option.help for option in options)
    assert all(below.get_short_help_str() for below in commands_of(at).values())


def test_no_arguments_is_wrong_usage_that_shows_the_help(desk: Path) -> None:
    """``gxgen`` alone explains itself on standard error."""
    run = gxgen()
    assert (run.code, run.out) == (2, "")
    assert run.err == gxgen("--help").out


def test_a_misspelt_option_is_answered_with_the_right_one() -> None:
    """The complaint names an option that is near."""
    assert "--strict" in gxgen("build", "--stric", "x.toml").err


def test_a_complaint_sends_the_reader_to_the_page_of_the_command() -> None:
    """Whatever is wrong with the options of ``build``, the page to read is that of ``build``."""
    for arguments in (["--foo", "x"], ["x", "--to"], ["x", "--to", "pdf"], []):
        assert "gxgen build --help" in gxgen("build", *arguments).err
