"""Where each part of a text with quotations was written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.compute.expansions import ExpandedText, Expansion, source_span
from gxgen.compute.quotations import expand
from tests.compute.test_quotations import NAMES, PIECES

ARABIC = "{{ requests.received.total }}"
TAGS = [
    "{{ year }}",
    "{{ year + 1 }}",
    "{{- year -}}",
    ARABIC,
    "{% if requests.received.other %}",
    "{%- if year -%}",
    "{% else %}",
    "{% endif %}",
    "{%- endif %}",
    "{% raw %}{{ year }}{% endraw %}",
    "收到8件",
    "，\n ",
    "\x01",
]


@settings(max_examples=1000)
@given(st.lists(st.sampled_from([*PIECES, *TAGS * 3]), max_size=12))
def test_what_no_quotation_made_stands_in_both_texts(pieces: list[str]) -> None:
    """Between quotations the printed text is the written one, and each of its characters is found where it stands."""
    text = "".join(pieces).replace("\r", "")
    result = expand(text, NAMES)
    if not isinstance(result, ExpandedText):
        return
    printed_at = written_at = 0
    for piece in (*result.expansions, Expansion(len(result.text), 0, len(text), 0)):
        assert result.text[printed_at : piece.printed_start] == text[written_at : piece.source_start]
        for at in range(printed_at, piece.printed_start):
            begin, finish = source_span(result.expansions, at, at + 1)
            assert text[begin:finish] == result.text[at]
        printed_at, written_at = piece.printed_end, piece.source_end


@pytest.mark.parametrize(
    ("text", "phrase", "written"),
    [
        pytest.param("8件、{{ year }}年8件", "年8件", "年8件", id="after a quotation"),
        pytest.param(f"收到{ARABIC}件", "8件", f"{ARABIC}件", id="beginning with one"),
        pytest.param(f"收到{ARABIC}件", "收到", "收到", id="ending before one"),
        pytest.param(f"{ARABIC}{{{{ year }}}}件", "2023", "{{ year }}", id="the second of two"),
        pytest.param("{{ agency }}收到", "某局", "{{ agency }}", id="part of one"),
        pytest.param("{% if year %}收到8件{% else %}没有{% endif %}申请", "收到8件", "收到8件", id="in a branch"),
        pytest.param("{% if year < 2 %}收到8件{% endif %}没有", "没有", "没有", id="after a branch not taken"),
        pytest.param("{{ agency -}}  收到 {{- year }}年", "收到", "收到", id="space taken away"),
        pytest.param("收到{{ 4 + 4 }}件", "收到8件", "收到{{ 4 + 4 }}件", id="round one"),
    ],
)
def test_a_phrase_is_found_where_it_was_written(text: str, phrase: str, written: str) -> None:
    """A printed phrase is pointed at in the written text, with the whole of each quotation that made part of it."""
    result = expand(text, NAMES)
    assert isinstance(result, ExpandedText)
    at = result.text.rindex(phrase)
    start, end = source_span(result.expansions, at, at + len(phrase))
    assert text[start:end] == written
