"""Reports printed for tests, and the narrative that offices write."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from hypothesis import strategies as st

from gxgen.compute import complete
from gxgen.engine.formats import FORMATS
from gxgen.model import Report
from gxgen.packs import find_pack
from gxgen.spec import Layout
from gxgen.view import compose
from tests.strategies import YEARS, figures, forms

HEADS = ("", "", "（一）", "（二）主动公开。", "1.", "一是", "（三）政府信息管理：")
CLAUSES = (
    "全年通过区政府门户网站公开政府信息8642条",
    "本机关未收到政府信息公开申请",
    "办结719件，其中予以公开257件",
    "收取信息处理费1,820元（国办函〔2020〕109号）",
    "占69.5%",
    "对“三安全一稳定”等事项逐项审查",
    "A&B < C > D",
    "制发行政规范性文件18件",
    "2024年1月1日至12月31日",
)
ENDS = ("。", "。", "！", "", "；")


def document(report: Report, suffix: str) -> bytes:
    """The report as a file of a format."""
    render = FORMATS[suffix.removeprefix(".")](find_pack(report.pack, Path()))
    return render(compose(complete(report)))


def paragraphs() -> st.SearchStrategy[str]:
    """A paragraph as offices write them."""
    clauses = st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=6).map("，".join)
    return st.builds(lambda head, text, end: head + text + end, st.sampled_from(HEADS), clauses, st.sampled_from(ENDS))


def stressed() -> st.SearchStrategy[str]:
    """A paragraph with words in bold: at its start, inside or at its end."""
    plain, bold = st.sampled_from(("", "一是", *CLAUSES)), st.sampled_from(CLAUSES).map("**{}。**".format)
    return st.lists(st.tuples(plain, bold), min_size=1, max_size=3).flatmap(
        lambda pairs: st.sampled_from(CLAUSES).map(
            lambda end: "，".join(f"{before}{words}" for before, words in pairs) + end
        )
    )


@st.composite
def narratives(draw: st.DrawFn, layout: Layout) -> dict[str, str]:
    """Texts for some of a report's places: topics, or one text, for each section that has topics."""
    texts = st.lists(paragraphs(), min_size=1, max_size=4).map("\n".join)
    plain = ["preamble", *(section.key for section in layout.sections)]
    found = draw(st.dictionaries(st.sampled_from(plain), texts, max_size=7))
    for section in layout.sections:
        if section.topics and section.key not in found:
            keys = ["lead", *(topic.key for topic in section.topics)]
            topics = draw(st.dictionaries(st.sampled_from(keys), texts, max_size=6))
            found |= {f"{section.key}.{key}": text for key, text in topics.items()}
    return found


@st.composite
def narrative_reports(draw: st.DrawFn) -> Report:
    """A report whose texts an office could have written."""
    layout = draw(forms())
    return Report(
        year=draw(st.sampled_from(YEARS[layout.first_year])),
        layout=layout,
        agency=draw(st.sampled_from(["", "某某县科学技术局", "甲市乙区人民政府办公室"])),
        narrative=MappingProxyType(draw(narratives(layout))),
        figures=draw(figures(layout)),
    )
