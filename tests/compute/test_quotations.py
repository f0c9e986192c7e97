"""Figures quoted in the narrative, and everything that a quotation may not do."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.compute import Fault, FaultKind, complete
from gxgen.compute.expansions import ExpandedText
from gxgen.compute.quotation_language import expand_with_jinja
from gxgen.compute.quotations import expand
from gxgen.core.text import UNPRINTABLE
from gxgen.model import Report
from gxgen.spec import entries, layout_for
from gxgen.view import compose
from tests.strategies import reports

NAMES: Mapping[str, object] = {
    "year": 2023,
    "agency": "某某局",
    "requests.received.total": 8,
    "requests.received.individual": 5,
    "requests.received.other": 0,
    "disclosure.fees.amount": Decimal("12.50"),
}
PIECES = ["{{", "}}", "{%", "%}", "{{ year }}", "{% if year %}", "{% endif %}", "{% else %}", "{#", "#}", "{", "}", "-"]
PIECES += [
    "year",
    "agency",
    "requests",
    ".",
    "received",
    "total",
    "nobody",
    "'",
    '"',
    "\\",
    "\\u0000",
    "(",
    ")",
    "[",
    "]",
]
PIECES += [
    " ",
    "\n",
    "\r",
    "\u3000",
    "|",
    "round",
    "int",
    "~",
    "**",
    "*",
    "/",
    "0",
    "9",
    "1e400",
    "if",
    "else",
    "for",
    "件",
]


def printed_as(text: str) -> str:
    """A text as it is printed."""
    result = expand(text, NAMES)
    assert isinstance(result, ExpandedText), result
    return result.text


def faults(text: str) -> tuple[Fault, ...]:
    """What is wrong with a text."""
    result = expand(text, NAMES)
    assert not isinstance(result, ExpandedText), f"printed {result.text!r}"
    return result


def quoted_cells(report: Report, before: str) -> list[str]:
    """Every cell of the tables, quoted in the narrative and read out of it."""
    addresses = [entry.address for _, table in report.layout.tables for entry in entries(table)]
    text = before + "\n".join(f"{{{{ {address} }}}}" for address in addresses)
    completed = complete(replace(report, narrative=MappingProxyType({"preamble": text})))
    assert not completed.faults
    return completed.narrative["preamble"].split("\n")


@pytest.mark.parametrize("before", ["", "{% if 0 %}{% endif %}"], ids=["names alone", "names and more"])
@settings(max_examples=30)
@given(reports())
def test_a_quoted_figure_is_the_figure_of_the_table(before: str, report: Report) -> None:
    """At every address of both forms, the text says digit for digit what the table says."""
    document = compose(complete(report))
    printed = [figure for section in document.sections if section.grid for figure in section.grid.figures]
    assert quoted_cells(report, before) == printed


def test_year_and_agency_can_be_quoted() -> None:
    """A narrative may name the report's year and agency."""
    assert printed_as("{{ agency }}{{year}}年") == "某某局2023年"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ requests.received.total - requests.received.individual }}", "3"),
        ("{{ (100 * requests.received.individual / requests.received.total) | round(1) }}%", "62.5%"),
        ("{{ 7 // 2 }}、{{ -(3 - 5) }}、{{ (0 - 8) | abs }}", "3、2、8"),
        ("{{ disclosure.fees.amount }}万元", "12.50万元"),
        ("{{ disclosure.fees.amount * 2 }}万元", "25.00万元"),
        ("{{ '有' if requests.received.total else '没有' }}", "有"),
        ("{% if requests.received.other %}有{% elif requests.received.total > 7 %}多{% else %}少{% endif %}", "多"),
        ("{% if requests.received.other %}{{ 1 / requests.received.other }}{% endif %}无", "无"),
        ("{{ '{{' }} {{ '}}' }} {{ '{%' }}", "{{ }} {%"),
        ("{%- raw %}{{ year }}{% endraw %}", "{{ year }}"),
    ],
)
def test_a_quotation_may_compute(text: str, printed: str) -> None:
    """Arithmetic, comparison, conditions and plain text in quotation marks are understood."""
    assert printed_as(text) == printed


@pytest.mark.parametrize(
    "text",
    [
        "{# 注释 #}",
        "{_{ year }_}",
        "}}",
        "%}",
        "{ { year } }",
        "{ % if % }",
        "{year}",
        "$year ${year} %(year)s {0} %s",
        "｛｛ year ｝｝",
        "# for x in y",
        "## 行语句",
        "",
    ],
)
def test_what_only_looks_like_a_quotation_stays_text(text: str) -> None:
    """Comments, line statements and single braces mean nothing here, alone or beside a quotation."""
    assert printed_as(text) == text
    assert printed_as(f"{text}\n{{{{ year }}}}") == f"{text}\n2023"
    assert printed_as(f"{text}\n{{{{ year + 0 }}}}") == f"{text}\n2023"


ATTEMPTS = [
    "{{ year.__class__ }}",
    "{{ agency.__class__.__mro__ }}",
    "{{ requests.__dict__ }}",
    "{{ requests.received.__class__.__init__.__globals__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ year['__class__'] }}",
    "{{ requests['received']['total'] }}",
    "{{ year | attr('__class__') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ namespace(a=1) }}",
    "{{ dict(a=1) }}",
    "{{ config.items() }}",
    "{{ range(1000000000) }}",
    "{{ year() }}",
    "{{ year.bit_length() }}",
    "{{ agency.format(1) }}",
    "{{ '{0.__class__}'.format(year) }}",
    "{{ '%0999999999d' % year }}",
    "{{ '%s' | format(agency) }}",
    "{{ agency ~ year }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 1000000000 * agency }}",
    "{{ ('a' * 1000) * 1000000 }}",
    "{{ 9 ** 9 ** 9 ** 9 }}",
    "{{ year | round(1000000000) }}",
    "{{ year | round(precision=1000000000) }}",
    "{{ year | round(method='floor') }}",
    "{{ [1] * 1000000000 }}",
    "{{ (1, 2) }}",
    "{{ {'a': 1} }}",
    "{{ agency[0] }}",
    "{{ agency[::-1] }}",
    "{{ agency | upper }}",
    "{{ agency | safe }}",
    "{{ agency | center(100000000) }}",
    "{{ agency | map('upper') | list }}",
    "{{ agency | replace('局', '') }}",
    "{{ nobody | default('x') }}",
    "{{ year is defined }}",
    "{{ nobody or 1 }}",
    "{{ 1 if nobody else 2 }}",
    "{{ 'x' if year }}",
    "{% for x in agency %}{{ year }}{% endfor %}",
    "{% for x in range(1000000000) %}x{% endfor %}",
    "{% set x = 1 %}",
    "{% set x %}x{% endset %}",
    "{% macro m() %}{{ m() }}{% endmacro %}",
    "{% import 'os' as os %}",
    "{% from 'os' import path %}",
    "{% include '/etc/passwd' %}",
    "{% extends 'base' %}",
    "{% block b %}{% endblock %}",
    "{% call m() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with a = 1 %}{% endwith %}",
    "{% autoescape false %}{% endautoescape %}",
    "{% do year.x %}",
    "{% debug %}",
    "{% trans %}x{% endtrans %}",
    "{% if year %}{% for x in agency %}x{% endfor %}{% endif %}",
    "{% if range(9) %}x{% endif %}",
    "{% if year.__class__ %}x{% endif %}",
    "{{ " + "(" * 400 + "1" + ")" * 400 + " }}",
    "{{ " + "9 * " * 10_000 + "9 }}",
    "{% if year %}" * 2_000 + "x" + "{% endif %}" * 2_000,
]


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt[:50])
def test_what_quoting_does_not_need_is_refused(attempt: str) -> None:
    """Nothing that reaches into Python, loops, calls, imports or grows gets an answer, alone or after a good one."""
    assert faults(attempt)
    assert faults("{{ year }}" + attempt)


@pytest.mark.parametrize(
    "escape", [r"\u0000", r"\x0b", r"\r", r"\ud800", r"\ud83d", r"\uffff", r"\N{NULL}"], ids=lambda escape: escape[1:]
)
def test_no_escape_brings_in_what_no_document_can_hold(escape: str) -> None:
    """A quotation cannot spell a control character or half a character that the data file itself may not have."""
    result = expand(f'{{{{ "{escape}" }}}}', NAMES)
    assert not isinstance(result, ExpandedText) or is_printable(result.text)


@pytest.mark.parametrize(
    "text", ["{{ 1e308 * 10 }}", "{{ 1e400 }}", "{{ 1e400 - 1e400 }}", "{{ none }}", "{{ true }}", "{{ year > 1 }}"]
)
def test_what_is_no_number_of_a_report_is_refused(text: str) -> None:
    """``inf``, ``nan``, ``None`` and ``True`` are no words of an official report."""
    assert faults(text)


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("收到{{ requests.recieved.total }}件", FaultKind.UNKNOWN_NAME, "requests.recieved.total"),
        ("收到{{ requests.received }}件", FaultKind.NOT_A_FIGURE, "requests.received"),
        ("收到{{ year | upper }}件", FaultKind.FORBIDDEN, "{{ year | upper }}"),
        ("{% if year %}收到{{ 1 / 0 }}件{% endif %}", FaultKind.ARITHMETIC, "{{ 1 / 0 }}"),
        ("收到{{ year + agency }}件", FaultKind.ARITHMETIC, "{{ year + agency }}"),
        ("收到{{ “year” }}件", FaultKind.SYNTAX, "{{"),
        ("收到\n\n{{ year", FaultKind.SYNTAX, "{{"),
        ("收到{{ year if }}件", FaultKind.SYNTAX, "{{ year if }}"),
    ],
)
def test_a_fault_says_what_is_wrong_and_where(text: str, kind: FaultKind, piece: str) -> None:
    """A fault has its kind, the piece of the text that it is about, and the offset of that piece."""
    assert faults(text) == (Fault(kind, piece, text.index(piece)),)


def test_every_fault_of_a_text_is_told() -> None:
    """One fault does not hide the next, and the same fault twice is told twice."""
    found = faults("{{ a }}、{{ year }}、{{ a }}、{{ year | upper }}、{{ requests }}")
    assert [fault.offset for fault in found] == [3, 22, 27, 49]


def test_a_text_with_a_fault_stands_as_written() -> None:
    """A narrative that cannot be filled in is left alone, and no other suffers for it."""
    layout = layout_for(2023)
    assert layout is not None
    texts = MappingProxyType({"preamble": "{{ year }}{{ nobody }}", "other": "{{ year }}"})
    completed = complete(Report(2023, layout, narrative=texts))
    assert completed.narrative == {"preamble": "{{ year }}{{ nobody }}", "other": "2023"}
    assert list(completed.faults) == ["preamble"]


@settings(max_examples=3000)
@example(["{{", " ", "year", "\r", "}}"])
@example(["{", "{{ year }}"])
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_any_text_is_filled_in_or_faulted(pieces: list[str]) -> None:
    """No text raises; what is printed can be printed, and every fault lies within the text."""
    text = "".join(pieces)
    result = expand(text, NAMES)
    if isinstance(result, ExpandedText):
        assert is_printable(result.text) or not is_printable(text)
    else:
        assert result
        assert all(0 <= fault.offset < len(text) and fault.piece for fault in result)


@settings(max_examples=1000)
@given(st.lists(st.sampled_from([*PIECES, "{{ agency }}", "{{requests.received.total}}"]), max_size=8))
def test_the_short_way_for_plain_names_says_the_same(pieces: list[str]) -> None:
    """Texts that quote names alone are filled in without Jinja, and come out as Jinja has them."""
    text = "".join(pieces).replace("\r", "")
    assert expand(text, NAMES) == expand_with_jinja(text, NAMES)


def is_printable(text: str) -> bool:
    """Whether a document can hold the text."""
    return not UNPRINTABLE.search(text) and text.encode("utf-8", "ignore").decode() == text
