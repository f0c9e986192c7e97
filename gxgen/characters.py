"""Characters that no document can hold."""

from __future__ import annotations

import re

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f]|\ufffe|\uffff")
"""What XML 1.0 (2.2) leaves out, and a carriage return, which XML readers turn into something else.

Lone surrogates are left out too, but no text file can bring one in.
"""
