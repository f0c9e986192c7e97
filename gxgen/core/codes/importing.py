"""Codes of importing: published reports (61x, 62x), tables of many reports (64x), last year's report (65x)."""

from __future__ import annotations

from gxgen.core.codes.checks import BOTH_CIRCULARS
from gxgen.core.findings import Code, Finding, Severity

IMPORT_UNREADABLE = Code(
    "E610",
    "不是能读的报告文件",
    "能读 .docx、.xlsx、.pdf、网页、纯文本和 Markdown，有 LibreOffice 时还有 .doc、.wps、.xls 等；不能加密或损坏。",
    "用 Word 或 WPS 打开，另存为 .docx 再读。",
)
IMPORT_NO_REPORT = Code(
    "E611",
    "不像年度报告",
    "文件里找不到年度报告的标题、六个部分的标题和表格。",
    "核对文件；网页要保存「完整网页」，内容在另一页的，要保存那一页。",
)
IMPORT_YEAR = Code(
    "E612",
    "认不出报告年度",
    "年度从标题「某某年政府信息公开工作年度报告」中读出，版式由年度决定；标题互相矛盾的不去猜。",
    "在文件的标题里写明年度，再读一次。",
    source=BOTH_CIRCULARS,
    supervisor_remedy="报告标题应写明机关名称和年度，请报告机关更正",
)
IMPORT_LAYOUT = Code(
    "W613",
    "表格是另一版式的",
    "2019、2020 年与 2021 年以后的表格不同；只读两版都有、名称相同的项目。",
    "核对标题里的年份；年份没错的，没有读入的数字照报告补填。",
    source=BOTH_CIRCULARS,
    supervisor_remedy="核对标题里的年度，以及是不是用错了年度的表格",
)
IMPORT_CELL = Code(
    "W614",
    "格子里不是一个明确的数字",
    "空格、横线、斜线和带说明的数字可以有几种意思，程序不去猜；发布的报告里空格不等于 0。",
    "看原报告，在数据文件里补上数字；确实没有的，不用写。",
    supervisor_remedy="表格里没有的应填 0；请报告机关把这一格写成一个数字",
)
IMPORT_ROW = Code(
    "W615",
    "一行数字读不准",
    "格数对不上、有空格或者被合并的行，数字可能错了位；按总计和勾稽关系只有一种读法的才读，只是总计印错的照印的读。",
    "看原报告，在数据文件里补上这一行。",
    supervisor_remedy="对照原报告人工核对；确有错位、漏填或者加错的，请报告机关更正",
)
IMPORT_LABEL = Code(
    "W616",
    "认不出的项目名称",
    "数字按行和列的名称认定，不按位置；名称不是表上的，数字不读。",
    "看原报告；是表上的项目而名称有误的，在数据文件里补上。",
    supervisor_remedy="对照原报告人工核对；项目名称应与规定的表格一致",
)
IMPORT_MISSING = Code(
    "W617",
    "报告里没有读到这些项目",
    "表格缺少、断开，或者项目的名称不完整。",
    "看原报告，在数据文件里补上。",
    supervisor_remedy="对照原报告人工核对；报告里确实没有的，请报告机关补上",
)
IMPORT_HEADING = Code(
    "W618",
    "找不到一个部分的标题",
    "六个部分按标题认定；标题不完整的，文字会归到前一部分。",
    "在数据文件里把这一部分的文字移到自己的位置。",
    supervisor_remedy="六个部分的标题应与规定的一致；请报告机关更正标题",
)
IMPORT_EXTRA = Code(
    "I619",
    "表格里外多出的文字",
    "不属于报告正文和表格的文字（页码、网页导航、表中的说明行）没有读入。",
    "看一眼有没有要保留的；没有就不用管。",
)
IMPORT_EXISTS = Code(
    "E620",
    "数据文件已经存在",
    "读入的数据文件不会盖掉已有的文件。",
    "用 -o 写到别的文件夹，或者加 --force 覆盖。",
)
IMPORT_YEAR_OF_PERIOD = Code(
    "W621",
    "标题里没有年度",
    "标题没有抄下来或者没有写年度的，报告自己写明统计期限（某年1月1日至12月31日）的，年度按它读。",
    "核对数据文件里的年度和机关名称。",
    source=BOTH_CIRCULARS,
    supervisor_remedy="报告标题应写明机关名称和年度；请报告机关更正",
)
SHEET_HEADER = Code(
    "E640",
    "认不出表头",
    "多个机关的数字表，一行一个机关：要有「机关」一列，各列的名称与表上的行、列名称完全一致，或者有一行地址。",
    "用 gxgen export --empty 2023 -o 收数表.xlsx 做一张空表，把数字填进去。",
)
SHEET_ROW = Code(
    "E641",
    "数字表的一行没有读入",
    "每一行要说得出是哪个机关、哪一年的；同一机关同一年度有两行的，哪一行对程序不去猜。",
    "在表里改好这一行，再读一次；没有年度一列的，用 --year 写明年度。",
)
SHEET_BLANK = Code(
    "W642",
    "数字表里有空格",
    "空格可能是没有，也可能是漏填，程序不去猜：空格没有读入。",
    "补填；空格都表示没有的，加 --blank-is-zero 再读一次。",
)
SHEET_SPELLING = Code(
    "I643",
    "数字表里的数字写法不规范，已读入",
    "全角数字、带「件」的数字等等，意思只有一种，照读。",
    "看一眼读得对不对；对就不用管。",
)
SHEET_FORMS = Code(
    "E644",
    "两种表格不能导出到一个 CSV 文件",
    "2019、2020 年与 2021 年以后的表格不同，模板包也可以加行；一个 CSV 文件只能有一种表头。",
    "导出到 .xlsx（一种表格一张工作表）或 .json，或者分开导出。",
    source=BOTH_CIRCULARS,
)
SHEET_PARTIAL = Code(
    "W645",
    "数字表里没有这些项目",
    "表里没有的列，数字没有读入：新写的数据文件里按 0 计，已有的数据文件里的不动。",
    "表里补上这些列，或者在数据文件里补填；确实都没有的，不用管。",
)
NOT_THE_YEAR_BEFORE = Code(
    "E650",
    "不是上一年的报告",
    "新一年的数据文件只接着上一年的报告写：上年结转等数字只由上一年的报告决定。",
    "改写 --from 或年份；没有上一年的报告，就不写 --from。",
)
CARRY_LEFT_OUT = Code(
    "W651",
    "上一年的数字没有带过来",
    "没有读准的、合计对不上的数字，和减成负数的项目，带过来可能就是错的，所以没有带。",
    "查清上一年的数字，在新的数据文件里「待核」的地方补上。",
    source=BOTH_CIRCULARS,
)
CARRY_DROPPED = Code(
    "I652",
    "上一年的内容没有带过来",
    "公布日期和豁免只属于上一年的报告；两年表格不同的，只带两版都有、名称相同的项目。",
    "今年也要写的，在新的数据文件里另写。",
    source=BOTH_CIRCULARS,
)
CARRY_TO_REVISE = Code(
    "I653",
    "上一年的文字要改",
    "正文照上一年的带过来了；写着年份和数字的地方，多半要改成今年的。",
    "逐处改写新的数据文件里标着「待改」的文字，改好一处删去一处注释。",
)
MISPRINTED_LABEL = Code(
    "W622",
    "项目印得与规定的不一样",
    "名称与规定的只差一处、按前后各行各列只能是这一项的，照规定的名称读入；"
    "一组项目只印了一行、又都是 0 的，各项都读作 0。",
    "数字已经读入，不用补填；报告里的项目请机关改正。",
    source=BOTH_CIRCULARS,
    supervisor_remedy="数字已经读出并核对；请报告机关改正项目的名称",
)

RECOGNISED_TEXT = Code(
    "W623",
    "文字是识别出来的",
    "扫描件和图片里没有文字，读到的是文字识别的结果；数字与总计、勾稽关系都相符的才读入。",
    "对照原件核对机关名称和正文；没有读入的数字看着原件补填。",
    supervisor_remedy="文字是识别出来的，引用前请与原件核对",
)

IMPORT_TEXT = Code(
    "W624",
    "正文里有字没有读入",
    "划去的、上标或下标的字不作正文读入；正文里的其他表格、没有读入的字和编码已损坏的字也逐处列出。",
    "对照原件，要保留的自己补到数据文件里。",
    supervisor_remedy="这些字没有核对；引用正文前请看原件",
)


def is_unread(finding: Finding) -> bool:
    """Whether a finding means that a part of a report was not read, and so not checked."""
    unread = (IMPORT_CELL, IMPORT_ROW, IMPORT_LABEL, IMPORT_MISSING, IMPORT_HEADING, IMPORT_TEXT)
    return finding.code in unread and finding.severity is not Severity.INFO and not finding.waiver
