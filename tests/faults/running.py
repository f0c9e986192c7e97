"""Runs of the command in processes of their own, and what they leave behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from gxgen.core.user_folders import SWITCH

LONGEST = 120
"""Seconds that a process may take on the busiest computer before a test fails."""
GOOD = """\
year = 2023
agency = "{}"
[narrative]
overview = "主动公开、依申请公开、政府信息管理、政府信息公开平台建设和监督保障五方面工作{}，各项制度得到落实。"
problems = "公开内容还不够丰富，下一步将加强业务培训，及时更新各类信息。"
"""
COMMAND = (sys.executable, "-m", "gxgen")
SIGNALLED = (
    sys.executable,
    "-c",
    "import sys; from gxgen.cli import main; sys.stderr.write('here\\n'); sys.stderr.flush(); sys.exit(main())",
)
"""The same, and says when Python has started: what comes before is not gxgen's."""


def fill(folder: str, count: int, how: str = "平稳有序") -> None:
    """Write so many data files."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        Path(folder, f"{number:04}.toml").write_text(GOOD.format(f"第{number}局", how), "utf-8")


def files(folder: str) -> dict[str, bytes]:
    """All files of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


class Told(NamedTuple):
    """How a run ended, and what it said where."""

    code: int
    """Negative: the signal that ended it."""
    lines: list[str]
    """Of standard output."""
    err: str


def build(*arguments: str, before: Callable[[], None] | None = None, cache: str = "") -> Told:
    """``gxgen build``, from its start to its end."""
    with started(*arguments, before=before, cache=cache) as running:
        return ended(running)


@contextmanager
def started(
    *arguments: str,
    command: tuple[str, ...] = COMMAND,
    before: Callable[[], None] | None = None,
    cache: str = "",
) -> Iterator[subprocess.Popen[bytes]]:
    """``gxgen build``, running in a group of processes of its own as a shell starts it."""
    with subprocess.Popen(
        [*command, "build", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | ({SWITCH: cache} if cache else {}),
        preexec_fn=before,  # noqa: PLW1509  # the tests have no threads
        start_new_session=True,
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def ended(running: subprocess.Popen[bytes]) -> Told:
    """How a run ends; its workers hold the other ends of its pipes, and have to be gone, too."""
    out, err = running.communicate(timeout=LONGEST)
    told = Told(running.returncode, (out or b"").decode().splitlines(), (err or b"").decode())
    assert "Traceback" not in told.err, told.err
    return told


def assert_whole(folder: str, *made: Mapping[str, bytes]) -> None:
    """Every file that stands under its own name is one that an undisturbed run has made."""
    if Path(folder).exists():
        for name, content in files(folder).items():
            assert name.startswith(".gxgen-") or content in [each.get(name) for each in made], name


def workers_of(process: int) -> set[int]:
    """The processes that a run has started to do its work: children of the one that starts them."""
    parents = dict(_parents())
    return {child for child, parent in parents.items() if parents.get(parent) == process}


def eventually(happens: Callable[[], bool]) -> None:
    """Wait until something can be seen."""
    deadline = time.monotonic() + LONGEST
    while not happens():
        assert time.monotonic() < deadline, "it never happens"
        time.sleep(0.001)


def _parents() -> Iterator[tuple[int, int]]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            yield int(status.parent.name), int(status.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
