"""The narrative against the tables and against itself (rules N-1 to N-12 of the form)."""

from __future__ import annotations

from gxgen.checks.narrative.counted import claimed_numbers
from gxgen.checks.narrative.denied import denied
from gxgen.checks.narrative.spelled_out import fees, percentages, spelled_out_sums
from gxgen.checks.narrative.traps import damaged_text, missing_topics, stray_marks, thin_sections, years_named

__all__ = [
    "claimed_numbers",
    "damaged_text",
    "denied",
    "fees",
    "missing_topics",
    "percentages",
    "spelled_out_sums",
    "stray_marks",
    "thin_sections",
    "years_named",
]
