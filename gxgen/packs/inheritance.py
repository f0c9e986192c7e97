"""Read a pack and those that it inherits from, and merge their settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import msgspec
import tomli

from gxgen.core import codes
from gxgen.core.errors import reason
from gxgen.core.findings import Finding
from gxgen.core.toml.encoding import decode
from gxgen.packs.pack import ROOT, ExtraRow, Pack, SettingPath, SettingsFile, dotted
from gxgen.packs.search import SETTINGS_FILE, SearchFolder, folder_claiming_name, folder_of, not_found, shipped
from gxgen.packs.settings import SETTINGS, is_pack_name
from gxgen.packs.validation import ValidSettings, validate

WORD, TEXT, HTML = "report.docx", "report.txt.j2", "report.html.j2"
WRONG_TEMPLATES: Final = ("report.doc", "report.docm", "report.dotx", "report.wps")
"""Formats of Word and WPS that people save a template in by mistake."""
MAX_SETTINGS_SIZE = 1024 * 1024
MAX_TEMPLATE_SIZE = 64 * 1024 * 1024
NOT_INHERITED = ("name", "title", "extends")
"""Settings that are not inherited."""


class PackLookup(msgspec.Struct, frozen=True):
    """A pack as far as it can be used, and the findings on it and on those it inherits from."""

    pack: Pack | None
    findings: tuple[Finding, ...]


class _PackFolder(msgspec.Struct, frozen=True):
    """The folder of one pack: its valid settings, its templates by file name, and the findings on them."""

    folder: Path
    file: SettingsFile
    settings: ValidSettings
    contents: Mapping[str, bytes]
    findings: tuple[Finding, ...]


def look_up(name: str, searched: tuple[SearchFolder, ...]) -> PackLookup:
    """Look up the pack *name* with all that it inherits.  Faults of a pack become findings and raise nothing."""
    folder = folder_of(name, searched) if is_pack_name(name) else None
    if folder is None:
        return PackLookup(None, (Finding(codes.PACK, "pack", *not_found(name, searched)),))
    lineage, findings = _lineage(folder, searched)
    return _assemble(lineage, findings)


def _lineage(folder: Path, searched: tuple[SearchFolder, ...]) -> tuple[list[_PackFolder], list[Finding]]:
    """Read the pack of a folder and those that it inherits from, the root last, as far as they can be found."""
    lineage, findings, next_folder = list[_PackFolder](), list[Finding](), folder
    while True:
        read = _read_folder(next_folder)
        lineage.append(read)
        findings += read.findings
        parent = read.settings.get(("extends",), "" if read.folder.name == ROOT else ROOT)
        if not parent:
            return lineage, findings
        names = [one.folder.name for one in lineage]
        found = folder_of(parent, searched)
        if parent in names or found is None:
            findings.append(_parent_finding(read.file, parent, names, searched))
            return lineage, findings
        next_folder = found


def _parent_finding(file: SettingsFile, parent: str, names: list[str], searched: tuple[SearchFolder, ...]) -> Finding:
    if parent == names[-1]:
        return file.finding(("extends",), "模板包不能继承自己", f"删去 extends，或改为别的模板包，例如 {ROOT}")
    if parent in names:
        circle = " → ".join((*names[names.index(parent) :], parent))
        return file.finding(("extends",), f"模板包的继承绕成了圈：{circle}", f"让其中一个改为继承 {ROOT}")
    message, hint = not_found(parent, searched)
    return file.finding(("extends",), f"要继承的模板包没有：{message}", hint)


def _read_folder(folder: Path) -> _PackFolder:
    """Read and validate the settings and templates of one folder."""
    path = folder / SETTINGS_FILE
    raw, failed = _read_file(path, MAX_SETTINGS_SIZE)
    text, of_text = decode(raw or b"")
    file = SettingsFile(folder.name, path, text or "")
    findings = [file.finding((), failed, "核对文件和权限")] if failed else _encoding_findings(file, of_text)
    try:
        data = tomli.loads(file.text, parse_float=Decimal)
    except tomli.TOMLDecodeError as error:
        findings.append(_syntax_finding(file, error.lineno, error.colno))
        data = {}
    except (ValueError, ArithmeticError, RecursionError):
        findings.append(file.finding((), f"{SETTINGS_FILE} 里有过长的数字或层数过多的括号", "删去这样的内容"))
        data = {}
    valid, faults = validate(file, data)
    contents, of_templates = _templates(file, folder)
    findings += [*faults, *_name_findings(file, valid, folder), *of_templates]
    return _PackFolder(folder, file, valid, contents, tuple(findings))


def _encoding_findings(file: SettingsFile, told: tuple[Finding, ...]) -> list[Finding]:
    hint = "用记事本打开，另存为时把编码选为 UTF-8"
    unread = {one: "" if one.code is codes.READ_AS_OTHER else " 读不出" for one in told}
    return [file.finding((), f"{SETTINGS_FILE}{unread[one]}：{one.message}", hint, one.code) for one in told]


def _syntax_finding(file: SettingsFile, line: int, column: int) -> Finding:
    from msgspec.structs import replace

    from gxgen.core.findings import Position

    message = f"{SETTINGS_FILE} 不是有效的 TOML（第 {line} 行）"
    finding = file.finding((), message, "一行写一项：键 = 值；符号用半角", codes.SYNTAX)
    lines = file.text.split("\n")
    position = Position(min(line, len(lines)), column)
    there = replace(finding.related[0], position=position, line=lines[position.line - 1])
    return replace(finding, related=(there,))


def _name_findings(file: SettingsFile, settings: ValidSettings, folder: Path) -> Iterator[Finding]:
    name = settings.get(("name",), folder.name)
    if name != folder.name:
        yield file.finding(("name",), f"name 写的是「{name}」，文件夹叫「{folder.name}」", "把两处改成一样的名字")
    # Packs that come with gxgen are tested.
    twin = folder_claiming_name(folder) if folder.parent != shipped() else None
    if twin:
        message = f'「{twin.name}」文件夹里的模板包也写着 name = "{folder.name}"'
        yield file.finding(("name",), message, f"改正 {twin / SETTINGS_FILE} 中的 name，须与文件夹同名")


def _templates(file: SettingsFile, folder: Path) -> tuple[Mapping[str, bytes], tuple[Finding, ...]]:
    """Read the templates in a folder, by file name."""
    contents, findings = dict[str, bytes](), list[Finding]()
    for name in (WORD, TEXT, HTML):
        path = folder / name
        raw, failed = _read_file(path, MAX_TEMPLATE_SIZE, may_be_missing=True)
        if failed:
            findings.append(file.finding((), f"{name} 读不出：{failed}", "核对文件和权限"))
        elif raw == b"" and name == WORD:
            findings.append(
                file.finding((), f"{WORD} 是空文件", "没有保存好：在 Word 或 WPS 中重新保存，或删去这个文件")
            )
        elif raw is not None:
            contents[name] = raw
    wrong = [name for name in WRONG_TEMPLATES if (folder / name).exists()] if WORD not in contents else []
    if wrong:
        findings.append(
            file.finding((), f"Word 模板须是 {WORD}，文件夹里的是 {wrong[0]}", f"在 Word 或 WPS 中另存为 {WORD}")
        )
    return contents, tuple(findings)


def _read_file(path: Path, most: int, *, may_be_missing: bool = False) -> tuple[bytes | None, str]:
    """Read a file of at most *most* bytes; None and the reason where that is not possible."""
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except FileNotFoundError as error:
        return None, "" if may_be_missing else reason(error)
    except OSError as error:
        return None, reason(error)
    return (raw, "") if len(raw) <= most else (None, f"文件太大（超过 {most // 1024 // 1024} MB）")


# Merging


def _assemble(lineage: list[_PackFolder], findings: list[Finding]) -> PackLookup:
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


def _merged(lineage: list[_PackFolder]) -> tuple[ValidSettings, tuple[ExtraRow, ...], dict[str, str]]:
    """Merge the settings and rows of a lineage; nearer packs override farther ones.

    Returns:
        The settings, the rows of all packs, and the pack that each setting comes from.
    """
    merged, rows, origins = ValidSettings(), list[ExtraRow](), dict[str, str]()
    for read in reversed(lineage):
        name = read.folder.name
        for path, value in read.settings.items():
            if path[0] == "rows":
                continue
            if path[0] == "texts":
                _remove_conflicting(path, merged, origins)
            merged[path] = value
            origins[dotted(path)] = name
        indices = sorted({path[1] for path in read.settings if path[0] == "rows" and isinstance(path[1], int)})
        for index in indices:
            origins[f"rows[{len(rows)}]"] = name
            after, key, label = (read.settings["rows", index, part] for part in ("after", "key", "label"))
            rows.append(ExtraRow(after.strip(), key, label.strip(), name, index))
    for own in NOT_INHERITED:
        origins.pop(own, None)
    return merged, tuple(rows), origins


def _remove_conflicting(path: SettingPath, merged: ValidSettings, origins: dict[str, str]) -> None:
    """Remove what a text replaces: the text of a whole section replaces those of its topics, and vice versa."""
    replaced = [one for one in merged if one != path and (_starts_with(one, path) or _starts_with(path, one))]
    for other in replaced:
        del merged[other]
        del origins[dotted(other)]


def _starts_with(path: SettingPath, start: SettingPath) -> bool:
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


def _nearest(lineage: list[_PackFolder], name: str) -> bytes:
    return next((read.contents[name] for read in lineage if name in read.contents), b"")


def _text(lineage: list[_PackFolder], name: str, findings: list[Finding]) -> str:
    """Decode a template in text, from the nearest pack that has one."""
    holder = next((read for read in lineage if name in read.contents), None)
    text, told = decode(holder.contents[name]) if holder else ("", ())
    if holder and text is None:
        findings.append(holder.file.finding((), f"{name} 读不出：{told[0].message}", "另存为 UTF-8 编码的纯文本"))
    return text or ""
