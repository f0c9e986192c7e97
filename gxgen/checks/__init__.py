"""What must hold in a report: a tuple of functions, one family a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gxgen.checks.form import empty_sections, form_of_year, headings, published_in_time
from gxgen.checks.prose.claims import claimed_numbers, denied_figures, fees, percentages, spelled_out_sums
from gxgen.checks.prose.quotations import quotations
from gxgen.checks.prose.text_lint import damaged_text, missing_topics, stray_marks, thin_sections, years_named
from gxgen.checks.tables import amounts_in_yuan, balances, bounded, legislation, typed_totals
from gxgen.checks.years import taken_over
from gxgen.compute import Completed
from gxgen.core.findings import Finding

Check = Callable[[Completed], Iterator[Finding]]

OF_SUMS: tuple[Check, ...] = (typed_totals, balances, bounded)
"""The checks that tell whether the figures of the tables hold together."""

CHECKS: tuple[Check, ...] = (
    form_of_year,
    headings,
    *OF_SUMS,
    amounts_in_yuan,
    legislation,
    published_in_time,
    quotations,
    empty_sections,
    claimed_numbers,
    denied_figures,
    spelled_out_sums,
    percentages,
    fees,
    years_named,
    thin_sections,
    missing_topics,
    damaged_text,
    stray_marks,
)

AcrossYears = Callable[[Completed, Completed], Iterator[Finding]]

ACROSS_YEARS: tuple[AcrossYears, ...] = (taken_over,)
"""What must hold between the report of the year before, which comes first, and a report."""


def check(completed: Completed) -> tuple[Finding, ...]:
    """Run every check on a report."""
    return tuple(finding for rule in CHECKS for finding in rule(completed))
