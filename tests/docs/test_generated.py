"""The pages, and parts of pages, that scripts in tools/ write."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from gxgen.core.codes import CODES
from gxgen.core.findings import Code
from tests.docs.markdown import PAGES, ROOT, headings, name_of, read

CODES_PAGE, DATA_FILE_PAGE = ROOT / "docs" / "codes.md", ROOT / "docs" / "data-file.md"
PACKS_PAGE, COMMANDS_PAGE = ROOT / "docs" / "pack-settings.md", ROOT / "docs" / "commands.md"
WITH_TABLES = [
    ("data_file_page", DATA_FILE_PAGE),
    ("pack_settings_page", PACKS_PAGE),
    ("commands_page", COMMANDS_PAGE),
]
CODE_NAME = re.compile(r"\b[EWI]\d{3}\b")


def tool(name: str) -> dict[str, object]:
    """What a script in tools/ defines."""
    return runpy.run_path(str(ROOT / "tools" / f"{name}.py"))


def test_the_list_of_codes_is_up_to_date() -> None:
    """docs/codes.md is what ``python tools/codes_page.py`` writes today."""
    page = cast("Callable[[], str]", tool("codes_page")["page"])
    assert read(CODES_PAGE) == page()


@pytest.mark.parametrize(("script", "page"), WITH_TABLES)
def test_the_tables_of_keys_are_up_to_date(script: str, page: Path) -> None:
    """What scripts in tools/ write into pages that are otherwise written by hand is what they write today."""
    made = cast("Callable[[str], str]", tool(script)["page"])
    assert read(page) == made(read(page))


@pytest.mark.parametrize(("script", "page"), WITH_TABLES)
def test_the_page_shows_every_table(script: str, page: Path) -> None:
    """Each table that the script can make is asked for by the page."""
    tables = cast("dict[str, object]", tool(script)["TABLES"])
    assert set(re.findall(r"<!-- 生成：(\S+) -->", read(page))) == set(tables)


@pytest.mark.parametrize(("script", "page"), [("codes_page", CODES_PAGE), *WITH_TABLES])
def test_a_script_mends_its_page(script: str, page: Path, tmp_path: Path) -> None:
    """Run beside a page that is out of date, the script writes it as it should be, with Unix line ends."""
    for original in (ROOT / "tools" / f"{script}.py", page):
        copy = tmp_path / original.relative_to(ROOT)
        copy.parent.mkdir()
        shutil.copy(original, copy)
    copy.write_text(
        read(page).replace("总计", "合计").replace("名称 |", "名 |").replace("说明 |", "用处 |"), encoding="utf-8"
    )
    subprocess.run(
        [sys.executable, f"tools/{script}.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    tables = re.compile(r"<!-- 生成：.*?<!-- 生成完 -->", re.DOTALL)
    as_written = tables.findall(read(page)) or [read(page)]
    assert (tables.findall(read(copy)) or [read(copy)]) == as_written
    assert b"\r" not in copy.read_bytes()


def test_every_code_is_documented_under_its_own_heading() -> None:
    """docs/codes.md has one heading for each code, in the order of their numbers."""
    documented = [text.split()[0] for level, text in headings(read(CODES_PAGE)) if level == 2]
    assert documented == [code.name for code in CODES]


def test_no_two_codes_share_a_number() -> None:
    """A number means one thing, whether as an error or as a warning."""
    numbers = [code.name[1:] for code in CODES]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_a_code_says_how_bad_it_is_why_and_what_to_do(code: Code) -> None:
    """The letter of a code is that of its severity, and none of its texts is left empty."""
    assert code.name[0] == code.severity.value[0].upper()
    assert all((code.title, code.rationale, code.remedy))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_names_only_codes_that_exist(page: Path) -> None:
    """A code that a page mentions is one that gxgen can give."""
    assert set(CODE_NAME.findall(read(page))) <= {code.name for code in CODES}
