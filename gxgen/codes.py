"""Every code a finding can carry; ``docs/codes.md`` is made from this list."""

from __future__ import annotations

from gxgen.findings import Code, Severity

E, W = Severity.ERROR, Severity.WARNING

UNREADABLE = Code("E101", E, "文件读不出", "文件不存在、没有权限或过大。", "核对路径和权限后再运行。")
ENCODING = Code("E102", E, "编码无法识别", "数据文件须是 UTF-8 文本。", "用记事本打开，另存为时把编码选为 UTF-8。")
READ_AS_OTHER = Code(
    "W103",
    W,
    "不是 UTF-8 编码",
    "旧版记事本的 ANSI（GBK）和 Unicode（UTF-16）也能读入，但别的软件未必。",
    "另存为 UTF-8。",
)
SYNTAX = Code("E104", E, "TOML 写法有误", "符号须用半角，文字须放在英文双引号里。", "按提示改这一行。")
DUPLICATE = Code("E105", E, "重复填写", "同一项目在文件中只能写一次。", "合并或删去其中一处。")

YEAR = Code(
    "E201",
    E,
    "年份缺失或没有对应的版式",
    "版式由报告年度决定：国办公开办函〔2019〕60号、〔2021〕30号；2018 年及以前用另一套统计表（国办发〔2014〕32号）。",
    "在文件开头写 year = 报告年度。",
)
UNKNOWN_KEY = Code(
    "E202", E, "不认识的项目", "每个键都对应表格中的一格；写错的键不会被印出来，所以不放过。", "照提示改正键名。"
)
OTHER_LAYOUT = Code(
    "E203", E, "另一版式的项目", "2019—2020 年与 2021 年以后的表格项目不同。", "改用本年度版式的项目，或删去。"
)
WRONG_TYPE = Code("E204", E, "填写的内容类型不对", "件数是整数，正文是文字，日期写成 2024-01-12。", "照提示改写。")
NOT_A_COUNT = Code(
    "E205", E, "不是可能的数字", "件数须是不小于 0 的整数，金额不小于 0；只有「本年增/减」可为负。", "改为实际数字。"
)
ROW_LENGTH = Code(
    "E206", E, "一行数字的个数不对", "数组按表格从左到右的列序填写，可在末尾加上总计。", "补足或删去数字。"
)
AMOUNT = Code(
    "E207", E, "金额写法不对", "金额照填写的数字逐位印出；只有表上没有印单位的采购总金额可以自带单位。", "照提示改写。"
)
TEXT = Code(
    "E208", E, "文字中有不能印出的字符", "控制字符不能存入 Word 文档；机关名称和标题须在一行内。", "删去该字符。"
)
QUOTE = Code(
    "E209",
    E,
    "引用的数字不对",
    "正文可用 {{ requests.received.total }} 引用表中数字，名称须与数据文件的键一致。",
    "照提示改正。",
)

TYPED_TOTAL = Code(
    "E301",
    E,
    "填写的总计与算出的不符",
    "总计由 gxgen 按表格计算；手填的总计只用来核对。",
    "核对各分项，或改正、删去手填的总计。",
)
BALANCE = Code(
    "E302",
    E,
    "勾稽关系不成立",
    "表三左上角：第一项加第二项之和，等于第三项加第四项之和（逐列核对）。",
    "核对该列的新收、结转和办理结果。",
)

EMPTY_SECTION = Code(
    "W501", W, "正文缺少内容", "总体情况、存在的主要问题及改进情况应有文字（条例第五十条）。", "在 [narrative] 中补写。"
)

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

OUTPUT = Code(
    "E601",
    E,
    "写不出文件",
    "输出的文件夹须能写入，同名文件不能正被 Word 或 WPS 打开。",
    "关闭文件或换一个文件夹后再运行。",
)
SAME_OUTPUT = Code(
    "E602",
    E,
    "两份报告同名",
    "输出以报告标题命名，同一文件夹里标题相同的报告会互相覆盖。",
    "改正机关名称，或用 title 另定标题。",
)

CODES: tuple[Code, ...] = tuple(
    sorted((value for value in list(globals().values()) if isinstance(value, Code)), key=lambda code: code.name[1:])
)
