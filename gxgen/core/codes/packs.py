"""The codes of findings about template packs: their settings, their tags, and the reports that they make."""

from __future__ import annotations

from gxgen.core.findings import Code, Severity

E = Severity.ERROR

PACK = Code(
    "E401", E, "找不到模板包", "pack 是模板包文件夹的名字，不写则用 national。", "改正 pack，或把模板包放到指定位置。"
)
TEMPLATE = Code(
    "E402",
    E,
    "Word 模板不能用",
    "模板须是 .docx，保留规定的占位标记和样式。",
    "用 Word 或 WPS 改正模板，或换回原来的模板。",
)

PACK_SETTINGS = Code(
    "E407",
    E,
    "模板包的设置不对",
    "模板包的 pack.toml 只能写规定的设置；表上规定的行和标题不能删去，也不能改名。可写的设置见 docs/pack-settings.md。",
    "照提示改正 pack.toml，或请维护模板包的人改正。",
)

TEMPLATE_TAG = Code(
    "E408",
    E,
    "模板里的标记不对",
    "标记是模板里双括号的部分，生成报告时换成文字和数字；名称写错、括号不成对、循环没有结尾，报告就生成不了。",
    "照提示改正模板中的这一处；可以用的名称见使用说明。",
)
TRIAL = Code(
    "E409",
    E,
    "试填的报告不对",
    "gxgen pack check 用模板包试填几份报告，再把填出来的文件读回来，与报告逐项核对："
    "规定的标题、正文和每一个数都要印出，数字要印在自己的行和列，各种格式要一致。",
    "照提示改正模板；不知道怎么改的，换回所继承的模板包的那一部分。",
)
DAMAGED_TRIAL = Code(
    "E410",
    E,
    "试填的 Word 文档结构有错",
    "结构不合 Open XML 规范的 .docx，Word 可能要修复才能打开，也可能打不开。由 openxml-audit 检查。",
    "用 Word 打开模板，另存为 .docx，再检查一次。",
)
