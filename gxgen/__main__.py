"""``python -m gxgen`` is the command ``gxgen``."""

from __future__ import annotations

from gxgen.cli import main

if __name__ == "__main__":
    main()
