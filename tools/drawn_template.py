"""Write templates/drawn/report.docx: the official tables as they are drawn in Word, a tag in each figure's cell.

    python tools/drawn_template.py

Page and styles are those of the national template.  Headings are typed; tables that differ between the forms stand
between conditions.  The same script writes the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import national_template as national
from msgspec.structs import replace

from gxgen.compute import complete
from gxgen.model import Report
from gxgen.render.docx import TableStyle, prepare
from gxgen.render.docx.element_renderer import DocxElementRenderer
from gxgen.render.docx.tables import TableRenderer
from gxgen.spec import layouts
from gxgen.view import Document, Grid, SectionView, compose

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "drawn" / "report.docx"
FIRST_FIGURE = 10_000
"""Figures of five digits stand in for the tags while a table is drawn: so much room each column has."""


def body() -> str:
    """Write the title, the opening paragraph and the sections."""
    opening = tagged("{{p title }}", national.TITLE) + tagged("{{p preamble }}", national.BODY)
    forms = [compose(complete(Report(layout.first_year, layout, "某某县科学技术局"))) for layout in layouts()]
    return opening + "".join(section(forms, number) for number in range(len(forms[0].sections)))


def section(forms: list[Document], number: int) -> str:
    """Write a section: its heading as it is printed, its paragraphs one by one, its table."""
    views = [form.sections[number] for form in forms]
    (heading,) = {view.heading for view in views}
    paragraphs = (
        (f"{{%p for paragraph in {views[0].key}.paragraphs %}}", national.NORMAL),
        ("{{p paragraph }}", national.BODY),
        ("{%p endfor %}", national.NORMAL),
    )
    written = tagged(heading, national.HEADING_1) + "".join(tagged(*paragraph) for paragraph in paragraphs)
    return written + "".join(tables({form.layout: view for form, view in zip(forms, views, strict=True)}))


def tables(views: dict[str, SectionView]) -> Iterator[str]:
    """Draw a section's table; that of each form under its condition where they differ."""
    drawn = {layout: table(view) for layout, view in views.items() if view.grid}
    different = [list(layouts) for _, layouts in groupby(drawn, key=drawn.__getitem__)]
    for number, (layout, *_) in enumerate(different):
        if len(different) == 1:
            yield drawn[layout]
            return
        condition = f'if layout == "{layout}"' if number == 0 else f'elif layout == "{layout}"'
        yield tagged(f"{{%p {condition} %}}", national.NORMAL) + drawn[layout]
    if different:
        yield tagged("{%p endif %}", national.NORMAL)


def table(view: SectionView) -> str:
    """Draw a table with the address of each figure in its cell."""
    assert view.grid, "only sections with a table are drawn"
    numbers = [str(FIRST_FIGURE + at) for at in range(len(view.addresses))]
    xml = str(RENDERER.table(replace(view, grid=Grid(view.grid.frame, tuple(numbers)))))
    for number, address in zip(numbers, view.addresses, strict=True):
        assert xml.count(f"<w:t>{number}</w:t>") == 1, "a figure stands in one cell"
        xml = xml.replace(f"<w:t>{number}</w:t>", f"<w:t>{{{{ {address} }}}}</w:t>")
    return xml


def tagged(text: str, style: national.Style) -> str:
    """Write a line of the template."""
    return national.paragraph(style, national.run(text))


METRICS = prepare(national.package()).metrics
RENDERER = DocxElementRenderer(METRICS, TableRenderer(METRICS, TableStyle()))


def package() -> bytes:
    """Pack the drawn body with the page and styles of the national template."""
    return national.package(body())


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(package())
