"""What a value looks like when a template prints it, and that a part of the report has then been placed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gxgen.core.errors import TemplateError
from gxgen.core.text import UNPRINTABLE
from gxgen.render.templating.budget import charge, run
from gxgen.render.templating.figures import Amount, Branch, Count
from gxgen.render.templating.names import Piece


def as_text(value: object) -> str:
    """*value* as words; markup stays markup.

    Raises:
        TemplateError: it is none that can be said in words.
    """
    charge(value)
    if isinstance(value, str):
        return value if hasattr(value, "__html__") else _printable(value)
    if isinstance(value, (Piece, Count, Amount)):
        return _placed(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if value is None or isinstance(value, (bool, int, float, date)):
        return str(value)
    return _of_no_words(value)


def drawn(value: object) -> str:
    """*value* as a format prints it: a part of the report in the format's ink, anything else as words."""
    if isinstance(value, Piece):
        run().placed.update(value.keys)
        charge(value.drawn)
        return value.drawn
    return as_text(value)


def _placed(value: Piece | Count | Amount) -> str:
    if not isinstance(value, Piece):
        run().placed.add(value.address)
        return value.text if isinstance(value, Amount) else int.__repr__(value)
    if value.plain is None:
        raise TemplateError(
            "模板把报告的一部分当作一行文字用了",
            "表格、正文和整个部分须单独放在自己的标记里，不能与别的文字相连，也不能用过滤器",
        )
    run().placed.update(value.keys)
    return _printable(value.plain)


def _of_no_words(value: object) -> str:
    from jinja2 import Undefined

    if isinstance(value, Undefined):
        return str(value)  # raises, and says which name it is
    if isinstance(value, Branch):
        keys = "、".join(list(value.keys_below())[:12])
        raise TemplateError(f"「{value.address}」不是一个数，下面还有各项", f"写到具体的一项，其下有：{keys}")
    if isinstance(value, (list, tuple, dict, range)):
        raise TemplateError("模板要填入的不是文字或数字，而是列表", "列表用 {% for %} 逐项填入")
    raise TemplateError("模板要填入的不是文字或数字", "写到具体的一项，或者写成一个算式")


def _printable(text: str) -> str:
    """*text* with U+FFFD for what no document can hold, except what docxtpl takes for commands."""
    if text.isprintable():
        return text
    return UNPRINTABLE.sub(lambda found: found[0] if found[0] in "\a\f" else "\ufffd", text)


def joined(texts: list[str], between: str = "") -> str:
    """Texts in a row; markup if one of them is, and then the others are escaped."""
    if any(hasattr(text, "__html__") for text in (between, *texts)):
        from markupsafe import Markup

        return Markup.escape(between).join(texts)  # markup is not escaped again
    return between.join(texts)
