"""What must hold in a report: a tuple of functions, one family a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gxgen.checks.arithmetic import balances, typed_totals
from gxgen.checks.completeness import empty_sections
from gxgen.checks.quotations import quotations
from gxgen.compute import Completed
from gxgen.findings import Finding

Check = Callable[[Completed], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (typed_totals, balances, quotations, empty_sections)


def check(completed: Completed) -> tuple[Finding, ...]:
    """Run every check on a report."""
    return tuple(finding for rule in CHECKS for finding in rule(completed))
