"""Characters that look like ordinary ones and are others: Kangxi radicals and compatibility ideographs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_RADICALS = (
    "⺠民⻅见⻆角⻉贝⻋车⻌辶⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
    "⻁虎⻄西⻗雨⻑長⻒镸⻈讠⻐钅⻟飠⺟母⺝月⺼月⻊足⺆冂⺈刀⺊卜⺌小⺎兀⺏尢⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺞歹⺡氵⺢水⺣灬"
)
"""CJK Radicals Supplement: pairs of a radical and the ideograph that it is printed as."""


def _pairs() -> Iterator[tuple[int, str]]:
    yield from ((ord(radical), plain) for radical, plain in zip(_RADICALS[::2], _RADICALS[1::2], strict=True))
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA), *range(0x2F800, 0x2FA1E)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code):
            yield code, plain


ORDINARY = dict(_pairs())
"""By code point, as ``str.translate`` takes it."""
RARE = re.compile("[\u2e80-\u2fd5\uf900-\ufad9\U0002f800-\U0002fa1d]")
"""The blocks that these characters are in."""


def ordinary(text: str) -> str:
    """The text with ordinary ideographs for radicals and compatibility ones, which look the same."""
    return text.translate(ORDINARY) if RARE.search(text) else text
