"""Templates that only place what they are given come out as Jinja would have them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gxgen.render.docx.plain import Steps, follow, steps_of
from gxgen.render.docx.slots import SectionSlots
from gxgen.render.docx.wordml import Xml

JINJA = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
SECTIONS = tuple(
    SectionSlots(key, Xml(f"<w:p>{key}</w:p>"), Xml("<w:p>&lt;</w:p>"), Xml(table))
    for key, table in (("overview", ""), ("A&B", "<w:tbl/>"))
)
NAMES: Mapping[str, object] = {
    "title": Xml("<w:p>题</w:p>"),
    "preamble": Xml(""),
    "sections": SECTIONS,
    "agency": "A&B<局>“'\"",
    "year": 2023,
}
TARGETS = ("section", "s", "title")
"""Names of loop variables; one of them hides a name of the report."""
ATTRIBUTES = ("key", "heading", "text", "table", "headline")
"""What a template may ask a section for, in vain or not."""
REFUSED = "refused"


def outcome(render: Callable[[], str]) -> str:
    """What rendering gives; every refusal counts as the same."""
    try:
        return render()
    except (TemplateError, LookupError, AttributeError):
        return REFUSED


def texts() -> st.SearchStrategy[str]:
    """Text between tags: what Word leaves there, and newlines, which Jinja treats specially."""
    return st.text(st.sampled_from("甲乙<>&;/\"'w:p \n\t-%#"), max_size=8)


def places() -> st.SearchStrategy[str]:
    """A tag that places something, known or not."""
    names = st.sampled_from((*NAMES, *TARGETS, "titel")).filter(lambda name: name != "sections")
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


@settings(max_examples=400)
@given(source=sources())
@example(source="{% for s in sections %}{% for s in sections %}{{ s.key }}{% endfor %}{{ s.table }}{% endfor %}")
@example(source="{% for title in sections %}{{ title.key }}{% endfor %}{{ title }}")
@example(source="{% for s in sections %}{% endfor %}{{ s.key }}")
@example(source="甲\n{{ agency }}\n")
@example(source="{% raw %}{{ agency }}{% endraw %}{# 说明 #}")
def test_following_the_steps_is_what_jinja_does(source: str) -> None:
    """For any template of text, places and loops, both give the same text or both refuse."""
    steps = steps_of(JINJA.parse(source))
    assert steps is not None, "such a template needs no Jinja"
    kept: Steps = json.loads(json.dumps(steps))
    assert outcome(lambda: follow(kept, NAMES)) == outcome(lambda: JINJA.from_string(source).render(NAMES))


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
        "{% for s in sections %}{{ loop }}{% endfor %}",
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
    assert steps_of(JINJA.parse(source)) is None


def test_the_steps_are_plain_json() -> None:
    """The steps say what they do, in a form that a cache can keep."""
    source = "甲{{ title }}{% for s in sections %}{{ s.key }}。{% endfor %}"
    assert steps_of(JINJA.parse(source)) == [
        ["text", "甲"],
        ["place", "title"],
        ["each", "s", "sections", [["place", "s.key"], ["text", "。"]]],
    ]


@pytest.mark.parametrize("source", ["{{ titel }}", "{{ title.colour }}", "{% for s in titel %}甲{% endfor %}"])
def test_a_name_that_is_not_there_is_never_nothing(source: str) -> None:
    """Asking for what does not exist raises and does not print a blank."""
    steps = steps_of(JINJA.parse(source))
    assert steps is not None
    with pytest.raises((LookupError, AttributeError)):
        follow(steps, NAMES)
