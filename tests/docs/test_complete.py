"""Nothing that gxgen understands is left unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from gxgen.cli import commands
from gxgen.cli.messages import commands_of
from gxgen.core.user_folders import SWITCH as CACHE
from gxgen.packs import SWITCH as CONFIG
from gxgen.source.keys import PLAIN_KEYS
from gxgen.spec import LEAD, PREAMBLE, Layout, address_book, layouts
from tests.docs.markdown import ROOT, code, read

COMMANDS_PAGE = read(ROOT / "docs" / "commands.md")
KEYS = {re.sub(r"[\[\]]", "", piece) for piece in code(read(ROOT / "docs" / "data-file.md"))}


def what_the_command_line_knows() -> Iterator[str]:
    """Every command and every spelling of every option."""
    group = commands.gxgen
    everything: dict[str, click.Command] = {"gxgen": group}
    for name, command in commands_of(group).items():
        everything[f"gxgen {name}"] = command
        everything |= {f"gxgen {name} {below}": each for below, each in commands_of(command).items()}
    for path, command in everything.items():
        if command is not group and not commands_of(command):
            yield path
        for parameter in command.get_params(click.Context(command)):
            if isinstance(parameter, click.Option):
                yield from parameter.opts


def test_every_command_and_option_is_on_the_page_of_commands() -> None:
    """What ``gxgen --help`` can show is described in docs/commands.md."""
    without_arguments = re.compile(r" [\[A-Z].*")
    words = {word for piece in code(COMMANDS_PAGE) for word in (piece, without_arguments.sub("", piece))}
    assert set(what_the_command_line_knows()) <= {*words, *(piece.rpartition(" ")[2] for piece in words)}


def test_every_exit_code_and_environment_variable_is_on_the_page_of_commands() -> None:
    """0, 1 and 2 have a row each, and the variables that move the cache and the user's packs are named."""
    assert re.findall(r"^\| (\d) \|", COMMANDS_PAGE, re.MULTILINE) == ["0", "1", "2"]
    assert {CACHE, CONFIG} <= set(code(COMMANDS_PAGE))


def test_every_top_level_key_is_in_the_data_file_page() -> None:
    """docs/data-file.md names the keys of a data file that are no figures."""
    assert set(PLAIN_KEYS) <= KEYS


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_every_text_has_its_key_in_the_data_file_page(layout: Layout) -> None:
    """docs/data-file.md names the opening, the sections, the lead and the topics."""
    topics = {topic.key for section in layout.sections for topic in section.topics}
    assert {PREAMBLE, LEAD, *topics, *(section.key for section in layout.sections)} <= KEYS


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_every_row_and_column_has_its_key_and_label_in_the_data_file_page(layout: Layout) -> None:
    """docs/data-file.md names each row of figures by its address and each column by its key, with their labels."""
    page = read(ROOT / "docs" / "data-file.md")
    nodes = [node for node in address_book(layout).outline.walk() if node.key]
    assert {node.address for node in nodes if node.columns} <= KEYS
    assert {node.key for node in nodes if node.entry} <= KEYS
    assert [node.label for node in nodes if node.label and node.label not in page] == []
