"""SECURITY.md names the limits that the program enforces."""

from __future__ import annotations

import re

import pytest

from gxgen import published, source
from gxgen.published.readers import html, pdf_limits, pdf_page, text, zip_package
from gxgen.render.docx import package
from gxgen.render.templating import budget, compiler
from tests.docs.markdown import ROOT, code, read

PAGE = read(ROOT / "SECURITY.md")


def grouped(number: int) -> str:
    """A number with a space between thousands."""
    return f"{number:,}".replace(",", " ")


def mebibytes(size: int) -> str:
    """A size as the page writes it."""
    assert size % 1024**2 == 0
    return f"{size // 1024**2} MiB"


@pytest.mark.parametrize(
    "limit",
    [
        f"{grouped(budget.MAX_STEPS)} for each part",
        f"a text holds at most {grouped(budget.MAX_TEXT_LENGTH)} characters",
        f"a list {grouped(budget.MAX_ITEMS)} items",
        f"a number {len(str(budget.MAX_NUMBER)) - 1} digits",
        f"At most {mebibytes(package.MAX_UNPACKED)} unpacked",
        f"{mebibytes(package.MAX_XML)} for a part that is read",
        f"{grouped(package.MAX_PARTS)} parts; document types",
        f"{mebibytes(published.LARGEST)} a file",
        f"{mebibytes(zip_package.LARGEST_PART)} a part of a package",
        f"{grouped(zip_package.MOST_PARTS)} parts, {mebibytes(html.LARGEST)} a web page",
        f"{mebibytes(text.LARGEST)} a text",
        f"{pdf_page.MOST_PAGES} pages and {mebibytes(pdf_limits.LARGEST_DRAWING)} of drawing a page",
        f"TOML of at most {mebibytes(source.LARGEST)}",
    ],
)
def test_a_limit_is_the_one_that_is_enforced(limit: str) -> None:
    """The sentence has the number that the code has."""
    assert limit in PAGE


def test_the_fields_that_are_refused_are_named() -> None:
    """Each field of Word that reads a file or starts something, and no other."""
    named = {piece for piece in code(PAGE) if re.fullmatch("[A-Z]{2,}", piece)}
    assert named == set(re.findall("[A-Z]{2,}", package.FIELDS.pattern))


def test_the_statements_that_are_refused_are_named() -> None:
    """Each statement of Jinja that loads another template or lets markup through."""
    named = {keyword.split(" ")[-1] for keyword in compiler.FORBIDDEN_STATEMENTS.values()}
    assert named <= set(code(PAGE))
