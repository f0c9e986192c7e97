"""Figures quoted in the narrative: ``{{ requests.received.total }}``.

A narrative is other people's text, so only what quoting needs of Jinja is understood: names, arithmetic, comparison,
``if``, and a few filters (:mod:`gxgen.compute.quotation_language`).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from gxgen.compute.expansions import ExpandedText, Fault, format_value, with_expansions
from gxgen.core.regex import regex

PLAIN_QUOTATION = regex(r"(?<!\{)\{\{ *([a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*) *\}\}")
"""A quotation of a name alone, which nearly all are."""


def has_quotations(text: str) -> bool:
    """Whether a text contains Jinja tags."""
    return "{{" in text or "{%" in text


def expand(text: str, names: Mapping[str, object]) -> ExpandedText | tuple[Fault, ...]:
    """Expand the quotations of a text, or return all their faults.

    Args:
        text: a narrative.
        names: the figures and texts that may be quoted, by dotted name.
    """
    found = tuple(PLAIN_QUOTATION.finditer(text))
    if "{%" not in text and len(found) == text.count("{{") and all(name[1] in names for name in found):
        with suppress(ValueError):  # a value that cannot be printed: expand_with_jinja locates it
            return with_expansions([(*name.span(), format_value(names[name[1]])) for name in found], text)
    from gxgen.compute.quotation_language import expand_with_jinja

    return expand_with_jinja(text, names)
