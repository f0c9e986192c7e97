"""Exceptions for what a stage cannot go on without; the batch turns each into a finding.

Problems of a report are values (:mod:`gxgen.findings`), never exceptions.
"""

from __future__ import annotations


class GxgenError(Exception):
    """Something a person can mend: what is wrong, and how to mend it, in Chinese."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class TemplateError(GxgenError):
    """A Word template that cannot be used."""


class PackError(GxgenError):
    """A region pack that cannot be found or read."""
