"""Jinja's errors in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gxgen.core.errors import TemplateError

SYNTAX: Mapping[str, str] = {
    r"Encountered unknown tag 'end(\w+)'": "多了一个 {{% end{0} %}}，前面没有与它配对的 {{% {0} %}}",
    r"Encountered unknown tag '(\w+)'": "没有「{0}」这种标记",
    r"Unexpected end of template.*Looking for.*'end(\w+)'": "{{% {0} %}} 没有结尾，缺 {{% end{0} %}}",
    r"Unexpected end of template": "标记没有写完整",
    r"unexpected char '(.)'": "有标记里不能用的字符「{0}」",
    r"[Nn]o filter named '([^']+)'": "没有「{0}」这个过滤器",
    r"[Nn]o test named '([^']+)'": "没有「{0}」这个判断",
    r"expected token 'end of (?:print statement|statement block)', got '='": "比较两个数是否相等用 ==，写的是「=」",
    r"expected token 'end of (?:print statement|statement block)', got '([^']+)'": "少了运算符或括号，多出「{0}」",
    r"expected token '(?:name|string|integer)', got 'end of (?:print|statement)": "没有写完，后面缺名称",
    r"expected token '(?:name|string|integer)'": "应写名称的地方，写的不是名称",
    r"expected token '([^']+)', got 'end of (?:print statement|statement block)'": "没有写完，缺「{0}」",
    r"expected token '([^']+)', got '([^']+)'": "应写「{0}」的地方，写的是「{1}」",
    r"expected name or number": "小数点后面缺名称",
    r"unexpected 'end of (?:print statement|statement block)'": "没有写完，后面缺名称或数",
    r"unexpected '}'": "左边的括号没有配对，缺右边的",
    r"unexpected '([^']+)'": "多了「{0}」",
    r"[Tt]ag name expected": "百分号后面缺 if、for 等",
    r"Expected an expression, got '([^']+)'": "缺少名称或数",
    r"[Uu]nknown tag 'end": "多了一个结尾",
}
"""Jinja's messages for tags that it cannot read, as patterns, with their Chinese wording."""
HINT = "核对标记的写法；可用的名称见 docs/packs.md"


def syntax_message(message: str) -> str:
    """Translate Jinja's message for a tag that it cannot read."""
    for pattern, wording in SYNTAX.items():
        if found := re.search(pattern, message or "", re.DOTALL):
            return wording.format(*found.groups())
    return "写得不对"


def as_template_error(error: Exception) -> TemplateError:
    """Return any error that a template raised as a TemplateError with a Chinese message."""
    from jinja2 import TemplateAssertionError, TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError, TemplateRuntimeError

    if isinstance(error, TemplateError):
        return error
    if isinstance(error, (TemplateSyntaxError, TemplateAssertionError)):
        line = f"第 {error.lineno} 行的" if error.lineno > 1 else ""
        return TemplateError(f"模板中{line}标记写得不对：{syntax_message(error.message or '')}", HINT)
    if isinstance(error, (UndefinedError, SecurityError)):
        message = error.message or ""
        return TemplateError(message if message.startswith("模板") else "模板中的标记用了不存在的名称", HINT)
    if isinstance(error, TemplateRuntimeError) and (named := re.search("No (filter|test) named", str(error))):
        return TemplateError(f"模板中的标记写得不对：{syntax_message(named.string)}", HINT)
    if isinstance(error, (RecursionError, MemoryError)):
        return TemplateError("模板套了太多层，或者自己调用自己", "减少嵌套的层数")
    return TemplateError("模板中的标记无法填入：运算或用法不对", HINT)
