"""What the reader of tables could not read: values that become findings once the whole report is known."""

from __future__ import annotations

from typing import NamedTuple

from gxgen.findings import Code
from gxgen.published.blocks import Place
from gxgen.spec import Address


class Complaint(NamedTuple):
    """Something left out, and why."""

    code: Code
    place: Place
    message: str
    where: Address = ""
    hint: str = ""
