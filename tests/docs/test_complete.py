"""Nothing that gxgen understands is left unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from gxgen.cli import commands
from gxgen.cli.messages import commands_of
from gxgen.core.user_folders import SWITCH
from gxgen.source.keys import PLAIN_KEYS
from gxgen.spec import LEAD, PREAMBLE, Layout, address_book, layouts
from tests.docs.markdown import ROOT, code, read

READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
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


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_command_and_option_is_in_both_readmes(readme: Path) -> None:
    """What ``gxgen --help`` can show is described in README.md and README.zh-CN.md."""
    without_arguments = re.compile(r" [\[A-Z].*")
    words = {
        word for piece in code(read(readme)) for word in (piece, piece.split(" ")[0], without_arguments.sub("", piece))
    }
    assert set(what_the_command_line_knows()) <= words


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_exit_code_and_the_environment_variable_are_in_both_readmes(readme: Path) -> None:
    """0, 1 and 2 have a row each, and the variable that moves the cache is named."""
    assert re.findall(r"^\| (\d) \|", read(readme), re.MULTILINE) == ["0", "1", "2"]
    assert SWITCH in code(read(readme))


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
