"""``--format``, for the commands that tell findings."""

from __future__ import annotations

from gxgen.cli.common import format_option_of
from gxgen.cli.show import FOR_PROGRAMS

format_option = format_option_of(
    ("text", *FOR_PROGRAMS), "text（默认，给人看）、json、sarif（给程序用）或 github（给 GitHub Actions 用）。"
)
