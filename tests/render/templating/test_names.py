"""The names that templates may use, in every format: what they print, what they compare as, what counts as placed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from hypothesis import given, settings

from gxgen.compute import complete
from gxgen.core.errors import TemplateError
from gxgen.model import Money, Report, printed
from gxgen.render.docx import DocxRenderer, prepare
from gxgen.render.templating.names import GENERAL, OF_A_SECTION, names_of, value_of
from gxgen.render.text import TextRenderer
from gxgen.spec import address_book, layouts
from gxgen.view import SectionView
from tests.render.docx.docxtpl_cases import with_body
from tests.render.docx.packages import DOCUMENT, replacing, root_of, text_of, with_part
from tests.render.docx.test_part_program import PlainElementRenderer
from tests.render.made import document_of
from tests.strategies import reports

REPORT = Report(
    year=2023,
    layout=layouts()[-1],
    agency="某县局",
    narrative={"preamble": "开头。", "overview": "总体。", "problems": "（一）问题\n一。\n二。"},
    figures={
        "requests.received.individual": 3,
        "requests.received.business": 4,
        "disclosure.fees.amount": Decimal("7730.280"),
    },
)
WHOLE = """{{ title }}
{% if preamble %}

{{ preamble }}
{% endif %}
{% for section in sections %}

{{ section }}
{% endfor %}
"""


def filled(source: str, report: Report = REPORT) -> str:
    """What a text template that has the whole report in it makes of *source* besides."""
    made = TextRenderer(f"{source}\n--\n{WHOLE}", wording={"opening": "甲"}, values={"n": 5}).render(
        document_of(report)
    )
    return made.decode().partition("--\n")[0].rstrip("\n")


@settings(max_examples=60)
@given(report=reports())
def test_every_address_prints_what_the_table_prints(report: Report) -> None:
    """By its address, each figure and total prints as in its cell, and is the same number."""
    document, completed = document_of(report), complete(report)
    names = names_of(document, PlainElementRenderer())
    for section in document.sections:
        for address, text in zip(section.addresses, section.grid.figures if section.grid else (), strict=True):
            value = value_of(tuple(address.split(".")), names)
            figure = completed.figure(address)
            assert str(value) == text == printed(figure)
            assert value == (figure.yuan if isinstance(figure, Money) else figure)


@settings(max_examples=40)
@given(report=reports())
def test_a_template_that_places_everything_makes_the_report(report: Report) -> None:
    """Title, opening and whole sections in their order are what gxgen makes without a template."""
    document = document_of(report)
    assert TextRenderer(WHOLE).render(document) == TextRenderer().render(document)


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_no_address_is_hidden_by_a_name(layout: object) -> None:
    """No key of a form means something else below a section or at the top."""
    found = next(each for each in layouts() if each is layout)
    first = {address.split(".")[0] for address in address_book(found).entries}
    below = {address.split(".")[1] for address in address_book(found).entries}
    assert first.isdisjoint(GENERAL)
    assert below.isdisjoint(OF_A_SECTION)


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ agency }}{{ year }}", "某县局2023"),
        ("{{ period }}", "2023年1月1日至2023年12月31日"),
        ("{{ layout }}", "2021"),
        ("{{ published }}", ""),
        ("{{ wording.opening }}{{ values.n + 1 }}", "甲6"),
        ("{{ requests.received.total }}", "7"),
        ("{{ disclosure.fees.amount }}", "7730.280"),
        ("{{ disclosure.fees.amount > 7730 }}", "True"),
        ("{{ disclosure.fees.amount * 2 }}", "15460.560"),
        ("{{ requests.received.total / 2 }}", "3.5"),
        ("{% if requests.received.total > requests.brought_forward.total %}多{% endif %}", "多"),
        ("{{ '%d 件'|format(requests.received.total) }}", "7 件"),
        ("{{ requests.received.total ~ '件' }}", "7件"),
        ("{{ sections|length }}{{ sections[2].key }}", "6requests"),
        ("{{ problems.heading }}", "五、存在的主要问题及改进情况"),
        (
            "{% for p in problems.paragraphs %}{{ p.is_head }}{{ p.text }}{% endfor %}",
            "True（一）问题False一。False二。",
        ),
        ("{% if other.table %}有{% else %}无{% endif %}", "无"),
        ("{{ reconsideration.upheld }}", "0"),
        ("{{ requests['received']['total'] }}", "7"),
    ],
)
def test_what_names_print(source: str, printed: str) -> None:
    """Names print as the report prints them, and reckon as numbers."""
    assert filled(source) == printed


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("{{ requests.received }}", "individual"),
        ("{{ requests.recieved.total }}", "requests.recieved"),
        ("{{ disclosure.rules.created }}", "disclosure.rules.created"),
        ("{{ wording.closing }}", "closing"),
        ("{{ requests.table ~ '' }}", "一行文字"),
        ("{{ sections }}", "列表"),
        ("{{ requests.received.total.real }}", "real"),
    ],
)
def test_what_names_refuse(source: str, word: str) -> None:
    """A branch is no figure, a slip is named, a table is no word."""
    with pytest.raises(TemplateError) as refused:
        filled(source)
    assert word in f"{refused.value.message}{refused.value.hint}"


class CountingInk(PlainElementRenderer):
    """Counts how many tables are drawn."""

    def __init__(self) -> None:
        self.as_markup: list[str] = []

    def table(self, section: SectionView) -> str:
        """Draw a table."""
        self.as_markup.append(section.key)
        return super().table(section)


def test_only_what_is_used_is_drawn() -> None:
    """A template that asks for one table draws one, once."""
    renderer = CountingInk()
    names = names_of(document_of(REPORT), renderer)
    table = value_of(("requests", "table"), names)
    assert str(table) == str(table)
    assert renderer.as_markup == ["requests"]


# Whether all of a report is there


def by_address(key: str, without: str = "") -> str:
    """A text template that places a section's figures one by one."""
    section = next(section for section in document_of(REPORT).sections if section.key == key)
    return "".join(f"{{{{ {address} }}}}" for address in section.addresses if address != without)


def placed_by_address(without: str = "") -> str:
    """A text template in which the table of 三 is placed figure by figure."""
    parts = ("overview", "disclosure", "disputes", "problems", "other")
    wholes = "".join(f"{{{{ {key} }}}}" for key in parts)
    return f"{{{{ title }}}}{{{{ preamble }}}}{wholes}{{{{ requests.heading }}}}{by_address('requests', without)}"


def test_a_table_may_be_placed_figure_by_figure() -> None:
    """When each of its figures is there, the table is."""
    assert TextRenderer(placed_by_address()).render(document_of(REPORT))


@pytest.mark.parametrize("without", ["requests.received.total", "requests.outcome.refused.state_secret.other"])
def test_a_figure_that_is_missing_is_named(without: str) -> None:
    """All but one is not all: the message says which one, and of which table."""
    with pytest.raises(TemplateError) as refused:
        TextRenderer(placed_by_address(without)).render(document_of(REPORT))
    assert without in refused.value.message
    assert "三、收到和处理政府信息公开申请情况" in refused.value.message


def test_a_figure_that_is_only_looked_at_is_not_placed() -> None:
    """A condition on a figure does not print it."""
    source = placed_by_address("requests.received.total") + "{% if requests.received.total > 1 %}多{% endif %}"
    with pytest.raises(TemplateError, match=r"requests\.received\.total"):
        TextRenderer(source).render(document_of(REPORT))


def test_a_text_may_be_placed_paragraph_by_paragraph() -> None:
    """A loop over the paragraphs places the text; one that leaves some out does not."""
    source = WHOLE.replace("{{ section }}", "{{ section.heading }}{{ section.table }}{LOOP}")
    loop = "{% for p in section.paragraphs %}{{ p }}{% endfor %}"
    assert TextRenderer(source.replace("{LOOP}", loop)).render(document_of(REPORT))
    some = "{% for p in section.paragraphs if not p.is_head %}{{ p }}{% endfor %}"
    with pytest.raises(TemplateError, match="「五、存在的主要问题及改进情况」的正文"):
        TextRenderer(source.replace("{LOOP}", some)).render(document_of(REPORT))


def test_what_holds_nothing_need_not_be_placed() -> None:
    """A report without an opening does without the tag for it."""
    document = document_of(Report(year=2023, layout=layouts()[-1]))
    assert TextRenderer(WHOLE.replace("{{ preamble }}", "")).render(document) == TextRenderer().render(document)


def test_a_word_table_may_be_placed_figure_by_figure(national_template: bytes) -> None:
    """In Word, too: a table that the keeper has drawn, with an address in each cell."""
    section = next(section for section in document_of(REPORT).sections if section.key == "requests")
    rows = tuple((address, f"{{{{ {address} }}}}") for address in section.addresses)
    without = with_part(
        national_template,
        DOCUMENT,
        replacing("{{p section.table }}", "{{p section.table if section.key != 'requests' else '' }}"),
    )
    made = DocxRenderer(prepare(with_body(without, (), rows))).render(document_of(REPORT))
    assert "requests.received.total7" in text_of(root_of(made))
    with pytest.raises(TemplateError, match=r"缺 requests\.received\.individual$"):
        DocxRenderer(prepare(with_body(without, (), rows[1:]))).render(document_of(REPORT))


def test_many_threads_may_render_through_one_template(national_template: bytes) -> None:
    """Sixteen reports in four threads come out as they do one after the other."""
    template = with_part(
        national_template, DOCUMENT, replacing("{{p section.heading }}", "{{p section.heading|default('') }}")
    )
    word, text = DocxRenderer(prepare(template)), TextRenderer(WHOLE)
    documents = [document_of(Report(year=2021 + n, layout=layouts()[-1], agency=f"第{n}局")) for n in range(16)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(word.render, documents)) == list(map(word.render, documents))
        assert list(pool.map(text.render, documents)) == list(map(text.render, documents))
