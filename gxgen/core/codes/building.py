"""Codes of building: packs and templates (4xx), output files and runs over many reports (60x)."""

from __future__ import annotations

from gxgen.core.findings import Code

PACK = Code(
    "E401", "找不到模板包", "pack 是模板包文件夹的名字，不写则用 national。", "改正 pack，或把模板包放到指定位置。"
)
TEMPLATE = Code(
    "E402",
    "Word 模板不能用",
    "模板须是 .docx，保留规定的占位标记和样式。",
    "用 Word 或 WPS 改正模板，或换回原来的模板。",
)
PACK_SETTINGS = Code(
    "E407",
    "模板包的设置不对",
    "模板包的 pack.toml 只能写规定的设置；表上规定的行和标题不能删去，也不能改名。可写的设置见 docs/pack-settings.md。",
    "照提示改正 pack.toml，或请维护模板包的人改正。",
)
TEMPLATE_TAG = Code(
    "E408",
    "模板里的标记不对",
    "标记是模板里双括号的部分，生成报告时换成文字和数字；名称写错、括号不成对、循环没有结尾，报告就生成不了。",
    "照提示改正模板中的这一处；可以用的名称见使用说明。",
)
TRIAL = Code(
    "E409",
    "试填的报告不对",
    "gxgen pack check 用模板包试填几份报告，再把填出来的文件读回来，与报告逐项核对："
    "规定的标题、正文和每一个数都要印出，数字要印在自己的行和列，各种格式要一致。",
    "照提示改正模板；不知道怎么改的，换回所继承的模板包的那一部分。",
)
DAMAGED_TRIAL = Code(
    "E410",
    "试填的 Word 文档结构有错",
    "结构不合 Open XML 规范的 .docx，Word 可能要修复才能打开，也可能打不开。由 openxml-audit 检查。",
    "用 Word 打开模板，另存为 .docx，再检查一次。",
)
OUTPUT = Code(
    "E601",
    "写不出文件",
    "输出的文件夹须能写入，同名文件不能正被 Word 或 WPS 打开。",
    "关闭文件或换一个文件夹后再运行。",
)
SAME_OUTPUT = Code(
    "E602",
    "两份报告同名",
    "输出以报告标题命名，同一文件夹里标题相同的报告会互相覆盖。",
    "改正机关名称，或用 title 另定标题。",
)
WORKER_DIED = Code(
    "E603",
    "制作中途进程被终止",
    "制作这份报告的进程被系统终止了两次，多半是内存不足；别的报告不受影响。",
    "关闭别的程序，或用 -j 1 再运行一次；没有改动的报告不会重做。",
)
CHANGED = Code(
    "E604",
    "运行当中数据文件被改动",
    "报告的标题与开始时读到的不同；按新标题写出可能盖掉别的报告，所以没有写。",
    "保存好数据文件，再运行一次。",
)
INTERNAL = Code(
    "E605",
    "程序自己出错",
    "gxgen 没有料到的情况，不是数据文件的错；别的报告不受影响。",
    "请把这条信息和数据文件发给 gxgen 的维护者。",
)
