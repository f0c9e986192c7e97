"""Running Chinese text read for what it claims about the tables: numbers, sums, shares, and that nothing happened.

What is said to be none is read by modules of its own (:mod:`gxgen.checks.prose.negations`, ``absent``, ``everything``),
which are imported only for reports that have a figure.
"""

from __future__ import annotations

from gxgen.checks.prose.applications import ApplicationClaims
from gxgen.checks.prose.counts import Count, counts
from gxgen.checks.prose.disclosure import MONEY, DecisionClaims, DocumentClaims
from gxgen.checks.prose.sums import Share, Sum, shares, sums
from gxgen.checks.prose.terms import Claim, Term, Terms, can_be_named

__all__ = [
    "MONEY",
    "ApplicationClaims",
    "Claim",
    "Count",
    "DecisionClaims",
    "DocumentClaims",
    "Share",
    "Sum",
    "Term",
    "Terms",
    "can_be_named",
    "counts",
    "shares",
    "sums",
]
