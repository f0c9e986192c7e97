"""Documents of other programs, converted by LibreOffice where the computer has it.

LibreOffice runs without a window, with a profile of its own that is thrown away, so that it neither sees nor changes
what people have open; macros and links to other files are off; time and memory are bounded.  Many files are converted
by one process: its start takes longer than most files.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from glob import glob
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from weakref import finalize

from gxgen.published.readers.errors import ReaderError
from gxgen.published.readers.formats import SAVE_AS, Format, needs_conversion

FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
"""What is converted to, and how LibreOffice calls that."""
SECONDS = 60
"""For the start and the first file."""
SECONDS_A_FILE = 10
MOST_AT_ONCE = 40
"""Files of one process."""
LARGEST_MEMORY = 1_500_000
"""KiB of address space."""
PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
"""Where installers put it, if it is not on the path."""
OPTIONS = ("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault", "--nofirststartwizard")
SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
)


@cache
def program() -> str:
    """LibreOffice's program; empty where the computer has none."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((path for place in PLACES for path in sorted(glob(place), reverse=True)), "")  # noqa: PTH207  # absolute


def convert(raw: bytes, suffix: str, to: str, what: str) -> bytes:
    """Convert one file.

    Args:
        raw: its bytes.
        suffix: how files of its kind are called.
        to: the suffix of what is wanted: one of :data:`FILTERS`.
        what: how people call its kind, for messages.

    Raises:
        ReaderError: there is no LibreOffice, or it cannot open the file.
    """
    if not program():
        message = f"这是{what}，要有 LibreOffice 才能读，这台电脑上没有找到"
        raise ReaderError(message, f"装上 LibreOffice 再读；或者{SAVE_AS}")
    with TemporaryDirectory(prefix="gxgen-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"1{suffix}")
        source.write_bytes(raw)
        made, in_time = _run([source], to, Path(folder))
        if made:
            return made[0].read_bytes()
    if not in_time:
        raise ReaderError(f"LibreOffice 用了 {SECONDS} 秒还没有打开这个文件，不像报告", SAVE_AS)
    raise ReaderError(f"这是{what}，LibreOffice 打不开：可能加了密码，或者已损坏", f"取消密码；或者{SAVE_AS}")


class Conversions:
    """Those of many files that need it, converted in few processes.

    What was made is there as long as this object is.  Files that cannot be converted are missing: whoever reads them
    learns why.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self.made: Mapping[Path, Path] = {}
        formats = {path: found for path in paths if (found := needs_conversion(path))} if program() else {}
        is_workbook = any(each.converted_to == ".xlsx" for each in formats.values())
        if len(formats) > 1 or is_workbook:  # one document is converted when it is read
            folder = mkdtemp(prefix="gxgen-")
            finalize(self, shutil.rmtree, folder, ignore_errors=True)
            self.made = _by_kind(formats, Path(folder))


def _by_kind(formats: Mapping[Path, Format], folder: Path) -> Mapping[Path, Path]:
    found: dict[Path, Path] = {}
    for to in FILTERS:
        of_kind = [path for path, each in formats.items() if each.converted_to == to]
        for start in range(0, len(of_kind), MOST_AT_ONCE):
            inside = folder / f"{to[1:]}{start}"
            inside.mkdir()
            some = of_kind[start : start + MOST_AT_ONCE]
            copies = {path: inside / f"{at}{formats[path].suffix}" for at, path in enumerate(some)}
            found |= _together(copies, to, inside)
    return found


def _together(copies: Mapping[Path, Path], to: str, folder: Path) -> Mapping[Path, Path]:
    """Convert files in one process, and those after the one that has stopped it in another.

    Args:
        copies: for each file, the copy that LibreOffice is given.
        to: the suffix of what is wanted.
        folder: where it may work.
    """
    found: dict[Path, Path] = {}
    waiting = list(copies)
    for path in copies:
        with suppress(OSError):
            shutil.copyfile(path, copies[path])
    while waiting:
        made, _ = _run([copies[path] for path in waiting], to, folder)
        done = {each.stem: each for each in made}
        before = len(found)
        found |= {path: done[copies[path].stem] for path in waiting if copies[path].stem in done}
        if len(found) == before:
            break
        waiting = [path for path in waiting if path not in found][1:]
    return found


def _run(sources: Sequence[Path], to: str, folder: Path) -> tuple[list[Path], bool]:
    """Convert files into a folder ``made``: what was made, and whether that was done in time."""
    profile, made = folder / "profile", folder / "made"
    _write_settings(profile)
    command = [
        program(),
        f"-env:UserInstallation={profile.as_uri()}",
        *OPTIONS,
        "--convert-to",
        FILTERS[to],
        "--outdir",
        str(made),
        *map(str, sources),
    ]
    seconds = SECONDS + SECONDS_A_FILE * (len(sources) - 1)
    if sys.platform != "win32":
        limits = f'ulimit -v {LARGEST_MEMORY}; ulimit -t {seconds}; ulimit -c 0; exec "$@"'
        command = ["/bin/sh", "-c", f"{{ {limits}; }} 2>/dev/null", "sh", *command]
    nowhere = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603  # a program of the computer, on copies of the files
            command, stdin=nowhere, stdout=nowhere, stderr=nowhere, cwd=folder, start_new_session=True
        )
    except OSError:
        return [], True
    in_time = True
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        in_time = False
    finally:
        _end(process)
    return sorted(path for path in made.glob(f"*{to}") if path.stat().st_size), in_time


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with those that it has started."""
    if sys.platform == "win32":
        if process.poll() is None:
            taskkill = str(Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe"))
            subprocess.run([taskkill, "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)  # noqa: S603
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SETTINGS
    )
    space = 'xmlns:oor="http://openoffice.org/2001/registry"'
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(f'<?xml version="1.0" encoding="UTF-8"?><oor:items {space}>{items}</oor:items>', "utf-8")
