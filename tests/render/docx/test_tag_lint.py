"""Every fault of a template's tags is told at once, where Word shows it, with what was probably meant."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as WordDocument

from gxgen.model import Report
from gxgen.render.docx.tag_lint import template_faults
from gxgen.render.templating.tag_lint import KnownNames, source_faults
from gxgen.spec import layouts
from tests.render.docx.docxtpl_cases import BUILT, PARAGRAPHS, TABLES, cases
from tests.render.made import document_of

DOCUMENTS = tuple(document_of(Report(year=layout.first_year, layout=layout)) for layout in layouts())
OWN = ("wording.opening", "wording.hostile", "wording.lines", "wording.tabs", "wording.pages", "wording.colour")
KNOWN = KnownNames.of(DOCUMENTS, *OWN)
Break = Callable[[WordDocument], None]


def paragraph(*texts: str) -> Break:
    """Paragraphs at the end."""

    def add(document: WordDocument) -> None:
        for text in texts:
            document.add_paragraph(text)

    return add


def cells(*rows: tuple[str, ...]) -> Break:
    """A table after two others."""

    def add(document: WordDocument) -> None:
        for _ in range(2):
            document.add_table(1, 1)
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    return add


def split(*pieces: str) -> Break:
    """A paragraph of several runs."""

    def add(document: WordDocument) -> None:
        line = document.add_paragraph()
        for piece in pieces:
            line.add_run(piece)

    return add


def footer(text: str) -> Break:
    """A footer."""

    def add(document: WordDocument) -> None:
        document.sections[0].footer.paragraphs[0].text = text

    return add


def header(text: str) -> Break:
    """A header."""

    def add(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = text

    return add


SLIP = "requests.recieved.total"
ACROSS = (
    "从一个单元格到另一个单元格：开头在这里，结尾却在第 3 个表格第 1 行第 2 格，"
    "按行重复用 {%tr for … %}，按格重复用 {%tc for … %}，开头和结尾各占一行或一格"
)
OF_2021 = (
    "「disclosure.rules.issued」只在 2021 年的表式里有，2019 年的没有，"
    "放在 {% if layout == '2021' %} 里，或分成两个模板包"
)
NO_END = "没有结尾，缺 {0}，在要重复或有条件的内容之后加 {0}"
UNFINISHED = "与开头不配对：前面的 {% if year %}（第 8 段）还没有结尾，在这个标记之前补上 {% endif %}"
NO_INCLUDE = "模板不能用 include，一个模板就是一个文件；要沿用别的模板包，在 pack.toml 里写 extends"
NO_TAG = "括号是全角的，或者中间有空格，不会当作标记，改成半角的 {{ }}、{% %}，括号之间不空格"
BROKEN: dict[str, tuple[Break, list[str]]] = {
    "a slip in a figure's address": (
        cells(("甲", "乙", "丙", "丁"), ("", "", "", f"{{{{ {SLIP} }}}}")),
        [
            f"第 3 个表格第 2 行第 4 格：{{{{ {SLIP} }}}}：没有「{SLIP}」这个名称，是否想写 received？",
        ],
    ),
    "a slip in a name": (
        paragraph("{{ agancy }}"),
        ["第 8 段：{{ agancy }}：没有「agancy」这个名称，是否想写 agency？"],
    ),
    "a slip in a section's part": (
        paragraph("{%p for s in sections %}", "{{p s.headding }}", "{%p endfor %}"),
        ["第 9 段：{{p s.headding }}：没有「headding」这个名称，是否想写 heading？"],
    ),
    "a Chinese name": (
        paragraph("{{ 机关 }}"),
        ["第 8 段：{{ 机关 }}：没有「机关」这个名称，可用的名称见 docs/packs.md"],
    ),
    "Chinese quotation marks": (
        paragraph("{% if agency == “甲” %}甲{% endif %}"),
        [
            "第 8 段：{% if agency == “甲” %}：有中文引号「“」，改成英文的 ' 或 \"",
        ],
    ),
    "a loop that is never closed": (
        paragraph("{%p for s in sections %}", "{{ s.key }}"),
        [
            f"第 8 段：{{%p for s in sections %}}：{NO_END.format('{%p endfor %}')}，单独占一段",
        ],
    ),
    "a loop over rows that is never closed": (
        cells(("{%tr for s in sections %}", "")),
        [
            f"第 3 个表格第 1 行第 1 格：{{%tr for s in sections %}}：{NO_END.format('{%tr endfor %}')}，单独占一行",
        ],
    ),
    "an end without a beginning": (
        paragraph("{%p endfor %}"),
        ["第 8 段：{%p endfor %}：多了一个结尾，前面没有与它配对的 {% for %}，删去这个标记，或补上开头"],
    ),
    "the wrong end": (
        paragraph("{% if year %}甲{% endfor %}{% endif %}"),
        [
            f"第 8 段：{{% endfor %}}：{UNFINISHED}",
        ],
    ),
    "else without if": (
        paragraph("{% else %}"),
        ["第 8 段：{% else %}：else 不在 {% if %} 之中，补上 {% if … %}，或删去这个标记"],
    ),
    "a loop across cells": (
        cells(("{% for s in sections %}{{ s.key }}", "{% endfor %}")),
        [
            f"第 3 个表格第 1 行第 1 格：{{% for s in sections %}}：{ACROSS}",
        ],
    ),
    "a figure of the other form": (
        paragraph("{{ disclosure.rules.issued }}"),
        [
            f"第 8 段：{{{{ disclosure.rules.issued }}}}：{OF_2021}",
        ],
    ),
    "half a tag": (
        paragraph("由 {{ agency 编制"),
        ["第 8 段：{{ agency 编制：标记没有写完整，缺右边的括号，一个标记写在同一段里，左右括号成对"],
    ),
    "the other half": (
        paragraph("由 agency }} 编制"),
        ["第 8 段：由 agency }}：标记没有写完整，缺左边的括号，一个标记写在同一段里，左右括号成对"],
    ),
    "full-width braces": (
        paragraph("由｛｛ agency ｝｝编制，{ { year } }年{％ if year ％}"),
        [f"第 8 段：{tag}：{NO_TAG}" for tag in ("｛｛ agency ｝｝", "{ { year } }", "{％ if year ％}")],
    ),
    "words beside a tag for the whole paragraph": (
        paragraph("{%p if year %}甲", "{%p endif %}", "名称：{{p title }}"),
        [
            "第 8 段：{%p if year %}：代表整段，同一段里的「甲」会丢掉，标记单独占一段，别的内容放在另一段",
            "第 10 段：{{p title }}：代表整段，同一段里的「名称：」会丢掉，标记单独占一段，别的内容放在另一段",
        ],
    ),
    "words in the row of a tag for the whole row": (
        cells(("{%tr for s in sections %}", "甲"), ("{{ s.key }}", ""), ("{%tr endfor %}", "")),
        [
            (
                "第 3 个表格第 1 行第 1 格：{%tr for s in sections %}：代表整行，同一行里的「甲」会丢掉，"
                "标记单独占一行，别的内容放在另一行"
            )
        ],
    ),
    "words in the cell of a tag for the whole cell": (
        cells(("{%tc if year %}甲", "乙", "{%tc endif %}")),
        [
            (
                "第 3 个表格第 1 行第 1 格：{%tc if year %}：代表整格，同一格里的「甲」会丢掉，"
                "标记单独占一格，别的内容放在另一格"
            )
        ],
    ),
    "no operator": (
        paragraph("{{ agency year }}"),
        ["第 8 段：{{ agency year }}：写得不对，少了运算符或括号，多出「year」"],
    ),
    "an unknown filter": (
        paragraph("{{ agency|大写 }}"),
        ["第 8 段：{{ agency|大写 }}：写得不对，没有「大写」这个过滤器"],
    ),
    "an unknown statement": (
        paragraph("{% 循环 %}"),
        ["第 8 段：{% 循环 %}：写得不对，没有「循环」这种标记"],
    ),
    "something from elsewhere": (
        paragraph("{% include 'a.docx' %}"),
        [
            f"第 8 段：{{% include 'a.docx' %}}：{NO_INCLUDE}",
        ],
    ),
    "a tag that Word has split": (
        split("{", "{ age", "ncyy", " }", "}"),
        ["第 8 段：{{ agencyy }}：没有「agencyy」这个名称，是否想写 agency？"],
    ),
    "a header": (
        header("{{ titel }}"),
        ["页眉第 1 段：{{ titel }}：没有「titel」这个名称，是否想写 title？"],
    ),
    "a footer": (
        footer("{{ yaer }}"),
        ["页脚第 1 段：{{ yaer }}：没有「yaer」这个名称，是否想写 year？"],
    ),
    "the pack's own wording": (
        paragraph("{{ wording.openning }}"),
        ["第 8 段：{{ wording.openning }}：没有「wording.openning」这个名称，是否想写 opening？"],
    ),
    "colspan": (
        cells(("{% colspan year + yaer %}甲", "乙")),
        ["第 3 个表格第 1 行第 1 格：{% colspan year + yaer %}：没有「yaer」这个名称，是否想写 year？"],
    ),
    "several at once": (
        paragraph("{{ agancy }}{{ yaer }}", "{{ titel }}"),
        [
            "第 8 段：{{ agancy }}：没有「agancy」这个名称，是否想写 agency？",
            "第 8 段：{{ yaer }}：没有「yaer」这个名称，是否想写 year？",
            "第 9 段：{{ titel }}：没有「titel」这个名称，是否想写 title？",
        ],
    ),
}
"""Templates broken in one way each, and every line that is told of them."""


def broken(raw: bytes, change: Break) -> bytes:
    """The template with something wrong in it."""
    document = docx.Document(io.BytesIO(raw))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(("change", "told"), BROKEN.values(), ids=BROKEN.keys())
def test_a_fault_is_named_at_its_place(national_template: bytes, change: Break, told: list[str]) -> None:
    """Exactly the faults that are there are told, as a person finds them in Word."""
    assert list(map(str, template_faults(broken(national_template, change), KNOWN))) == told


NAMED_ON_PURPOSE = {"filters", "undefined with a default"}
"""Cases that ask for a name that is not there, and say what to do without it."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        *(name for name in PARAGRAPHS if name not in NAMED_ON_PURPOSE),
        *(f"table: {name}" for name in TABLES),
        *(f"built: {name}" for name in BUILT),
    ],
)
def test_what_docxtpl_renders_has_no_fault(national_template: bytes, name: str) -> None:
    """Of the templates that are rendered without fault, only quotation marks and one form's figures are told."""
    of_one_form = KnownNames.of(DOCUMENTS[-1:], *OWN)
    faults = template_faults(cases(national_template)[name], of_one_form)
    assert [str(fault) for fault in faults if "中文引号" not in fault.message] == []


def test_a_figure_of_one_form_may_stand_in_a_condition(national_template: bytes) -> None:
    """A template for both forms asks which one it is."""
    change = paragraph("{% if layout == '2021' %}{{ disclosure.rules.issued }}{% endif %}")
    assert template_faults(broken(national_template, change), KNOWN) == ()


def test_a_text_template_is_told_of_by_line_and_column() -> None:
    """Lines and columns are counted from 1, as editors do."""
    source = "{{ title }}\n甲{{ titel }}\n{% for s in sections %}\n{{ s.txt }} {{ “a” }}\n{{ agency\n"
    assert list(map(str, source_faults(source, KNOWN))) == [
        "第 5 行第 1 列：{{ agency：标记没有写完整，缺右边的括号，补上 }} 或 %}",
        "第 2 行第 2 列：{{ titel }}：没有「titel」这个名称，是否想写 title？",
        "第 4 行第 1 列：{{ s.txt }}：没有「txt」这个名称，是否想写 text？",
        "第 4 行第 13 列：{{ “a” }}：有中文引号「“」，改成英文的 ' 或 \"",
        "第 3 行第 1 列：{% for s in sections %}：没有结尾，缺 {% endfor %}，在要重复或有条件的内容之后加 {% endfor %}",
    ]
