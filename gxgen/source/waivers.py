"""``[[waiver]]``: warnings that an agency accepts, with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

import msgspec

from gxgen.core import codes
from gxgen.core.findings import Code, Severity
from gxgen.model import Waiver
from gxgen.source.figures import Tell, kind_of
from gxgen.spec import Address, as_step, join

TEXTS: Final = ("code", "where", "reason", "by")
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("代码",),
    "where": ("地址", "位置"),
    "reason": ("理由", "原因", "说明"),
    "by": ("核实人", "经办人"),
    "date": ("日期",),
}
"""The keys of a waiver, and what a clerk may call them."""

Given = Mapping[str, Any]


class _Fault(msgspec.Struct, frozen=True):
    """A problem with one key of a waiver."""

    code: Code
    key: str
    message: str
    hint: str


def read_waivers(data: object, tell: Tell) -> tuple[Waiver, ...]:
    """Read the waivers of a data file; invalid ones are reported and left out."""
    if isinstance(data, dict):
        tell(
            codes.WRONG_TYPE,
            "waiver",
            "豁免的标题要用双层方括号",
            "写成 [[waiver]]，每一条各写一次",
            points_at_key=True,
        )
        return ()
    if not isinstance(data, list) or not all(isinstance(given, dict) for given in data):
        tell(codes.WRONG_TYPE, "waiver", f"waiver 应是一组豁免，写的是{kind_of(data)}", "写成 [[waiver]]")
        return ()
    read = (_read(given, f"waiver[{index}]", tell) for index, given in enumerate(data))
    return tuple(waiver for waiver in read if waiver)


def _read(given: Given, at: Address, tell: Tell) -> Waiver | None:
    """Read one waiver; None, and findings, if it is invalid."""
    faults = [fault for look in _LOOKS for fault in look(given)]
    for fault in faults:
        address, is_unknown = join(at, as_step(fault.key)), fault.code is codes.UNKNOWN_KEY
        tell(fault.code, address, fault.message, fault.hint, points_at_key=is_unknown)
    if faults:
        return None
    texts = {key: given.get(key, "").strip() for key in TEXTS}
    return Waiver(texts["code"], texts["reason"], texts["where"], texts["by"], given.get("date"), at)


def _unknown_keys(given: Given) -> Iterator[_Fault]:
    from difflib import get_close_matches

    for key in given:
        if key not in KEYS:
            called = [name for name, names in KEYS.items() if key in names]
            nearest = next(iter(called or get_close_matches(key, KEYS, n=1)), "")
            hint = f"是否想写 {nearest}？" if nearest else f"这里可以写：{'、'.join(KEYS)}"
            yield _Fault(codes.UNKNOWN_KEY, key, f"不认识的项目「{key}」", hint)


def _wrong_types(given: Given) -> Iterator[_Fault]:
    for key in TEXTS:
        value = given.get(key, "")
        if not isinstance(value, str):
            message = f"这里应是文字，写的是{kind_of(value)}"
            yield _Fault(codes.WRONG_TYPE, key, message, "用英文双引号把文字括起来")
    on = given.get("date", date.min)
    if not isinstance(on, date) or isinstance(on, datetime):
        message = f"这里应是日期，写的是{kind_of(on)}"
        yield _Fault(codes.WRONG_TYPE, "date", message, "写成 2024-01-12，不加引号")


def _is_misspelt(given: Given, key: str) -> bool:
    """Whether a missing key may be one that was reported as unknown."""
    return key not in given and not KEYS.keys() >= given.keys()


def _unfit_code(given: Given) -> Iterator[_Fault]:
    name = given.get("code", "")
    if not isinstance(name, str) or _is_misspelt(given, "code"):
        return
    name = name.strip()
    code = codes.named(name)
    if not name:
        message = "豁免的代码是空的" if "code" in given else "这一条豁免没有写代码"
        yield _Fault(codes.WAIVER, "code", message, '写上要豁免的代码，例如 code = "W501"')
    elif code is None:
        nearest = codes.nearest(name)
        hint = f"是否想写 {nearest}？" if nearest else "写上 gxgen check 给出的代码，例如 W501"
        yield _Fault(codes.WAIVER, "code", f"没有「{name}」这个代码", hint)
    elif code.severity is Severity.ERROR:
        message = f"{name}（{code.title}）是错误，不能豁免：有错误的报告不真实，或者印不出来"
        yield _Fault(codes.NOT_WAIVABLE, "code", message, "改正问题本身，删去这一条豁免")
    elif code is codes.UNUSED_WAIVER:
        message = f"{name}（{code.title}）不能豁免"
        yield _Fault(codes.NOT_WAIVABLE, "code", message, "删去没有对上任何问题的豁免")


def _no_reason(given: Given) -> Iterator[_Fault]:
    reason = given.get("reason", "")
    if isinstance(reason, str) and not reason.strip() and not _is_misspelt(given, "reason"):
        message = "豁免的理由是空的" if "reason" in given else "这一条豁免没有写理由"
        yield _Fault(
            codes.WAIVER, "reason", message, '写明为什么属实，例如 reason = "本局无文字可报，已请示区政府办公室"'
        )


_LOOKS: tuple[Callable[[Given], Iterator[_Fault]], ...] = (_unknown_keys, _wrong_types, _unfit_code, _no_reason)
