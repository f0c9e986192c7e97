"""Standard output and the other one, when nobody reads them any more or their disk is full."""

from __future__ import annotations

import errno
import os
import sys
from typing import TextIO

import click


def tell(message: str | bytes, *, err: bool = False, nl: bool = True) -> None:
    """Print, to whoever still listens: ``gxgen build … | head`` makes all reports, and ends well."""
    try:
        click.echo(message, nl=nl, err=err)
    except OSError as error:
        if not is_unread(error):
            raise
        silence(sys.stderr if err else sys.stdout)


def is_unread(error: OSError) -> bool:
    """Whether a stream cannot be written because its reader has gone."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)


def silence(stream: TextIO) -> None:
    """Have a stream write nowhere: what is still buffered would fail again when Python shuts down."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
