"""Format the values that a template prints, and record the names of the report that are placed thereby."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gxgen.core.errors import TemplateError
from gxgen.core.text import UNPRINTABLE
from gxgen.render.templating.budget import consume_cost, rendering
from gxgen.render.templating.names import Amount, Branch, Count, Placeable


def as_text(value: object) -> str:
    """Return *value* as text; markup stays markup.

    Raises:
        TemplateError: the value has no textual form.
    """
    consume_cost(value)
    if isinstance(value, str):
        return value if hasattr(value, "__html__") else _printable(value)
    if isinstance(value, (Placeable, Count, Amount)):
        return _placed_text(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if value is None or isinstance(value, (bool, int, float, date)):
        return str(value)
    return _refuse(value)


def as_markup(value: object) -> str:
    """Return *value* as the format prints it: content of the report in the format's markup, anything else as text."""
    if isinstance(value, Placeable):
        rendering().placed.update(value.keys)
        consume_cost(value.markup)
        return value.markup
    return as_text(value)


def _placed_text(value: Placeable | Count | Amount) -> str:
    if not isinstance(value, Placeable):
        rendering().placed.add(value.address)
        return value.text if isinstance(value, Amount) else int.__repr__(value)
    if value.plain_text is None:
        raise TemplateError(
            "模板把报告的一部分当作一行文字用了",
            "表格、正文和整个部分须单独放在自己的标记里，不能与别的文字相连，也不能用过滤器",
        )
    rendering().placed.update(value.keys)
    return _printable(value.plain_text)


def _refuse(value: object) -> str:
    from jinja2 import Undefined

    if isinstance(value, Undefined):
        return str(value)  # raises, with the name in the message
    if isinstance(value, Branch):
        keys = "、".join(value.keys()[:12])
        raise TemplateError(f"「{value.address}」不是一个数，下面还有各项", f"写到具体的一项，其下有：{keys}")
    if isinstance(value, (list, tuple, dict, range)):
        raise TemplateError("模板要填入的不是文字或数字，而是列表", "列表用 {% for %} 逐项填入")
    raise TemplateError("模板要填入的不是文字或数字", "写到具体的一项，或者写成一个算式")


def _printable(text: str) -> str:
    """Replace what no document can hold by U+FFFD, except the two characters that docxtpl takes for commands."""
    if text.isprintable():
        return text
    return UNPRINTABLE.sub(lambda found: found[0] if found[0] in "\a\f" else "\ufffd", text)


def join_markup(texts: list[str], separator: str = "") -> str:
    """Join texts; where one of them is markup, the result is markup and plain texts are escaped."""
    if any(hasattr(text, "__html__") for text in (separator, *texts)):
        from markupsafe import Markup

        return Markup.escape(separator).join(texts)  # does not escape markup again
    return separator.join(texts)
