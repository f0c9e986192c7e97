"""Narrative text becomes paragraphs, with its heads and bold pieces recognised."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.view import Emphasis, Paragraph, Span, Subheading
from gxgen.view.narrative import MAX_HEAD_LENGTH, blocks, with_topic_heading
from tests.strategies import lines

PLAIN, BOLD, HEAD = Emphasis.PLAIN, Emphasis.BOLD, Emphasis.RUN_IN_HEAD


def spans(text: str) -> list[tuple[str, Emphasis]]:
    """The pieces of the one paragraph that a text is; neighbours of one emphasis are one piece."""
    (block,) = blocks(text)
    assert isinstance(block, Paragraph)
    pieces = groupby(block.spans, key=lambda span: span.emphasis)
    return [("".join(span.text for span in together), emphasis) for emphasis, together in pieces]


# Heads on a line of their own


@pytest.mark.parametrize(
    "line",
    [
        "（一）主动公开",
        "（十二）其他情况",
        "(一)主动公开",
        "(三) 依申请公开",
        "一、加强组织领导",
        "十一、其他",
        "（一）主动公开。",
        "（一）存在的问题：",
        "一、加强领导，落实责任",
        "（五）监督保障；",
        "（一）" + "公" * (MAX_HEAD_LENGTH - 3),
    ],
)
def test_a_line_that_is_all_head_is_a_heading(line: str) -> None:
    """A numbered line without a sentence after it is a head of the second level."""
    assert blocks(line) == (Subheading((Span(line),)),)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**（一）主动公开**", "（一）主动公开"),
        ("（一）**主动公开**", "（一）主动公开"),
        ("**（一）主动公开。**", "（一）主动公开。"),
        ("**一、**加强领导", "一、加强领导"),
    ],
)
def test_a_bold_head_is_a_heading_too(line: str, text: str) -> None:
    """Clerks make their heads bold; the asterisks do not hide them."""
    (block,) = blocks(line)
    assert isinstance(block, Subheading)
    assert block.text == text


# Heads that run into their paragraph


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("（一）主动公开。", "全年公开26条。"),
        ("(一)主动公开。", "全年公开26条。"),
        ("（二）依申请公开：", "没有收到。"),
        ("（二）依申请公开:", "没有收到。"),
        ("一、加强领导，落实责任。", "成立小组。"),
        ("（四）平台建设！", "有网站。"),
        ("（四）有何不足？", "人手少。"),
        ("（五）监督保障；", "有制度；有检查。"),
        ("（一）" + "公" * (MAX_HEAD_LENGTH - 4) + "。", "开。"),
    ],
)
def test_a_head_may_run_into_its_paragraph(head: str, text: str) -> None:
    """Up to the first full stop, colon or the like the line is head; the rest is text."""
    assert spans(head + text) == [(head, HEAD), (text, PLAIN)]


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("**（一）主动公开。**全年公开。", [("（一）主动公开。", HEAD), ("全年公开。", PLAIN)]),
        ("**（一）主动公开**。全年公开。", [("（一）主动公开。", HEAD), ("全年公开。", PLAIN)]),
        ("（一）**主动公开。**全年公开。", [("（一）主动公开。", HEAD), ("全年公开。", PLAIN)]),
        ("（一）主动公开。**全年**公开。", [("（一）主动公开。", HEAD), ("全年", BOLD), ("公开。", PLAIN)]),
        ("（一）主动公开。**全年公开。**", [("（一）主动公开。", HEAD), ("全年公开。", BOLD)]),
        ("（一）**主动公开。全年**公开。", [("（一）主动公开。", HEAD), ("全年", BOLD), ("公开。", PLAIN)]),
        ("**（一）主动公开。全年公开。**", [("（一）主动公开。", HEAD), ("全年公开。", BOLD)]),
    ],
)
def test_bold_and_heads_do_not_get_into_each_others_way(line: str, pieces: list[tuple[str, Emphasis]]) -> None:
    """A head looks like a head whether bold or not, bold goes on after it, and no asterisk is left over."""
    assert spans(line) == pieces


# Sentences


@pytest.mark.parametrize(
    "line",
    [
        "（一）" + "公" * (MAX_HEAD_LENGTH - 2),
        "（一）" + "公" * (MAX_HEAD_LENGTH - 3) + "。开。",
        "一、二、三级网格员共同参与政府信息公开工作并且按照各级政务公开部门的要求逐条逐项对照检查整改落实到位。",
        "第（一）项所列信息。",
        "一是加强领导。二是落实责任。",
        "主动公开：全年公开26条。",
        "1.属于国家秘密",
        "（1）属于国家秘密",
        "（一主动公开",
        "（甲）主动公开",
        "（）主动公开",
        "、主动公开",
        "2023年共公开信息26条。",
    ],
)
def test_a_sentence_that_only_begins_like_a_head_is_text(line: str) -> None:
    """Long sentences, other numbering and unclosed brackets stay ordinary paragraphs."""
    assert spans(line) == [(line, PLAIN)]


# Bold


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("公开了**26条**信息", [("公开了", PLAIN), ("26条", BOLD), ("信息", PLAIN)]),
        ("**一**和**二**", [("一", BOLD), ("和", PLAIN), ("二", BOLD)]),
        ("**全部**", [("全部", BOLD)]),
        ("**一****二**", [("一二", BOLD)]),
        ("2 ** 3", [("2 ** 3", PLAIN)]),
        ("**没有写完", [("**没有写完", PLAIN)]),
        ("****", [("****", PLAIN)]),
        ("*一*", [("*一*", PLAIN)]),
        ("** 空 **", [(" 空 ", BOLD)]),
    ],
)
def test_asterisks_in_pairs_are_bold(line: str, pieces: list[tuple[str, Emphasis]]) -> None:
    """A pair of ``**`` makes what is between it bold; what has no partner stays as typed."""
    assert spans(line) == pieces


# Lines


def test_one_line_is_one_paragraph() -> None:
    """Empty lines and the spaces around a line carry nothing: indentation is the renderer's."""
    assert [block.text for block in blocks("\n　　甲 乙\t\n\n \u00a0丙　\n　\n")] == ["甲 乙", "丙"]


def test_nothing_is_no_paragraph() -> None:
    """An empty text has no paragraphs."""
    assert blocks("") == blocks(" \n　\n") == ()


@given(st.lists(lines(), max_size=6))
def test_no_text_is_lost_and_none_added(texts: list[str]) -> None:
    """The blocks of a narrative are its lines in order, less asterisks and the spaces around them."""
    found = [block.text.replace("*", "") for block in blocks("\n".join(texts))]
    stripped = (text.strip(" \t\u3000\xa0") for text in texts)
    assert found == [text.replace("*", "") for text in stripped if text]


@given(st.lists(lines(), max_size=6))
def test_no_piece_is_empty(texts: list[str]) -> None:
    """A renderer never gets a piece without text."""
    assert all(span.text for block in blocks("\n".join(texts)) for span in block.spans)


# The heads of topics


def test_a_head_stands_as_the_manner_has_it() -> None:
    """On its own line, run into the first paragraph, or without a number before a colon."""
    written = blocks("全年公开**26条**。\n又一段。")
    heads = {style: with_topic_heading("主动公开", "一", written, style) for style in ("own_line", "run_in", "colon")}
    assert {style: [block.text for block in made] for style, made in heads.items()} == {
        "own_line": ["（一）主动公开", "全年公开26条。", "又一段。"],
        "run_in": ["（一）主动公开。全年公开26条。", "又一段。"],
        "colon": ["主动公开：全年公开26条。", "又一段。"],
    }
    assert isinstance(heads["own_line"][0], Subheading)
    for style in ("run_in", "colon"):
        first = heads[style][0]
        assert first.spans[0].emphasis is Emphasis.RUN_IN_HEAD
        assert [span.emphasis for span in first.spans[1:]] == [Emphasis.PLAIN, Emphasis.BOLD, Emphasis.PLAIN]


def test_a_head_that_runs_in_looks_as_if_the_agency_had_typed_it() -> None:
    """（一）主动公开。… is the same paragraph whether the manner or the author makes it."""
    assert with_topic_heading("主动公开", "一", blocks("全年公开。"), "run_in") == blocks("（一）主动公开。全年公开。")


def test_a_head_does_not_run_into_a_head() -> None:
    """Where the text begins with a head of its own, the topic's stands before it as a paragraph."""
    made = with_topic_heading("主动公开", "一", blocks("（一）网站\n26条。"), "run_in")
    assert [block.text for block in made] == ["（一）主动公开。", "（一）网站", "26条。"]
