"""A new pack: a folder that Word can open, with every setting explained and a page on how to go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gxgen import codes
from gxgen.batch.outputs import write
from gxgen.batch.pack.guide import guide
from gxgen.batch.pack.settings import shown, written
from gxgen.errors import reason
from gxgen.findings import Finding
from gxgen.packs import ROOT, SETTINGS_FILE, Pack
from gxgen.packs.inheriting import WORD
from gxgen.packs.settings import GROUPS, SETTINGS, Setting, is_pack_name

GUIDE = "使用说明.txt"
DEFAULT_PARENT = ROOT
OWN = ("name", "title", "extends")
STYLE = "报告正文"
"""The style that stands for any in the explained settings."""
ANY_KEY = {
    "headings": "problems",
    "texts": "preamble",
    "texts.overview": "active",
    "severity": "W501",
    "wording": "greeting",
    "values": "telephone",
}
"""A name for each table whose names the keeper chooses."""
EXAMPLES = {"texts": '"……"', "severity": '"error"', "wording": '"……"', "values": '"027-12345678"'}
ABOUT = {
    "rows": "在表上加行；要加几行，就把 [[rows]] 这几行写几次",
    "headings": "标题的另一种写法",
    "texts": "数据文件没有写的正文，用这里的文字；可以引用数字，例如 {{ requests.received.total }}",
    "texts.overview": "总体情况分几个方面写时，各段的文字；与上面的 overview 只能写一种",
    "styles": "Word 样式；样式名称见 Word 的「样式」窗格。也可以直接在 report.docx 里改样式，不写在这里",
    "table": "表格的样子",
    "severity": "检查出的各种警告在本地区的轻重；代码见 gxgen explain",
    "wording": "模板里用的文字，自己起名字",
    "values": "模板里用的文字或数字，自己起名字",
}


def unfit_name(name: str) -> str:
    """Why no new pack can be called so; empty if one can."""
    if not is_pack_name(name):
        return f"模板包的名字「{name}」不对：只用字母、数字、汉字、下划线和连字符"
    if name == ROOT:
        return f"{ROOT} 是随程序提供的模板包，所有模板包都继承它；另起一个名字"
    return ""


def create(name: str, parent: Pack, folder: Path) -> tuple[tuple[Path, ...], Finding | None]:
    """Write a new pack; never over anything.

    Args:
        name: what it is to be called.
        parent: the pack that it extends.
        folder: the folder of packs.

    Returns:
        The files, and what is wrong if they could not be written.
    """
    home = folder / name
    try:
        home.mkdir(parents=True)
    except (FileExistsError, NotADirectoryError):
        at = home if home.exists() else folder
        hint = "换一个名字，或先把原来的改名、移走"
        return (), Finding(codes.OUTPUT, "", f"已有「{at}」，不会覆盖", hint)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "名字里有系统不允许的字符"
        return (), Finding(codes.OUTPUT, "", f"建不了文件夹「{home}」：{why}", codes.OUTPUT.mend)
    contents = {
        home / SETTINGS_FILE: settings_text(name, parent).encode("utf-8"),
        home / WORD: parent.word_template,
        # Notepad of older Windows knows UTF-8 by its mark, and lines by their two characters.
        home / GUIDE: guide(name, parent).replace("\n", "\r\n").encode("utf-8-sig"),
    }
    problem = write(contents)
    return (() if problem else tuple(contents)), problem


def settings_text(name: str, parent: Pack) -> str:
    """A pack.toml in which every setting stands, explained and commented out, with the value that is inherited."""
    inherited = {setting.key: setting.value for setting in shown(parent)}
    return "\n".join(_lines(name, parent, inherited)) + "\n"


def _lines(name: str, parent: Pack, inherited: dict[str, str]) -> Iterator[str]:
    yield f"# 模板包 {name} 的设置。行首有 # 的行不起作用；要改哪一项，删去那一行行首的 #，再改等号右边。"
    yield f"# 没有设置的，都照 {parent.name}。改好以后运行：gxgen pack check {name}"
    yield ""
    for key, value in (("name", name), ("title", name), ("extends", parent.name)):
        yield f"# {_about(_setting(key))}"
        yield f"{key} = {written(value)}"
    for setting in SETTINGS:
        if "." not in setting.key and setting.key not in OWN:
            yield ""
            yield from _explained(setting, setting.key, inherited.get(setting.key, ""))
    for group in GROUPS:
        yield from _group(group, inherited)


def _group(group: str, inherited: dict[str, str]) -> Iterator[str]:
    below = [setting for setting in SETTINGS if setting.key.partition(".")[0].removesuffix("[]") == group]
    deeper = [setting for setting in below if setting.key == "texts.overview.*"]
    yield ""
    yield f"# —— {ABOUT[group]} ——"
    # A row has to be whole, so that its header waits with it; the other headers may stand over nothing.
    yield {"rows": "# [[rows]]", "styles": f"[styles.{STYLE}]"}.get(group, f"[{group}]").replace(STYLE, f'"{STYLE}"')
    for setting in below:
        if setting not in deeper:
            key = setting.key.rpartition(".")[2].replace("*", ANY_KEY.get(group, ""))
            path = f"styles.{STYLE}.{key}" if group == "styles" else f"{group}.{key}"
            yield from _explained(setting, key, inherited.get(path, ""))
    for setting in deeper:
        yield f"# —— {ABOUT['texts.overview']} ——"
        yield "# [texts.overview]"
        yield from _explained(setting, ANY_KEY["texts.overview"], "")


def _explained(setting: Setting, key: str, inherited: str) -> Iterator[str]:
    default = "" if setting.default in (None, "") else written(setting.default)
    example = EXAMPLES.get(setting.key.removesuffix(".*"), "") or setting.shown
    yield f"# {_about(setting)}"
    yield f"#   写：{setting.check.wanted}"
    yield f"# {key} = {inherited or default or example}"


def _about(setting: Setting) -> str:
    return setting.about.replace("`", "")


def _setting(key: str) -> Setting:
    return next(setting for setting in SETTINGS if setting.key == key)
