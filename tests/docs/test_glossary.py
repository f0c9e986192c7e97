"""docs/glossary.md, and the words that the package no longer uses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT, read, rows

PAGE = read(ROOT / "docs" / "glossary.md")
MODULES = sorted((ROOT / "gxgen").rglob("*.py"))
REPLACED = re.compile(r"(\w+) \([^)]*\)")


def replaced_words() -> tuple[str, ...]:
    """The words in the last section of the page."""
    section = PAGE.split("## Words that are not used")[1]
    return tuple(word.lower() for word in REPLACED.findall(section.split(":", 1)[1]))


def names(path: Path) -> Iterator[str]:
    """Every name that a module defines: its own, those of classes, functions, parameters and variables."""
    yield from path.relative_to(ROOT / "gxgen").with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def words_of(name: str) -> set[str]:
    """The words of a name in snake case or camel case, singular and plural alike."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_every_term_has_its_chinese_and_one_sentence() -> None:
    """A term without a Chinese word, or without an explanation, helps nobody."""
    terms = [row for row in rows(PAGE) if row[0] not in ("English", "---")]
    assert len(terms) > 40
    assert [row for row in terms if len(row) != 3 or not all(row)] == []
    assert len({row[0] for row in terms}) == len(terms)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_uses_a_replaced_word(path: Path) -> None:
    """Names in the package are those of the glossary, not the ones it replaced."""
    replaced = set(replaced_words())
    assert len(replaced) > 10
    assert {name for name in names(path) if words_of(name) & replaced} == set()
