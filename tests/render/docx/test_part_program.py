"""Templates that only insert names come out as Jinja would have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gxgen.core.errors import TemplateError
from gxgen.model import Report
from gxgen.render.docx.insertion import InsertionContext
from gxgen.render.docx.part_compiler import compile_part
from gxgen.render.docx.part_program import InsertStep, LoopStep, PartProgram, Step, TextStep
from gxgen.render.docx.wordml import Xml
from gxgen.render.templating.names import names_of
from gxgen.spec import layouts
from gxgen.view import Block, Document, SectionView
from tests.render.made import document_of


class PlainElementRenderer:
    """Renders each element so that it can be told from any other."""

    page_number = Xml("<w:r>1</w:r>")
    style = "h1 {}"

    def title(self, document: Document) -> str:
        """Draw the title."""
        return Xml(f"<w:p>{document.year}</w:p>")

    def heading(self, section: SectionView) -> str:
        """Draw a heading."""
        return Xml(f"<w:p>{section.key}</w:p>")

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        """Draw text."""
        return Xml(f"<w:p>{len(blocks)}</w:p>")

    def table(self, section: SectionView) -> str:
        """Draw a table."""
        return Xml(f"<w:tbl>{section.key}</w:tbl>")


DOCUMENT = document_of(
    Report(
        year=2023,
        layout=layouts()[-1],
        agency="A&B<局>“'\"",
        narrative={"problems": "有。\n无。"},
        figures={"requests.received.individual": 12},
    )
)
NAMES: Mapping[str, object] = names_of(DOCUMENT, PlainElementRenderer(), wording={"opening": "甲&乙"}, values={"n": 5})
SPELT = tuple(name for name in NAMES if name.isidentifier())
TARGETS = ("section", "s", "requests")
"""Names of loop variables; one of them hides a name of the report."""
ATTRIBUTES = ("key", "heading", "text", "table", "headline", "received", "received.total")
"""What a template may ask a section for, in vain or not."""
REFUSED = "refused"


def outcome(render: Callable[[], tuple[bytes, frozenset[str]]]) -> tuple[bytes, frozenset[str]] | str:
    """What rendering gives; every refusal counts as the same."""
    try:
        return render()
    except TemplateError:
        return REFUSED


def texts() -> st.SearchStrategy[str]:
    """Text between tags: what Word leaves there, and newlines, which Jinja treats specially."""
    return st.text(st.sampled_from("甲乙&;\"'w:p \n\t-%#"), max_size=8)


def places() -> st.SearchStrategy[str]:
    """A tag that places something, known or not."""
    names = st.sampled_from((*SPELT, *TARGETS, "titel", "requests.received.total", "reconsideration.upheld"))
    attributes = st.builds("{}.{}".format, st.sampled_from(TARGETS), st.sampled_from(ATTRIBUTES))
    return st.builds("{{{{{} {} }}}}".format, st.sampled_from(["", "-"]), names | attributes)


def loops(bodies: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A loop over the sections, with or without its white space."""
    dash = st.sampled_from(["", "-"])
    return st.builds(
        "{{%{0} for {1} in sections {2}%}}{3}{{% endfor %}}".format, dash, st.sampled_from(TARGETS), dash, bodies
    )


def sources() -> st.SearchStrategy[str]:
    """Small templates made of text, places and loops within loops."""

    def joined(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.lists(pieces, max_size=5).map("".join)

    return st.recursive(
        joined(texts() | places()), lambda inner: joined(texts() | places() | loops(inner)), max_leaves=12
    )


def rendered(program: PartProgram) -> tuple[bytes, frozenset[str]] | str:
    """What a program makes."""
    return outcome(lambda: program.render(NAMES, DOCUMENT.figures))


@settings(max_examples=400)
@given(source=sources())
@example(source="{% for s in sections %}{% for s in sections %}{{ s.key }}{% endfor %}{{ s.key }}{% endfor %}")
@example(source="{% for requests in sections %}{{ requests.key }}{% endfor %}{{ requests.received.total }}")
@example(source="{% for requests in sections %}{{ requests.received.total }}{% endfor %}")
@example(source="{% for s in sections %}{% endfor %}{{ s.key }}")
@example(source="甲\n{{ agency }}\n")
@example(source="{% raw %}{{ agency }}{% endraw %}{# 说明 #}")
@example(source="{% for p in problems.paragraphs %}{{ p }}{{ p.text }}{% endfor %}{{ values.n }}{{ wording.opening }}")
@example(source="<w:body>{{ requests }}{{ title }}</w:body>")
def test_following_the_steps_is_what_jinja_does(source: str) -> None:
    """For any template of text, places and loops, both give the same text and place the same parts, or both refuse."""
    program = compile_part(source)
    assert program.steps is not None, "such a template needs no Jinja"
    kept = msgspec.json.decode(msgspec.json.encode(program.steps), type=tuple[Step, ...])
    by_jinja = PartProgram(None, source, is_balanced=True, has_drawings=False)
    by_steps = PartProgram(kept, "", is_balanced=True, has_drawings=False)
    assert rendered(by_steps) == rendered(by_jinja)


@pytest.mark.parametrize(
    "source",
    [
        "{% if agency %}甲{% endif %}",
        "{{ agency|upper }}",
        "{{ agency|safe }}",
        "{{ 'agency' }}",
        "{{ sections[0].key }}",
        "{{ agency ~ year }}",
        "{{ agency if year else '' }}",
        "{{ agency.upper() }}",
        "{% set a = agency %}{{ a }}",
        "{% for s in sections %}{{ loop.index }}{% endfor %}",
        "{% for s in sections if s.table %}甲{% endfor %}",
        "{% for s in sections %}甲{% else %}乙{% endfor %}",
        "{% for s in sections recursive %}甲{% endfor %}",
        "{% for s in sections|reverse %}甲{% endfor %}",
        "{% for a, b in sections %}甲{% endfor %}",
        "{% macro m() %}甲{% endmacro %}",
        "{% filter upper %}a{% endfilter %}",
        "{% for s in sections %}{% if s.table %}甲{% endif %}{% endfor %}",
    ],
)
def test_what_goes_beyond_placing_is_left_to_jinja(source: str) -> None:
    """Conditions, filters, literals, calls and whatever else Jinja can do are not half understood."""
    assert compile_part(source).steps is None


def test_the_steps_are_plain_json() -> None:
    """The steps say what they do, in a form that a cache can keep."""
    source = "<w:p>{{ year }}</w:p>{% for s in sections %}<w:t>{{ s.key }}。</w:t>{% endfor %}"
    body = (TextStep("<w:t>"), InsertStep(InsertionContext.INLINE, "s.key"), TextStep("。</w:t>"))
    steps = compile_part(source).steps
    assert steps == (
        TextStep("<w:p>"),
        InsertStep(InsertionContext.RUN, "year"),
        TextStep("</w:p>"),
        LoopStep("s", "sections", body),
    )
    assert msgspec.to_builtins(steps) == (
        ["text", "<w:p>"],
        ["insert", "run", "year"],
        ["text", "</w:p>"],
        ["loop", "s", "sections", (["text", "<w:t>"], ["insert", "inline", "s.key"], ["text", "。</w:t>"])],
    )


@pytest.mark.parametrize(
    "source",
    [
        "{{ titel }}",
        "{{ title.colour }}",
        "{{ requests.recieved.total }}",
        "{{ requests.received.total.real }}",
        "{{ wording.closing }}",
        "{% for s in titel %}甲{% endfor %}",
        "{% for s in agency %}甲{% endfor %}",
    ],
)
def test_a_name_that_is_not_there_is_never_nothing(source: str) -> None:
    """Asking for what does not exist raises and does not print a blank."""
    program = compile_part(source)
    assert program.steps is not None
    with pytest.raises(TemplateError):
        program.render(NAMES, DOCUMENT.figures)


def test_loops_in_loops_end() -> None:
    """Plain steps are counted like Jinja's."""
    source = "{% for a in sections %}" * 12 + "{% endfor %}" * 12
    with pytest.raises(TemplateError, match="太多"):
        compile_part(source).render(NAMES, DOCUMENT.figures)
