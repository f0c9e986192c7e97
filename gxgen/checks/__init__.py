"""The checks of a report: functions from a completed report to findings, one family per module."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gxgen.checks.form import empty_sections, form_of_year, headings, published_in_time
from gxgen.checks.magnitudes import amounts_in_yuan, unlike_last_year
from gxgen.checks.prose.claims import claimed_numbers, denied_figures, fees, percentages, spelled_out_sums
from gxgen.checks.prose.quotations import quotations
from gxgen.checks.prose.text_lint import damaged_text, missing_topics, stray_marks, thin_sections
from gxgen.checks.prose.years import years_named
from gxgen.checks.tables import balances, column_bounds, rulemaking_power, typed_totals
from gxgen.checks.years import carried_figures
from gxgen.compute import Completed
from gxgen.core.findings import Finding

Check = Callable[[Completed], Iterator[Finding]]

SUM_CHECKS: tuple[Check, ...] = (typed_totals, balances, column_bounds)
"""The checks of the arithmetic of the tables."""

CHECKS: tuple[Check, ...] = (
    form_of_year,
    headings,
    *SUM_CHECKS,
    amounts_in_yuan,
    rulemaking_power,
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

YearCheck = Callable[[Completed, Completed], Iterator[Finding]]

YEAR_CHECKS: tuple[YearCheck, ...] = (carried_figures, unlike_last_year)
"""The checks of a report against that of the year before, which is the first argument."""


def check(completed: Completed) -> tuple[Finding, ...]:
    """Run every check on a report."""
    return tuple(finding for rule in CHECKS for finding in rule(completed))
