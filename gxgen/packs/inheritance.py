"""A pack and those that it inherits from, read and put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import tomli

from gxgen.core import codes
from gxgen.core.errors import reason
from gxgen.core.findings import Finding
from gxgen.core.toml.encoding import decode
from gxgen.packs.finding import SETTINGS_FILE, Place, folder_of, not_found, of_the_same_name, shipped
from gxgen.packs.pack import ROOT, ExtraRow, Pack, SettingPath, SettingsFile, dotted
from gxgen.packs.settings import SETTINGS, is_pack_name
from gxgen.packs.validation import Checked, ValidSettings

WORD, TEXT, HTML = "report.docx", "report.txt.j2", "report.html.j2"
NO_TEMPLATES: Final = ("report.doc", "report.docm", "report.dotx", "report.wps")
"""What Word and WPS save beside .docx."""
LARGEST_SETTINGS = 1024 * 1024
LARGEST_TEMPLATE = 64 * 1024 * 1024
OWN = ("name", "title", "extends")
"""What no pack inherits."""


class PackLookup(NamedTuple):
    """A pack, as far as it can be used, and everything wrong with it and with those it inherits from."""

    pack: Pack | None
    findings: tuple[Finding, ...]


class _Read(NamedTuple):
    """One folder, read."""

    folder: Path
    file: SettingsFile
    settings: ValidSettings
    contents: Mapping[str, bytes]
    findings: tuple[Finding, ...]


def look_up(name: str, where: tuple[Place, ...]) -> PackLookup:
    """The pack *name* with all that it inherits.  Never raises for what a pack holds."""
    folder = folder_of(name, where) if is_pack_name(name) else None
    if folder is None:
        return PackLookup(None, (Finding(codes.PACK, "pack", *not_found(name, where)),))
    lineage, findings = _lineage(folder, where)
    return _put_together(lineage, findings)


def _lineage(folder: Path, where: tuple[Place, ...]) -> tuple[list[_Read], list[Finding]]:
    """The pack of a folder and those that it inherits from, the root last, as far as they can be found."""
    lineage, findings, next_folder = list[_Read](), list[Finding](), folder
    while True:
        read = _read(next_folder)
        lineage.append(read)
        findings += read.findings
        parent = read.settings.get(("extends",), "" if read.folder.name == ROOT else ROOT)
        if not parent:
            return lineage, findings
        names = [one.folder.name for one in lineage]
        found = folder_of(parent, where)
        if parent in names or found is None:
            findings.append(_no_parent(read.file, parent, names, where))
            return lineage, findings
        next_folder = found


def _no_parent(file: SettingsFile, parent: str, names: list[str], where: tuple[Place, ...]) -> Finding:
    if parent == names[-1]:
        return file.finding(("extends",), "模板包不能继承自己", f"删去 extends，或改为别的模板包，例如 {ROOT}")
    if parent in names:
        circle = " → ".join((*names[names.index(parent) :], parent))
        return file.finding(("extends",), f"模板包的继承绕成了圈：{circle}", f"让其中一个改为继承 {ROOT}")
    message, hint = not_found(parent, where)
    return file.finding(("extends",), f"要继承的模板包没有：{message}", hint)


def _read(folder: Path) -> _Read:
    """The settings of one folder that are sound, the templates in it, and what is wrong with them."""
    path = folder / SETTINGS_FILE
    raw, failed = _bytes(path, LARGEST_SETTINGS)
    text, of_text = decode(raw or b"")
    file = SettingsFile(folder.name, path, text or "")
    findings = [file.finding((), failed, "核对文件和权限")] if failed else _of_encoding(file, of_text)
    try:
        data = tomli.loads(file.text, parse_float=Decimal)
    except tomli.TOMLDecodeError as error:
        findings.append(_no_toml(file, error.lineno, error.colno))
        data = {}
    except (ValueError, ArithmeticError, RecursionError):
        findings.append(file.finding((), f"{SETTINGS_FILE} 里有过长的数字或层数过多的括号", "删去这样的内容"))
        data = {}
    checked = Checked(file, data)
    contents, of_templates = _templates(file, folder)
    findings += [*checked.findings, *_of_name(file, checked.sound, folder), *of_templates]
    return _Read(folder, file, checked.sound, contents, tuple(findings))


def _of_encoding(file: SettingsFile, told: tuple[Finding, ...]) -> list[Finding]:
    hint = "用记事本打开，另存为时把编码选为 UTF-8"
    unread = {one: "" if one.code is codes.READ_AS_OTHER else " 读不出" for one in told}
    return [file.finding((), f"{SETTINGS_FILE}{unread[one]}：{one.message}", hint, one.code) for one in told]


def _no_toml(file: SettingsFile, line: int, column: int) -> Finding:
    from msgspec.structs import replace

    from gxgen.core.findings import Position

    message = f"{SETTINGS_FILE} 不是有效的 TOML（第 {line} 行）"
    finding = file.finding((), message, "一行写一项：键 = 值；符号用半角", codes.SYNTAX)
    lines = file.text.split("\n")
    position = Position(min(line, len(lines)), column)
    there = replace(finding.related[0], position=position, line=lines[position.line - 1])
    return replace(finding, related=(there,))


def _of_name(file: SettingsFile, settings: ValidSettings, folder: Path) -> Iterator[Finding]:
    name = settings.get(("name",), folder.name)
    if name != folder.name:
        yield file.finding(("name",), f"name 写的是「{name}」，文件夹叫「{folder.name}」", "把两处改成一样的名字")
    # What comes with gxgen is proven when it is made.
    twin = of_the_same_name(folder) if folder.parent != shipped() else None
    if twin:
        message = f'「{twin.name}」文件夹里的模板包也写着 name = "{folder.name}"'
        yield file.finding(("name",), message, f"改正 {twin / SETTINGS_FILE} 中的 name，须与文件夹同名")


def _templates(file: SettingsFile, folder: Path) -> tuple[Mapping[str, bytes], tuple[Finding, ...]]:
    """The templates that a folder holds, by file name."""
    contents, findings = dict[str, bytes](), list[Finding]()
    for name in (WORD, TEXT, HTML):
        path = folder / name
        raw, failed = _bytes(path, LARGEST_TEMPLATE, may_be_missing=True)
        if failed:
            findings.append(file.finding((), f"{name} 读不出：{failed}", "核对文件和权限"))
        elif raw == b"" and name == WORD:
            findings.append(
                file.finding((), f"{WORD} 是空文件", "没有保存好：在 Word 或 WPS 中重新保存，或删去这个文件")
            )
        elif raw is not None:
            contents[name] = raw
    wrong = [name for name in NO_TEMPLATES if (folder / name).exists()] if WORD not in contents else []
    if wrong:
        findings.append(
            file.finding((), f"Word 模板须是 {WORD}，文件夹里的是 {wrong[0]}", f"在 Word 或 WPS 中另存为 {WORD}")
        )
    return contents, tuple(findings)


def _bytes(path: Path, most: int, *, may_be_missing: bool = False) -> tuple[bytes | None, str]:
    """The bytes of a file, None where it has none for us, and why they could not be read."""
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except FileNotFoundError as error:
        return None, "" if may_be_missing else reason(error)
    except OSError as error:
        return None, reason(error)
    return (raw, "") if len(raw) <= most else (None, f"文件太大（超过 {most // 1024 // 1024} MB）")


# Putting together


def _put_together(lineage: list[_Read], findings: list[Finding]) -> PackLookup:
    first = lineage[0]
    merged, rows, origins = _merged(lineage)
    text = {name: _text(lineage, name, findings) for name in (TEXT, HTML)}
    word = _nearest(lineage, WORD)
    if not word and lineage[-1].folder.name == ROOT and not findings:
        hint = f"从别的模板包复制一份，或给这个模板包另取名字：它就继承 {ROOT} 的"
        findings.append(first.file.finding((), f"没有 Word 模板 {WORD}", hint))
    defaults: ValidSettings = {(one.key,): one.default for one in SETTINGS}
    settings = defaults | merged
    pack = Pack(
        name=first.folder.name,
        title=first.settings.get(("title",), first.folder.name),
        folder=first.folder,
        lineage=tuple(read.folder.name for read in lineage),
        word_template=word,
        text_template=text[TEXT],
        html_template=text[HTML],
        rows=rows,
        headings=_table(merged, "headings"),
        texts=_table(merged, "texts"),
        title_lines=settings["title_lines",],
        topics=settings["topics",],
        page_number=settings["page_number",],
        styles=_styles(merged),
        table=_table(merged, "table"),
        severity=_table(merged, "severity"),
        wording=_table(merged, "wording"),
        values=_table(merged, "values"),
        origins=MappingProxyType(origins),
        files=MappingProxyType({read.folder.name: read.file for read in lineage}),
    )
    return PackLookup(pack, tuple(findings))


def _merged(lineage: list[_Read]) -> tuple[ValidSettings, tuple[ExtraRow, ...], dict[str, str]]:
    """All settings, nearer packs before farther ones; the rows of all; and from which pack each comes."""
    merged, rows, origins = ValidSettings(), list[ExtraRow](), dict[str, str]()
    for read in reversed(lineage):
        name = read.folder.name
        for path, value in read.settings.items():
            if path[0] == "rows":
                continue
            if path[0] == "texts":
                _make_way(path, merged, origins)
            merged[path] = value
            origins[dotted(path)] = name
        indices = sorted({path[1] for path in read.settings if path[0] == "rows" and isinstance(path[1], int)})
        for index in indices:
            origins[f"rows[{len(rows)}]"] = name
            after, key, label = (read.settings["rows", index, part] for part in ("after", "key", "label"))
            rows.append(ExtraRow(after.strip(), key, label.strip(), name, index))
    for own in OWN:
        origins.pop(own, None)
    return merged, tuple(rows), origins


def _make_way(path: SettingPath, merged: ValidSettings, origins: dict[str, str]) -> None:
    """A section's text as a whole takes the place of its topics, and the other way round."""
    for other in [other for other in merged if other != path and (_begins(other, path) or _begins(path, other))]:
        del merged[other]
        del origins[dotted(other)]


def _begins(path: SettingPath, start: SettingPath) -> bool:
    return path[: len(start)] == start


def _table(merged: ValidSettings, name: str) -> Mapping[str, Any]:
    return MappingProxyType({dotted(path[1:]): value for path, value in merged.items() if path[0] == name})


def _styles(merged: ValidSettings) -> Mapping[str, Mapping[str, Any]]:
    styles: dict[str, dict[str, Any]] = {}
    for path, value in merged.items():
        if path[0] == "styles":
            _, style, attribute = path
            styles.setdefault(str(style), {})[str(attribute)] = value
    return MappingProxyType({style: MappingProxyType(attributes) for style, attributes in styles.items()})


def _nearest(lineage: list[_Read], name: str) -> bytes:
    return next((read.contents[name] for read in lineage if name in read.contents), b"")


def _text(lineage: list[_Read], name: str, findings: list[Finding]) -> str:
    """A template of text, from the nearest pack that has one."""
    holder = next((read for read in lineage if name in read.contents), None)
    text, told = decode(holder.contents[name]) if holder else ("", ())
    if holder and text is None:
        findings.append(holder.file.finding((), f"{name} 读不出：{told[0].message}", "另存为 UTF-8 编码的纯文本"))
    return text or ""
