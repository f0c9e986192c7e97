"""gxgen: China's 政府信息公开工作年度报告, from a data file to the official form.

The command line is :mod:`gxgen.cli`.  From Python::

    from pathlib import Path
    import gxgen

    for result in gxgen.build([Path("2023.toml")], gxgen.Options(output=Path("out"))):
        print(result.path, result.written, result.findings)

The stages can be taken one by one, too: ``read``, ``complete``, ``run_checks``, ``compose``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gxgen.checks import check as run_checks
    from gxgen.compute import Completed, complete
    from gxgen.core.findings import Finding, Severity
    from gxgen.engine.results import Options, Result
    from gxgen.model import Report
    from gxgen.services.building import build, check
    from gxgen.source import Reading, read
    from gxgen.view import Document, compose


__version__ = "0.1.0"


_HOMES = {
    "Completed": "gxgen.compute",
    "Document": "gxgen.view",
    "Finding": "gxgen.core.findings",
    "Options": "gxgen.services.building",
    "Reading": "gxgen.source",
    "Report": "gxgen.model",
    "Result": "gxgen.services.building",
    "Severity": "gxgen.core.findings",
    "build": "gxgen.services.building",
    "check": "gxgen.services.building",
    "complete": "gxgen.compute",
    "compose": "gxgen.view",
    "read": "gxgen.source",
    "run_checks": "gxgen.checks:check",
}
"""Where each public name lives: a module is loaded when its name is first used, so that importing gxgen is free."""

__all__ = [
    "Completed",
    "Document",
    "Finding",
    "Options",
    "Reading",
    "Report",
    "Result",
    "Severity",
    "__version__",
    "build",
    "check",
    "complete",
    "compose",
    "read",
    "run_checks",
]


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, attribute = _HOMES[name].partition(":")
    return getattr(import_module(module), attribute or name)
