"""The command line: arguments in, messages and an exit code out; no decision about reports."""

from __future__ import annotations

import gc
import signal
import sys
from typing import NoReturn

from gxgen.core.errors import reason

GARBAGE_THRESHOLD = 200_000
EXIT_DONE, EXIT_ERRORS, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130


def main() -> NoReturn:
    """Run gxgen and end the process: 0 done, 1 a report has errors, 2 wrong usage or a file cannot be read."""
    # A run makes many lasting objects and next to no garbage: looking for it again and again takes a tenth of the time.
    gc.set_threshold(GARBAGE_THRESHOLD)
    try:
        code = _run()
    except KeyboardInterrupt:
        code = _aborted()
    # Python looks for garbage once more before it ends, which takes longer than making a report; all of it goes anyway.
    gc.freeze()
    sys.exit(code)


def _run() -> int:
    import click

    from gxgen.cli.commands import gxgen
    from gxgen.cli.messages import usage_problem

    for stream in (sys.stdout, sys.stderr):
        # A Windows console of an old code page shows a placeholder rather than end the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return int(gxgen.main(prog_name="gxgen", standalone_mode=False) or EXIT_DONE)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return EXIT_USAGE
    except click.UsageError as error:
        click.echo(usage_problem(error), err=True)
        return EXIT_USAGE
    except click.Abort:
        return _aborted()
    except OSError as error:
        if error.filename is not None:
            raise  # no failure of standard output
        return _output_lost(error)


def _aborted() -> int:
    """Ignore further Ctrl-C while Python shuts down."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print("已中止。", file=sys.stderr, flush=True)  # noqa: T201  # click may not be there yet
    return EXIT_INTERRUPTED


def _output_lost(error: OSError) -> int:
    """End after standard output failed: its reader has gone, or its disk is full."""
    from gxgen.cli.terminal import is_unread, silence

    silence(sys.stdout)
    if not is_unread(error):
        print(f"gxgen：结果写不出去：{reason(error)}", file=sys.stderr)  # noqa: T201  # click may be what failed
    return EXIT_USAGE
