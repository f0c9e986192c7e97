"""Validate the data of a ``pack.toml`` by the table of settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from gxgen.core import codes
from gxgen.core.findings import Finding, Severity
from gxgen.packs.pack import SettingPath, SettingsFile, dotted
from gxgen.packs.settings import GROUPS, NEEDED, SETTINGS, Setting

ONLY_ADDED = "模板包只能在表上加行：写 after、key 和 label；表上规定的行不能删去，也不能改名"
ValidSettings = dict[SettingPath, Any]
"""Valid settings by their paths."""


class _Node(msgspec.Struct, frozen=True):
    """A key of pack.toml: a setting, a table of further keys, or both."""

    setting: Setting | None
    below: dict[str, _Node]
    is_repeated: bool = False


@cache
def _tree() -> _Node:
    root = _Node(None, {})
    for setting in SETTINGS:
        node = root
        *above, last = setting.key.split(".")
        for step in above:
            name, is_repeated = step.removesuffix("[]"), step.endswith("[]")
            node = node.below.setdefault(name, _Node(None, {}, is_repeated))
        node.below[last] = _Node(setting, {})
    return root


def validate(file: SettingsFile, data: Mapping[str, Any]) -> tuple[ValidSettings, tuple[Finding, ...]]:
    """Validate the data of a pack.toml; return the valid settings, and the findings on the others."""
    validator = _Validator(file)
    settings = validator.validate(data)
    return settings, tuple(validator.findings)


class _Validator:
    """Validates one pack.toml, and collects its findings."""

    def __init__(self, file: SettingsFile) -> None:
        self._file = file
        self.findings: list[Finding] = []

    def validate(self, data: Mapping[str, Any]) -> ValidSettings:
        return dict(self._table(data, _tree(), ()))

    def _report(self, path: SettingPath, message: str, hint: str, *, points_at_key: bool = False) -> None:
        self.findings.append(self._file.finding(path, message, hint, points_at_key=points_at_key))

    def _table(self, data: Mapping[str, Any], node: _Node, path: SettingPath) -> Iterator[tuple[SettingPath, Any]]:
        for key, value in data.items():
            at = (*path, key)
            child = node.below.get(key) or node.below.get("*")
            if child is None:
                self._report(at, *_unknown_key(key, path, node), points_at_key=True)
            elif key not in node.below and (fault := _name_fault(key, path)):
                self._report(at, *fault, points_at_key=True)
            else:
                yield from self._value(value, child, at)

    def _value(self, value: object, node: _Node, at: SettingPath) -> Iterator[tuple[SettingPath, Any]]:
        if node.is_repeated:
            yield from self._rows(value, node, at)
        elif node.below and isinstance(value, dict):
            yield from self._table(value, node, at)
        elif node.setting is None:
            self._report(at, f"{dotted(at)} 应是一组设置，写的是{_kind(value)}", f"写成 [{dotted(at)}]，下面一行写一项")
        elif node.setting.constraint.accepts(value):
            yield at, value
        else:
            self._report(at, *_value_fault(value, node.setting, at))

    def _rows(self, value: object, node: _Node, at: SettingPath) -> Iterator[tuple[SettingPath, Any]]:
        """Validate the extra rows; an incomplete one is reported and left out."""
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self._report(at, "加的行要用双层方括号", "写成 [[rows]]，每一行各写一次", points_at_key=True)
            return
        for index, row in enumerate(value):
            path = (*at, index)
            sound = dict(self._table(row, node, path))
            missing = [key for key in NEEDED if key not in row]
            if missing and not row.keys() - node.below.keys():  # a misspelt key has been reported
                self._report(path, f"加的这一行没有写 {'、'.join(missing)}", ONLY_ADDED)
            if len(sound) == len(NEEDED):
                yield from sound.items()


def _unknown_key(key: str, path: SettingPath, node: _Node) -> tuple[str, str]:
    from difflib import get_close_matches

    message = f"不认识的设置「{key}」"
    nearest = next(iter(get_close_matches(key, node.below, n=1)), "")
    if nearest:
        return message, f"是否想写 {nearest}？"
    if path[:1] == ("rows",):
        return message, ONLY_ADDED
    home = next((setting.key.rpartition(".")[0] for setting in SETTINGS if setting.key.endswith(f".{key}")), None)
    if home is not None:
        return message, f"{key} 写在 {'[[rows]]' if home == 'rows[]' else f'[{home}]'} 下面".replace("*", "样式名称")
    if path and key in _tree().below:
        return message, f"{key} 要写在文件开头，第一个方括号标题之前" if key not in GROUPS else f"写成 [{key}]"
    return message, f"这里可以写：{'、'.join(name for name in node.below if name != '*')}"


def _name_fault(key: str, path: SettingPath) -> tuple[str, str] | None:
    """Return message and remedy for a name of the keeper's own choice; None where it is valid."""
    match path:
        case ("severity",):
            return _code_fault(key)
        case ("wording" | "values",) if not key.isidentifier() or key.startswith("_"):
            return f"「{key}」不能作名称", "名称用字母、汉字、数字和下划线，不以数字或下划线开头"
        case _:
            return None


def _code_fault(name: str) -> tuple[str, str] | None:
    code = codes.named(name)
    if code is None:
        nearest = codes.nearest(name)
        return (
            f"没有「{name}」这个代码",
            f"是否想写 {nearest}？" if nearest else "写上 gxgen check 给出的代码，例如 W501",
        )
    if code.severity is Severity.ERROR:
        message = f"{name}（{code.title}）是错误，不能改轻重：有错误的报告不真实，或者印不出来"
        return message, "删去这一项；只有警告和提示可以加重、减轻或不检查"
    return None


def _value_fault(value: object, setting: Setting, at: SettingPath) -> tuple[str, str]:
    constraint = setting.constraint
    shown = f"「{value}」" if isinstance(value, (str, int)) and not isinstance(value, bool) and value != "" else ""
    message = f"{dotted(at)} 应是{constraint.description}，写的是{shown or _kind(value)}"
    key = at[-1]
    return message, f"例如 {key} = {setting.shown}"


def _kind(value: object) -> str:
    """Name the type of a TOML value for a keeper."""
    kinds = ((bool, "是非值（true/false）"), (str, "文字"), (dict, "一组设置"), (list, "一个列表"))
    found = next((word for kind, word in kinds if isinstance(value, kind)), "")
    return "空的" if value == "" else found or ("数字" if hasattr(value, "__float__") else "日期或时间")
