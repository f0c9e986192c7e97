"""README.md and README.zh-CN.md say the same in two languages."""

from __future__ import annotations

import re

import pytest

from tests.docs.markdown import ROOT, code, fences, headings, links, pictures, prose, read, rows

READMES = ("README.md", "README.zh-CN.md")
ENGLISH, CHINESE = (read(ROOT / name) for name in READMES)
FIRST_STEPS = "make demo\nmake test\n"
LONGEST = 120
"""Lines: what a newcomer needs; the rest is in docs/."""


def test_both_have_the_same_sections() -> None:
    """The headings of both are of the same levels in the same order, and the title is one."""
    assert [level for level, _ in headings(ENGLISH)] == [level for level, _ in headings(CHINESE)]
    assert headings(ENGLISH)[0] == headings(CHINESE)[0]


def test_both_show_the_same_blocks() -> None:
    """Commands, data files and what the terminal shows are the same, to the letter."""
    assert fences(ENGLISH) == fences(CHINESE)


def test_both_name_the_same_commands_keys_and_files() -> None:
    """What stands in code within the sentences of one stands so in the other."""
    assert set(code(ENGLISH)) == set(code(CHINESE))


def test_both_have_the_same_tables() -> None:
    """The tables have the same rows: the same number of cells, the same code in each."""

    def shape(page: str) -> list[tuple[int, list[str]]]:
        return [(len(row), code(" ".join(row))) for row in rows(page)]

    assert shape(ENGLISH) == shape(CHINESE)


def test_both_show_the_same_pictures() -> None:
    """At least one picture of a page, the same in both."""
    assert pictures(ENGLISH) == pictures(CHINESE) != []


def test_both_link_to_the_same_pages_and_to_each_other() -> None:
    """The links of both are the same, but for the one that leads to the other language."""
    to_chinese, *of_english = links(ENGLISH)
    to_english, *of_chinese = links(CHINESE)
    assert (to_chinese, to_english) == READMES[::-1]
    assert of_english == of_chinese


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=READMES)
def test_the_first_block_is_the_two_commands_that_do_all_the_set_up(page: str) -> None:
    """The first thing to type is exactly ``make demo`` and ``make test``."""
    assert fences(page)[0].text == FIRST_STEPS


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=READMES)
def test_a_readme_is_short(page: str) -> None:
    """It is read to the end."""
    assert len(page.splitlines()) <= LONGEST


def test_the_makefile_knows_the_two_commands() -> None:
    """Both are targets of the Makefile."""
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"demo", "test"} <= set(targets)


def test_the_chinese_page_is_chinese() -> None:
    """Every heading but the name of the program has Chinese in it, so that no section stayed untranslated."""
    untranslated = [text for _, text in headings(CHINESE)[1:] if not re.search("[\u4e00-\u9fff]", text)]
    assert untranslated == []
    assert re.search("[\u4e00-\u9fff]", prose(CHINESE))
