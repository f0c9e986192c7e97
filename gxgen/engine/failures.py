"""Reports that something nobody foresaw keeps from being made or read: one must not cost the others of a province."""

from __future__ import annotations

from pathlib import Path

from gxgen.core import codes
from gxgen.core.findings import Finding


def unexpected_error(error: Exception) -> Finding:
    """A fault of gxgen itself, with the line that it comes from."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
    message = f"程序出错：{type(error).__name__} {error}（{where}）"
    return Finding(codes.INTERNAL, "", message, codes.INTERNAL.remedy)


def worker_died() -> Finding:
    """Two processes that worked on the report have died."""
    return Finding(codes.WORKER_DIED, "", codes.WORKER_DIED.rationale, codes.WORKER_DIED.remedy)
