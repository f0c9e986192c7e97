"""Made-up texts: sentences that no two agencies have by chance."""

from __future__ import annotations

from random import Random
from types import MappingProxyType

from gxgen.model import Report
from gxgen.spec import layout_for

WORDS = "梳理窗口归集目录便民渔港档案林区水库校园药店路灯集市茶叶灌溉牧场桥梁窑址码头粮仓苗圃矿井渡口"


def seeded(seed: int) -> Random:
    """Chance that comes again."""
    return Random(seed)  # noqa: S311  # a fixed seed is the point


def sentence(chance: Random) -> str:
    """A sentence of 24 to 40 characters, with a number in it."""
    clauses = ["".join(chance.choices(WORDS, k=chance.randint(12, 16))) for _ in range(2)]
    return f"{clauses[0]}{chance.randint(1, 999)}件，{clauses[1]}。"


def paragraphs(chance: Random, count: int = 12) -> list[str]:
    """Sentences of nobody else."""
    return [sentence(chance) for _ in range(count)]


def report(agency: str, year: int, sentences: list[str]) -> Report:
    """A report with a text."""
    layout = layout_for(year)
    assert layout
    return Report(year, layout, agency, narrative=MappingProxyType({"overview": "".join(sentences)}))
