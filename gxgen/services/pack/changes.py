"""Compare two packs, or two versions of one: settings, templates, and what reports show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff

from gxgen.core.errors import TemplateError
from gxgen.engine.formats import FORMATS
from gxgen.engine.packs import PackInUse
from gxgen.packs import Pack
from gxgen.services.pack.lookup import settings_in_force
from gxgen.services.pack.read_back import Table, read, without_space
from gxgen.services.pack.trial_reports import Trial, TrialKind, trials

CALLED = {"docx": "Word 文档", "txt": "纯文本", "html": "网页"}
PARTS = {
    "word/styles.xml": "样式",
    "word/header": "页眉",
    "word/footer": "页脚",
    "word/media/": "图片",
    "word/numbering.xml": "编号",
    "word/theme/": "主题",
    "word/fontTable.xml": "字体表",
    "word/settings.xml": "文档设置",
}
"""The parts of a .docx file in messages, by the beginning of their names."""
IGNORED_PARTS = ("docProps/",)
"""Parts that Word rewrites whenever it saves."""


def changes(ours: PackInUse, other: PackInUse) -> Iterator[str]:
    """Yield the differences line by line: ``-`` as in *other*, ``+`` as in *ours*."""
    assert ours.pack, "a pack that was found"
    assert other.pack, "a pack that was found"
    yield f"与 {other.pack.folder} 比较（- 原来，+ 现在）"
    sections = (
        ("设置", _settings(ours.pack, other.pack)),
        ("Word 模板 report.docx", _word(ours.pack, other.pack)),
        ("文本模板 report.txt.j2", _lines(ours.pack.text_template, other.pack.text_template)),
        ("网页模板 report.html.j2", _lines(ours.pack.html_template, other.pack.html_template)),
        *_reports(ours, other),
    )
    told = [(title, list(lines)) for title, lines in sections]
    for title, lines in told:
        if lines:
            yield from (f"\n{title}", *lines)
    if not any(lines for _, lines in told):
        yield "没有不同"


def _settings(ours: Pack, other: Pack) -> Iterator[str]:
    now, before = ({one.key: one.value for one in settings_in_force(pack)} for pack in (ours, other))
    if (ours.title, ours.lineage[1:]) != (other.title, other.lineage[1:]):
        yield f"- {other.title}，继承 {' → '.join(other.lineage[1:]) or '无'}"
        yield f"+ {ours.title}，继承 {' → '.join(ours.lineage[1:]) or '无'}"
    for key in dict.fromkeys((*before, *now)):
        if now.get(key) != before.get(key):
            yield from (f"- {key} = {before[key]}" for _ in range(key in before))
            yield from (f"+ {key} = {now[key]}" for _ in range(key in now))


def _word(ours: Pack, other: Pack) -> Iterator[str]:
    if ours.word_template == other.word_template:
        return
    from gxgen.render.docx.tag_lint import template_lines

    try:
        now, before = (
            [(f"{place}：{text}", text) for place, text in template_lines(pack.word_template)] for pack in (ours, other)
        )
        yield from _placed(now, before)
        yield from _parts(ours.word_template, other.word_template)
    except TemplateError as error:
        yield f"比较不了：{error.message}"


def _placed(now: list[tuple[str, str]], before: list[tuple[str, str]]) -> Iterator[str]:
    """Yield paragraphs that differ, each with its location; a location that only shifted is no difference."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, [text for _, text in before], [text for _, text in now], autojunk=False)
    for kind, start, end, from_, to in matcher.get_opcodes():
        if kind != "equal":
            yield from (f"- {told}" for told, _ in before[start:end])
            yield from (f"+ {told}" for told, _ in now[from_:to])


def _parts(ours: bytes, other: bytes) -> Iterator[str]:
    """Yield the parts of the file that differ."""
    from gxgen.render.docx.package import unpack

    now, before = unpack(ours).contents(), unpack(other).contents()
    differ = [name for name in dict.fromkeys((*before, *now)) if now.get(name) != before.get(name)]
    named = [_called(name, now, before) for name in differ if not name.startswith(IGNORED_PARTS)]
    if named:
        yield f"文件里不同的部分：{'、'.join(dict.fromkeys(named))}"


def _called(name: str, now: Mapping[str, bytes], before: Mapping[str, bytes]) -> str:
    called = next((word for start, word in PARTS.items() if name.startswith(start)), "")
    called = "正文" if name == "word/document.xml" else called or name
    return called + ("（新加）" if name not in before else "（删去）" if name not in now else "")


def _reports(ours: PackInUse, other: PackInUse) -> Iterator[tuple[str, list[str]]]:
    """Compare reports made with both packs, in which all figures differ; equal differences are given once."""
    pairs = zip(trials(ours), trials(other), strict=True)
    for now, before in pairs:
        if now.kind is TrialKind.DIFFERENT:
            alike: dict[tuple[str, ...], list[str]] = {}
            for suffix, called in CALLED.items():
                lines = tuple(_diff(_shown(before, other, suffix), _shown(now, ours, suffix)))
                alike.setdefault(lines, []).append(called)
            for lines, formats in alike.items():
                yield f"试填的报告（{now.layout.name} 版，{'、'.join(formats)}）", list(lines)


def _shown(trial: Trial, in_use: PackInUse, suffix: str) -> list[str]:
    assert in_use.pack, "a pack that was found"
    if suffix == "docx" and not in_use.pack.word_template:
        return ["没有 Word 模板"]
    try:
        report = read(suffix, FORMATS[suffix](in_use.pack)(trial.document))
    except TemplateError as error:
        return [f"生成不了：{error.message}"]
    return [
        line for part in report.parts for line in ([part.strip()] if isinstance(part, str) else _drawn(part)) if line
    ]


def _drawn(table: Table) -> Iterator[str]:
    """Yield the rows of a table; a cell over several columns is given once."""
    for row in table:
        cells = [without_space(text) for number, text in enumerate(row) if not number or row[number - 1] != text]
        yield " | ".join(cells)


def _lines(ours: str, other: str) -> Iterator[str]:
    return _diff(other.splitlines(), ours.splitlines())


def _diff(before: Iterable[str], now: Iterable[str]) -> Iterator[str]:
    """Yield the lines that differ."""
    for line in unified_diff(list(before), list(now), n=0, lineterm=""):
        if line.startswith(("+", "-")) and not line.startswith(("+++", "---")):
            yield f"{line[0]} {line[1:]}"
