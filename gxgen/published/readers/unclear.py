"""Why characters are left out of a text: the words of every format for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

STRUCK, SHIFTED, FAINT = "划去的字", "上标或下标的字", "看不见的字"
TOO_DEEP = "嵌套太深的字"
UNCLEAR = frozenset((STRUCK, SHIFTED, FAINT, TOO_DEEP))
"""Kinds of text that is left out of a cell or a paragraph though it stands in it."""
SITE = "网站框架"
"""Text that is a web site's own: its menus, its sides and its foot."""


def in_cell(doubtful: Mapping[str, str], besides: Iterable[str] = ()) -> str:
    """Why the text of a cell is not certain; empty if it is.

    Args:
        doubtful: the characters that are not certain to be text, by the reason.
        besides: what else is in the cell.
    """
    named = [f"{kind}「{' '.join(text.split())}」" for kind, text in doubtful.items()]
    return f"格内有{'、'.join([*besides, *named])}" if named or besides else ""
