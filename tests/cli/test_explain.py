"""``gxgen explain``."""

from __future__ import annotations

import pytest

from gxgen.core.codes import CODES
from gxgen.core.findings import Code
from tests.cli.running import gxgen, process
from tests.conftest import ROOT


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_a_code_is_explained(code: Code) -> None:
    """What it is, how bad, why, by which authority, and how to mend it are all there."""
    run = gxgen("explain", code.name)
    assert run.code == 0
    assert run.lines[0] == f"{code.name} {code.title}"
    assert run.lines[1].startswith(f"级别：{ {'E': '错误', 'W': '警告', 'I': '提示'}[code.name[0]] }")
    assert f"为什么：{code.rationale}" in run.lines
    assert (f"依据：{code.source}" in run.lines) is bool(code.source)
    assert run.lines[-1] == f"怎么改：{code.remedy}"


OWN_CONVENTIONS = {
    "W309",
    "W310",
    "W311",
    "E401",
    "E402",
    "W406",
    "E407",
    "E408",
    "E409",
    "E410",
    "W412",
    "W510",
    "W511",
}
"""Codes about packs, options, departments and what is merely unlikely, between those about the form."""
RULES = [code for code in CODES if code.name[1] in "345" and code.name not in OWN_CONVENTIONS]


@pytest.mark.parametrize("code", RULES, ids=lambda code: code.name)
def test_a_rule_of_the_form_names_its_source(code: Code) -> None:
    """What a report has to be is not gxgen's to say: the code names the article or the circular."""
    assert code.source


def test_an_example_shows_a_data_file_and_the_answer() -> None:
    """Of E302 one sees two rows that do not balance and what gxgen says of them."""
    lines = gxgen("explain", "E302").lines
    assert "    received = { individual = 8 }" in lines
    assert any("「自然人」列的勾稽关系不成立" in line for line in lines)


def test_several_codes_are_explained_in_the_order_asked_for() -> None:
    """Codes are taken in any case, and each has a paragraph of its own."""
    paragraphs = gxgen("explain", "w501", "E302").out.split("\n\n")
    assert [paragraph[:4] for paragraph in paragraphs] == ["W501", "E302"]


def test_without_a_code_all_are_listed() -> None:
    """``gxgen explain`` is the list of codes and titles, in the order of their numbers."""
    assert gxgen("explain").lines == [f"{code.name} {code.title}" for code in CODES]


@pytest.mark.parametrize(("typed", "nearest"), [("E3O2", "E302"), ("302", "E302"), ("E3022", "E302")])
def test_an_unknown_code_is_answered_with_the_nearest(typed: str, nearest: str) -> None:
    """A code that does not exist is wrong usage, and the complaint names one that is spelled alike."""
    run = gxgen("explain", "E302", typed)
    assert (run.code, run.out) == (2, "")
    assert f"没有代码「{typed}」，是否想写 {nearest}？" in run.err


def test_a_word_that_is_like_no_code_is_sent_to_the_list() -> None:
    """Where nothing is near, the complaint says where the codes are listed."""
    assert "全部代码：gxgen explain" in gxgen("explain", "勾稽关系").err


def test_the_shell_completes_codes() -> None:
    """Completion offers the codes that begin as typed."""
    run = process("explain", cwd=ROOT, _GXGEN_COMPLETE="bash_complete", COMP_WORDS="gxgen explain e30", COMP_CWORD="2")
    offered = {line.split(",")[1] for line in run.lines}
    assert offered == {code.name for code in CODES if code.name.startswith("E30")} != set()


def test_the_shell_completes_commands() -> None:
    """Completion offers the commands without running any."""
    run = process(cwd=ROOT, _GXGEN_COMPLETE="bash_complete", COMP_WORDS="gxgen ", COMP_CWORD="1")
    assert {"plain,build", "plain,check", "plain,explain", "plain,schema"} <= set(run.lines)
