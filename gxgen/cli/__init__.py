"""The command line: arguments in, messages and an exit code out; no decision about reports."""

from __future__ import annotations

import sys
from typing import NoReturn

EXIT_DONE, EXIT_ERRORS, EXIT_USAGE = 0, 1, 2


def main() -> NoReturn:
    """Run gxgen and end the process: 0 done, 1 a report has errors, 2 wrong usage or a file cannot be read."""
    import click

    from gxgen.cli.commands import gxgen
    from gxgen.cli.words import usage_problem

    for stream in (sys.stdout, sys.stderr):
        # A Windows console of an old code page shows a placeholder rather than end the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = gxgen.main(prog_name="gxgen", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        code = EXIT_USAGE
    except click.UsageError as error:
        click.echo(usage_problem(error), err=True)
        code = EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中止。", err=True)
        code = 130
    sys.exit(code)
