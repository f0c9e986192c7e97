"""The words in which a form is written down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.spec.vocabulary import Head, group, join, leaf, total, unnumbered
from tests.header_trees import Keys, heads


def test_addresses_are_joined_by_dots() -> None:
    """Keys and addresses join to one address, the empty ones left out."""
    assert join("requests", "", "received.individual") == "requests.received.individual"
    assert join() == ""
    assert join("", "") == ""


@pytest.mark.parametrize(
    ("label", "bare"),
    [
        ("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"),
        ("十二、其他", "其他"),
        ("（三）不予公开", "不予公开"),
        ("8.属于行政查询事项", "属于行政查询事项"),
        ("第二十条第（一）项", "第二十条第（一）项"),
        ("一般", "一般"),
        ("", ""),
    ],
)
def test_a_label_without_its_number(label: str, bare: str) -> None:
    """``一、``, ``（一）`` and ``1.`` before a label are taken off, once, and nothing else is."""
    assert unnumbered(label) == bare


def test_a_group_is_as_wide_as_its_leaves_and_as_deep_as_its_branches() -> None:
    """Width counts leaves below, depth counts levels."""
    tree = group("甲", leaf("a", "乙"), group("丙", leaf("b", "丁"), leaf("c", "戊"), total()))
    assert (tree.width, tree.depth) == (4, 3)
    assert (tree.children[0].width, tree.children[0].depth) == (1, 1)


@given(st.data())
def test_width_and_depth_of_any_tree(data: st.DataObject) -> None:
    """The width of a head is the number of its leaves, its depth that of the longest way down."""

    def ways_down(head: Head) -> list[int]:
        return [1 + way for child in head.children for way in ways_down(child)] or [1]

    for head in data.draw(heads(Keys())):
        assert head.width == len(ways_down(head))
        assert head.depth == max(ways_down(head))
