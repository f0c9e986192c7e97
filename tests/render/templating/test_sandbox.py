"""A stranger's template reads nothing but the report, runs nothing, and ends."""

from __future__ import annotations

import io
import os
import re
import subprocess
import tracemalloc
from collections.abc import Iterator

import docx
import pytest

from gxgen.core.errors import TemplateError
from gxgen.model import Report
from gxgen.render.docx import DocxRenderer, prepare
from gxgen.render.templating.budget import CURRENT_RENDERING, MAX_STEPS
from gxgen.render.templating.compiler import compile_template
from gxgen.render.templating.names import names_of
from gxgen.render.templating.sandbox import template_environment
from gxgen.render.text import TextRenderer
from gxgen.spec import layouts
from tests.render.docx.test_part_program import PlainElementRenderer
from tests.render.made import document_of
from tests.render.templating.payloads import ENDLESS, READING

DOCUMENT = document_of(Report(year=2023, layout=layouts()[-1], agency="某县局", narrative={"problems": "有。"}))
WORDING = {"hostile": "<w:p>&</w:p>"}
CHINESE = re.compile("[\u4e00-\u9fff]{4}")
PAYLOADS = {**READING, **ENDLESS}
MOST_MEMORY = 200 * 1024 * 1024
"""Bytes; what the payloads would build goes into gigabytes."""


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail as soon as a template opens a file or starts a program."""

    def caught(*_: object, **__: object) -> None:
        pytest.fail("a template reached outside")

    for module, name in ((os, "system"), (os, "popen"), (subprocess, "Popen")):
        monkeypatch.setattr(module, name, caught)


@pytest.fixture
def little_memory() -> Iterator[None]:
    """Fail if a template builds what only many computers could hold."""
    tracemalloc.start()
    yield
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MOST_MEMORY


def is_clear(refused: TemplateError) -> bool:
    """Whether a refusal is in Chinese, says how to go on, and shows nothing of the machine."""
    told = f"{refused.message}{refused.hint}"
    return bool(CHINESE.search(refused.message) and CHINESE.search(refused.hint)) and not re.search(
        r"root:|uid=|<class|0x[0-9a-f]{6}|Traceback|/usr|site-packages", told
    )


@pytest.mark.usefixtures("nothing_runs", "little_memory")
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_a_text_template_gets_nowhere(payload: str) -> None:
    """In plain text every payload ends in a TemplateError that a person can read."""
    with pytest.raises(TemplateError) as refused:
        TextRenderer(f"{{{{ title }}}}\n{payload}", WORDING).render(DOCUMENT)
    assert is_clear(refused.value)


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_a_word_template_gets_nowhere(national_template: bytes, payload: str) -> None:
    """In Word, too."""
    document = docx.Document(io.BytesIO(national_template))
    document.add_paragraph(payload.replace("\n", " "))
    raw = io.BytesIO()
    document.save(raw)
    with pytest.raises(TemplateError) as refused:
        DocxRenderer(prepare(raw.getvalue()), wording=WORDING).render(DOCUMENT)
    assert is_clear(refused.value)


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_a_template_that_escapes_gets_nowhere(payload: str) -> None:
    """In a format that escapes, as HTML does, too."""
    with pytest.raises(TemplateError) as refused:
        compile_template(template_environment(autoescape=True), payload)(
            names_of(DOCUMENT, PlainElementRenderer(), wording=WORDING)
        )
    assert is_clear(refused.value)


def test_data_is_never_markup() -> None:
    """Neither ``|safe`` nor joining with markup lets data through unescaped."""
    program = compile_template(
        template_environment(autoescape=True),
        "{{ wording.hostile }}{{ wording.hostile|safe }}{{ ('<b>'|escape) ~ wording.hostile }}{{ ['<', title]|join }}",
    )
    made, _ = program(names_of(DOCUMENT, PlainElementRenderer(), wording=WORDING))
    assert "<w:p>&" not in "".join(made)
    assert "".join(made).count("&lt;w:p&gt;&amp;") == 3


def test_every_rendering_has_its_own_budget() -> None:
    """What one rendering has spent, the next one may spend again."""
    program = compile_template(template_environment(autoescape=False), "{% for a in range(9000) %}{{ a }}{% endfor %}")
    lengths = {len("".join(program({})[0])) for _ in range(MAX_STEPS // 9000)}
    assert lengths == {len("".join(map(str, range(9000))))}
    assert CURRENT_RENDERING.get(None) is None


def test_what_a_template_may_use_works() -> None:
    """The sandbox leaves what templates are made of: loops, macros, filters, methods of texts, slices, tests."""
    source = (
        "{% macro m(a, b=2) %}[{{ a }}{{ b }}{{ caller() if caller is defined else '' }}]{% endmacro %}"
        "{{ m(1) }}{% call m(1) %}c{% endcall %}{% set x, y = 1, 2 %}{{ x + y }}{{ agency[:2] }}{{ agency.upper() }}"
        "{{ (1, 2)|sum }}{{ {'a': 1}['a'] }}{{ [3, 1]|max }}{{ 7 // 2 }}{{ 7 % 4 }}{{ 2 ** 3 }}{{ -year }}"
        "{{ sections|map(attribute='key')|join('.') }}{{ sections|selectattr('table')|list|length }}"
        "{{ requests.received.total is number }}{{ 'a' in 'abc' }}{{ loop is defined }}{{ '%.2f'|format(1) }}"
        "{% for a in 'xy' %}{{ loop.cycle('o', 'e') }}{{ loop.revindex }}{% endfor %}"
    )
    made, _ = compile_template(template_environment(autoescape=True), source)(
        names_of(DOCUMENT, PlainElementRenderer())
    )
    assert "".join(made) == (
        "[12][12c]3某县某县局31333 8-2023".replace(" ", "")
        + "overview.disclosure.requests.disputes.problems.other3TrueTrueFalse1.00o2e1"
    )


def test_markup_is_not_cut() -> None:
    """A filter that could cut a tag in two takes markup as words."""
    program = compile_template(template_environment(autoescape=True), "{{ ('<b>'|escape)|replace('l', 'x') }}")
    made, _ = program({})
    assert "".join(made) == "&lt;b&gt;"
