"""The page that lies in a new pack: for somebody who knows Word and has never programmed."""

from __future__ import annotations

from gxgen.packs import Pack

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
    """How to go on with the new pack *name*."""
    return GUIDE.format(name=name, parent=parent.name, title=parent.title)
