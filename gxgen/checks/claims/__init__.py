"""Running Chinese text read for what it claims about the tables: numbers, sums, shares, and that nothing happened."""

from __future__ import annotations

from gxgen.checks.claims.claims import ClaimReader
from gxgen.checks.claims.counts import Count, counts
from gxgen.checks.claims.documents import DocumentClaims
from gxgen.checks.claims.nothing import Denial, denials
from gxgen.checks.claims.sums import Share, Sum, shares, sums
from gxgen.checks.claims.terms import Claim, Term, Terms, can_be_named

__all__ = [
    "Claim",
    "ClaimReader",
    "Count",
    "Denial",
    "DocumentClaims",
    "Share",
    "Sum",
    "Term",
    "Terms",
    "can_be_named",
    "counts",
    "denials",
    "shares",
    "sums",
]
