"""Findings for errors of gxgen itself: one report must not cost the others of a province."""

from __future__ import annotations

from pathlib import Path

from gxgen.core import codes
from gxgen.core.findings import Finding


def unexpected_error(error: Exception) -> Finding:
    """Return the finding for an unexpected error, with the source line that raised it."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
    message = f"程序出错：{type(error).__name__} {error}（{where}）"
    return Finding(codes.INTERNAL, "", message, codes.INTERNAL.remedy)


def worker_died() -> Finding:
    """Return the finding for a report on which two worker processes have died."""
    return Finding(codes.WORKER_DIED, "", codes.WORKER_DIED.rationale, codes.WORKER_DIED.remedy)
