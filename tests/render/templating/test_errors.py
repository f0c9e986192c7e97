"""What a template keeper is told of a tag that Jinja cannot read or run."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from gxgen.core.errors import TemplateError
from gxgen.render.templating.compiler import compile_template
from gxgen.render.templating.sandbox import template_environment
from gxgen.render.templating.tag_lint import KnownNames, source_faults

UNREADABLE: Mapping[str, str] = {
    "{{ year. }}": "小数点后面缺名称",
    "{{ year + }}": "没有写完，后面缺名称或数",
    "{{ year is }}": "没有写完，后面缺名称",
    "{{ year|5 }}": "应写名称的地方，写的不是名称",
    "{{ (year }}": "左边的括号没有配对，缺右边的",
    "{% %}": "百分号后面缺 if、for 等",
    "{% for x %}{% endfor %}": "没有写完，缺「in」",
    "{% for x of sections %}{% endfor %}": "应写「in」的地方，写的是「of」",
    "{% if year = 2024 %}{% endif %}": "比较两个数是否相等用 ==，写的是「=」",
    "{% if year and %}{% endif %}": "没有写完，后面缺名称或数",
}
NAMES = re.compile(r"\b(?:if|for|in|of)\b")
"""The words of English that a template is written in."""


@pytest.mark.parametrize("source", UNREADABLE)
def test_a_tag_that_cannot_be_read_is_explained_in_chinese(source: str) -> None:
    """Each slip has words of its own, and none of Jinja's English reaches the keeper."""
    (fault,) = source_faults(source, KnownNames({}))[:1]
    assert fault.message == f"写得不对，{UNREADABLE[source]}"
    assert not re.search("[A-Za-z]", NAMES.sub("", fault.message))


@pytest.mark.parametrize(
    "tag", ["{{ 1 / 0 }}", "{{ [1] }}", "{{ namespace() }}", "{{ ().__class__ }}", "{{ 9**9**9 }}"]
)
def test_a_tag_that_fails_while_a_report_is_filled_is_told_with_its_line(tag: str) -> None:
    """The message begins with the line of the template, whatever the tag did, and names no class of Python's."""
    program = compile_template(template_environment(autoescape=False), f"甲\n{{# 乙 #}}\n{tag}\n丙\n")
    with pytest.raises(TemplateError) as told:
        program({})
    assert told.value.message.startswith("第 3 行：")
    assert "Namespace" not in told.value.message
    assert told.value.hint
