"""Every code a finding can carry; ``docs/codes.md`` is made from this list."""

from __future__ import annotations

from gxgen.core.codes.copies import *  # noqa: F403  # all of them, and nothing else: its __all__
from gxgen.core.codes.departments import DEPARTMENT_UNUSABLE as DEPARTMENT_UNUSABLE
from gxgen.core.codes.departments import NO_DEPARTMENTS as NO_DEPARTMENTS
from gxgen.core.codes.departments import NOT_OF_THE_YEAR as NOT_OF_THE_YEAR
from gxgen.core.codes.departments import SUM_OF_DEPARTMENTS as SUM_OF_DEPARTMENTS
from gxgen.core.codes.form import FORM_OF_YEAR as FORM_OF_YEAR
from gxgen.core.codes.form import HEADINGS as HEADINGS
from gxgen.core.codes.form import PUBLISHED_EARLY as PUBLISHED_EARLY
from gxgen.core.codes.form import PUBLISHED_LATE as PUBLISHED_LATE
from gxgen.core.codes.new_year import *  # noqa: F403  # all of them, and nothing else: its __all__
from gxgen.core.codes.packs import DAMAGED_TRIAL as DAMAGED_TRIAL
from gxgen.core.codes.packs import PACK as PACK
from gxgen.core.codes.packs import PACK_SETTINGS as PACK_SETTINGS
from gxgen.core.codes.packs import TEMPLATE as TEMPLATE
from gxgen.core.codes.packs import TEMPLATE_TAG as TEMPLATE_TAG
from gxgen.core.codes.packs import TRIAL as TRIAL
from gxgen.core.codes.prose import BOTH_CIRCULARS
from gxgen.core.codes.prose import DAMAGED_TEXT as DAMAGED_TEXT
from gxgen.core.codes.prose import EMPTY_SECTION as EMPTY_SECTION
from gxgen.core.codes.prose import MISSING_TOPIC as MISSING_TOPIC
from gxgen.core.codes.prose import STRAY_MARK as STRAY_MARK
from gxgen.core.codes.prose import TEXT_DENIES as TEXT_DENIES
from gxgen.core.codes.prose import TEXT_FEE as TEXT_FEE
from gxgen.core.codes.prose import TEXT_NUMBER as TEXT_NUMBER
from gxgen.core.codes.prose import TEXT_PERCENTAGE as TEXT_PERCENTAGE
from gxgen.core.codes.prose import TEXT_SUM as TEXT_SUM
from gxgen.core.codes.prose import TEXT_YEAR as TEXT_YEAR
from gxgen.core.codes.prose import THIN_SECTION as THIN_SECTION
from gxgen.core.codes.published import *  # noqa: F403  # all of them, and nothing else: its __all__
from gxgen.core.codes.rollup import *  # noqa: F403  # all of them, and nothing else: its __all__
from gxgen.core.codes.runs import *  # noqa: F403  # all of them, and nothing else: its __all__
from gxgen.core.codes.sheets import *  # noqa: F403  # all of them, and nothing else: its __all__
from gxgen.core.codes.waivers import NOT_WAIVABLE as NOT_WAIVABLE
from gxgen.core.codes.waivers import UNUSED_WAIVER as UNUSED_WAIVER
from gxgen.core.codes.waivers import WAIVER as WAIVER
from gxgen.core.findings import Code, Severity

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
SPELLING = Code(
    "I106",
    Severity.INFO,
    "写法不规范，已照原意读入",
    "全角字符、中文引号、数字后面的“件”、多余的 0、从表格粘贴来的一行数字之类，意思只有一种，照原意读入，不影响报告。",
    "运行 gxgen check --fix 就地改好，或照提示改写。",
)
PASTED = Code(
    "W107",
    W,
    "粘贴的一行数字要核对",
    "粘贴来的数字由空格隔开，原表中空着的格子、数字里面的空格都看不出来；个数对得上，就按顺序读入了。空格子不当作 0。",
    "与原表逐格核对，再运行 gxgen check --fix 改成方括号里的一组数字。",
)
LEFT_TO_DO = Code(
    "W108",
    W,
    "还有标着「待核」「待改」的地方",
    "读入报告、接着上一年写的数据文件，用这样的注释标出没有读准的数字和要改的文字；没有读入的数字按 0 计。",
    "补上数字或改好文字，再删去这一行注释。",
)
SPELLINGS = (SPELLING, PASTED)
"""What says that something was read although it is not spelled as it should be."""

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
    source=BOTH_CIRCULARS,
)
BALANCE = Code(
    "E302",
    E,
    "勾稽关系不成立",
    "表三左上角：第一项加第二项之和，等于第三项加第四项之和（逐列核对）。",
    "核对该列的新收、结转和办理结果。",
    source=BOTH_CIRCULARS,
)

FEWER_ITEMS_THAN_NONE = Code(
    "E303",
    E,
    "项目数量减成了负数",
    "2019 版第二部分：「上一年项目数量」加「本年增/减」就是现有的项目数量，不会小于 0。",
    "核对「上一年项目数量」，和「本年增/减」的正负号。",
    source="国办公开办函〔2019〕60号",
)
MORE_ISSUED_THAN_IN_FORCE = Code(
    "W304",
    W,
    "制发的件数多于现行有效的件数",
    "2021 版第二部分：当年制发的文件，除当年又废止的以外，年底都现行有效；"
    "所以「本年制发件数」不会大于「现行有效件数」与「本年废止件数」之和。",
    "核对这一行的三个数字，看是不是填错了列。",
    source="国办公开办函〔2021〕30号",
)
MORE_DISCLOSED_THAN_EVER = Code(
    "W305",
    W,
    "新公开的数量多于公开的总数量",
    "2019 版第二部分：「对外公开总数量」包括「本年新公开数量」，不会比它小。",
    "核对这一行的数字，看是不是填错了列。",
    source="国办公开办函〔2019〕60号",
)
YUAN_FOR_TEN_THOUSAND = Code(
    "W306",
    W,
    "金额大得不像万元",
    "表上的单位是万元。区县、乡镇和各部门达到 100 亿元、其他机关达到 1000 亿元，而且最多两位小数的，"
    "多半是把元填进了万元的格子。",
    "如果填写的是元，除以 10000 再填；数字确实这样大，可以不改。",
    source="国办公开办函〔2021〕30号",
)
RULES_WITHOUT_POWER = Code(
    "W307",
    W,
    "没有规章制定权的机关填写了规章",
    "只有国务院部门，省、自治区、直辖市和设区的市、自治州的政府可以制定规章；"
    "区县、乡镇和部门制定的是行政规范性文件。从机关名称看不出来的，不作提示。",
    "如果是行政规范性文件，改填到那一行；规章一行写 0 或不写。",
    source="立法法第九十一条、第九十三条",
)

BROUGHT_FORWARD = Code(
    "W403",
    W,
    "上年结转与上一年的报告不一致",
    "第三部分：今年的「上年结转」就是上一年报告的「结转下年度继续办理」，逐列相同。",
    "对照两年的台账核对；确实是上一年的报告有误的，今年按实际填写，可以不改。",
    source="国办公开办函〔2019〕60号、〔2021〕30号",
)
IN_FORCE = Code(
    "W404",
    W,
    "现行有效件数与上一年的报告接不上",
    "2021 版第二部分：上一年的「现行有效件数」加本年制发、减本年废止，就是今年的「现行有效件数」。",
    "核对这一行的三个数字；有效期届满、清理、划转等原因造成的，可以不改。",
    source="国办公开办函〔2021〕30号",
)
ITEMS_OF_LAST_YEAR = Code(
    "W405",
    W,
    "上一年项目数量与上一年的报告接不上",
    "2019 版第二部分：上一年报告的「上一年项目数量」加「本年增/减」，就是今年的「上一年项目数量」。",
    "核对两年的数字，和「本年增/减」的正负号。",
    source="国办公开办函〔2019〕60号",
)
NOT_LAST_YEAR = Code(
    "W406",
    W,
    "不是上一年的数据文件",
    "--against 后面写的应是上一年的数据文件，否则没有可以核对的数字。",
    "改写 --against；或者不写：上一年的数据文件放在同一文件夹里，程序会自己找到。",
)

CODES: tuple[Code, ...] = tuple(
    sorted((value for value in list(globals().values()) if isinstance(value, Code)), key=lambda code: code.name[1:])
)


LOOK_ALIKES = str.maketrans({"O": "0", "L": "1"})

_BY_NAME = {code.name: code for code in CODES}


def named(name: str) -> Code | None:
    """The code of a name, if there is one."""
    return _BY_NAME.get(name)


def nearest(name: str) -> str:
    """The name of the code that is spelled most like *name*; empty if none is like it."""
    from difflib import get_close_matches

    # Letters that look like digits are those digits: nothing is nearer to E3O2 than E302.
    meant = name.upper().translate(LOOK_ALIKES)
    return next(iter(get_close_matches(meant, [code.name for code in CODES], n=1)), "")
