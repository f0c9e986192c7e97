"""What the pages show, done for real: data files saved, commands run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.docs.markdown import Fence

NAMED = re.compile(r"# (\S+\.toml)\n")
PROMPT = "$ "


def save_data_files(fences: tuple[Fence, ...], folder: Path) -> None:
    """Save every data file that says its name in its first line."""
    for fence in fences:
        if fence.language == "toml" and (name := NAMED.match(fence.text)):
            (folder / name[1]).write_text(fence.text, encoding="utf-8")


def replay(session: Fence, folder: Path) -> str:
    """What a terminal shows when the commands of *session* are typed into it."""
    return "".join(_replayed(session, folder))


def _replayed(session: Fence, folder: Path) -> Iterator[str]:
    last_code = 0
    for line in session.text.splitlines():
        if not line.startswith(PROMPT):
            continue
        yield f"{line}\n"
        if line == f"{PROMPT}echo $?":
            yield f"{last_code}\n"
            continue
        program, *arguments = shlex.split(line.removeprefix(PROMPT))
        assert program == "gxgen", f"only gxgen is run here, not {program}"
        done = subprocess.run(
            [sys.executable, "-m", "gxgen", *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        last_code = done.returncode
        yield done.stdout
