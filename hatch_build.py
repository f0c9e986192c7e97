"""Prepare the Word templates for the wheel, so that the first report of an installed gxgen needs no docxtpl."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PreparedTemplates(BuildHookInterface[Any]):
    """Adds ``gxgen/prepared`` to the wheel; an editable installation uses that of the checkout, if there is one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the prepared templates to a folder outside the sources, and include them in the wheel."""
        if version == "editable":
            return
        sys.path[:0] = [self.root, str(Path(self.root, "tools"))]
        from prepared_templates import write

        self._folder = TemporaryDirectory(prefix="gxgen-")  # removed with this object, when the wheel is written
        folder = Path(self._folder.name)
        write(folder)
        build_data["force_include"] |= {str(path): f"gxgen/prepared/{path.name}" for path in folder.iterdir()}
