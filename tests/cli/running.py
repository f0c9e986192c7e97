"""Running the command line as people do, within this process or in one of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from gxgen.cli import main

GOOD = """\
year = 2023
agency = "甲县科学技术局"
[narrative]
overview = "主动公开、依申请公开、政府信息管理、政府信息公开平台建设和监督保障五方面工作平稳有序，各项制度得到落实。"
problems = "公开内容还不够丰富，下一步将加强业务培训，及时更新各类信息。"
"""
WARNED = 'year = 2023\nagency = "乙县科学技术局"\n'
"""Sections 一 and 五 have no text."""
WRONG = GOOD.replace("甲", "丙") + "[requests]\nreceived = [1, 0, 0, 0, 0, 0]\n"
"""One request received, none handled."""


@dataclass(frozen=True)
class Run:
    """How a run ended, and what it said where."""

    code: int
    raw_out: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.raw_out.decode("utf-8")

    @property
    def lines(self) -> list[str]:
        """Standard output line by line."""
        return self.out.splitlines()


def gxgen(*arguments: str) -> Run:
    """Run the command within this process.  Anything that it raises, other than to end the process, comes through."""
    interrupt = signal.getsignal(signal.SIGINT)
    with CliRunner().isolation() as (out, err, _), patch.object(sys, "argv", ["gxgen", *arguments]):
        try:
            main()
        except SystemExit as end:
            return Run(int(end.code or 0), out.getvalue(), err.getvalue().decode("utf-8"))
        finally:
            if signal.getsignal(signal.SIGINT) is not interrupt:  # it was the end of the process
                signal.signal(signal.SIGINT, interrupt)


def process(*arguments: str, cwd: Path, **environment: str) -> Run:
    """Run the command as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "gxgen", *arguments],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))
