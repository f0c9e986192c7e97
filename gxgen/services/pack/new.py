"""Create a pack: a folder with a Word template, every setting explained, and a guide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gxgen.core import codes
from gxgen.core.errors import reason
from gxgen.core.findings import Finding
from gxgen.engine.outputs import write
from gxgen.packs import ROOT, SETTINGS_FILE, Pack
from gxgen.packs.inheritance import WORD
from gxgen.packs.settings import GROUPS, SETTINGS, Setting, is_pack_name
from gxgen.services.pack.lookup import settings_in_force, toml_literal

GUIDE = """\
模板包「{name}」使用说明

这个文件夹是一个模板包，决定年报的版式和措辞。它继承「{parent}」（{title}）：没有改的，都照它。

一、文件夹里有什么
  report.docx   Word 模板。用 Word 或 WPS 打开，改字体、字号、行距、页边距、页眉页脚都可以。
  pack.toml     设置。用记事本打开，每一项都有说明；删去行首的 # 就起作用。存成 UTF-8 编码。
  使用说明.txt  这一页。不要了可以删去。

二、改 Word 模板
  1. 文件里 {{{{ … }}}} 和 {{% … %}} 是标记，生成报告时换成标题、正文、表格和数字。
     标记可以移动，可以改字体字号；不要改标记里面的字，括号和引号用半角（英文）的。
  2. 标记两边可以加文字，例如联系电话、附注；可以插入图片（用「插入—图片」，不要用链接）。
  3. 改样式最省事：「报告正文」是正文，「标题 1」是各部分的标题，「标题 2」是（一）（二），
     「表格…」三个样式管第二部分的表，「密表…」三个样式管第三、四部分的表。不要删去或改名。
  4. 一个部分放在哪里，就把它的标记单独写成一段，例如：
       {{{{p requests }}}}            第三部分的标题、文字和表格
       {{{{p requests.table }}}}      只要第三部分的表格
  5. 引用一个数，写它的地址，例如：
       全年收到申请 {{{{ requests.received.total }}}} 件。
     地址就是数据文件里的键，一段一段用点连起来；docs/data-file.md 里有全部地址。
  6. 也可以自己画表，在每一格里写一个地址；表上规定的数一个也不能少，名称不能改。
  7. 保存为 .docx。不要存成 .doc 或启用宏的 .docm。

三、改完必须检查
  在放着 templates 文件夹的那个文件夹里打开命令行，输入：
       gxgen pack check {name}
  它指出标记写错的段落和格子，再试填几份报告，逐个核对数字。没有问题才给各单位用。

四、使用
  在数据文件里写一行：
       pack = "{name}"
  或者生成时加上 --pack {name}。
  给别的电脑用：把整个文件夹复制过去，放在数据文件旁边的 templates 文件夹里。
"""


def guide(name: str, parent: Pack) -> str:
    """Return the guide of a new pack."""
    return GUIDE.format(name=name, parent=parent.name, title=parent.title)


GUIDE_NAME = "使用说明.txt"
DEFAULT_PARENT = ROOT
OWN = ("name", "title", "extends")
STYLE = "报告正文"
"""The style in the examples of settings."""
ANY_KEY = {
    "headings": "problems",
    "texts": "preamble",
    "texts.overview": "active",
    "severity": "W501",
    "wording": "greeting",
    "values": "telephone",
}
"""An example of a key for each table with keys of the keeper's choice."""
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
    """Return why no new pack can have that name; empty if one can."""
    if not is_pack_name(name):
        return f"模板包的名字「{name}」不对：只用字母、数字、汉字、下划线和连字符"
    if name == ROOT:
        return f"{ROOT} 是随程序提供的模板包，所有模板包都继承它；另起一个名字"
    return ""


def create(name: str, parent: Pack, folder: Path) -> tuple[tuple[Path, ...], Finding | None]:
    """Write a new pack without overwriting anything.

    Args:
        name: its name.
        parent: the pack that it extends.
        folder: the folder of packs.

    Returns:
        The files, and the finding if they could not be written.
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
        return (), Finding(codes.OUTPUT, "", f"建不了文件夹「{home}」：{why}", codes.OUTPUT.remedy)
    contents = {
        home / SETTINGS_FILE: settings_text(name, parent).encode("utf-8"),
        home / WORD: parent.word_template,
        # Notepad of older Windows knows UTF-8 by its mark, and lines by their two characters.
        home / GUIDE_NAME: guide(name, parent).replace("\n", "\r\n").encode("utf-8-sig"),
    }
    problem = write(contents)
    return (() if problem else tuple(contents)), problem


def settings_text(name: str, parent: Pack) -> str:
    """Return a pack.toml with every setting explained and commented out, with its inherited value."""
    inherited = {setting.key: setting.value for setting in settings_in_force(parent)}
    return "\n".join(_setting_lines(name, parent, inherited)) + "\n"


def _setting_lines(name: str, parent: Pack, inherited: dict[str, str]) -> Iterator[str]:
    yield f"# 模板包 {name} 的设置。行首有 # 的行不起作用；要改哪一项，删去那一行行首的 #，再改等号右边。"
    yield f"# 没有设置的，都照 {parent.name}。改好以后运行：gxgen pack check {name}"
    yield ""
    for key, value in (("name", name), ("title", name), ("extends", parent.name)):
        yield f"# {_explanation(_setting(key))}"
        yield f"{key} = {toml_literal(value)}"
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
    default = "" if setting.default in (None, "") else toml_literal(setting.default)
    example = EXAMPLES.get(setting.key.removesuffix(".*"), "") or setting.shown
    yield f"# {_explanation(setting)}"
    yield f"#   写：{setting.constraint.description}"
    yield f"# {key} = {inherited or default or example}"


def _explanation(setting: Setting) -> str:
    return setting.explanation.replace("`", "")


def _setting(key: str) -> Setting:
    return next(setting for setting in SETTINGS if setting.key == key)
