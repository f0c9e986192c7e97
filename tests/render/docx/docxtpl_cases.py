"""Small templates that between them use all of docxtpl's language, and one that has everything at once."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Mapping

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

from tests.render.docx.packages import package_of, parts_of, with_part

WP = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
Rows = tuple[tuple[str, ...], ...]

PARAGRAPHS: Mapping[str, tuple[str, ...]] = {
    "a name": ("{{ agency }}",),
    "a name among words": ("由{{ agency }}编制，{{year}}年。",),
    "a name with what XML escapes": ("{{ wording.hostile }}",),
    "a figure by its address": ("收到 {{ requests.received.total }} 件，收费 {{ disclosure.fees.amount }} 万元",),
    "figures compared": ("{% if requests.received.total > 3 and year >= 2021 %}多{% else %}少{% endif %}",),
    "figures reckoned with": ("{{ requests.received.total + 1 }} {{ requests.received.individual * 2 }}",),
    "an expression with < and >": ("{{ 1 < 2 }} {{ 3 > 2 }} {% if 1 < 2 %}是{% endif %}",),
    "quotation marks that Word has curled": ("{{ wording[“opening”] }} {{ ‘甲’ }}",),
    "a slot": ("{{p requests.table }}",),
    "a whole section": ("{{p disclosure }}",),
    "a condition over paragraphs": ("{%p if year > 2000 %}", "新", "{%p else %}", "旧", "{%p endif %}"),
    "a condition that does not hold": ("前", "{%p if year < 2000 %}", "旧", "{%p endif %}", "后"),
    "elif": ("{% if year == 1 %}一{% elif year == 2023 %}今{% else %}他{% endif %}",),
    "a loop over paragraphs": ("{%p for s in sections %}", "{{ loop.index }}.{{ s.key }}", "{%p endfor %}"),
    "a loop within a line": ("{% for s in sections %}{{ s.key }}{% if not loop.last %}、{% endif %}{% endfor %}",),
    "loops in loops": ("{% for a in range(2) %}{% for b in range(3) %}{{ a }}{{ b }} {% endfor %}{% endfor %}",),
    "a loop with else": ("{% for a in [] %}有{% else %}无{% endfor %}",),
    "a loop with a test": ("{% for a in range(5) if a is odd %}{{ a }}{% endfor %}",),
    "a loop's own paragraphs": ("{%p for one in problems.paragraphs %}", "{{ one.text }}", "{%p endfor %}"),
    "set": ("{% set n = requests.received.total %}{{ n }}{{ n }}",),
    "set over paragraphs": ("{%p set n = 7 %}", "{{ n }}"),
    "a namespace": (
        "{% set ns = namespace(n=0) %}{% for a in range(4) %}{% set ns.n = ns.n + a %}{% endfor %}{{ ns.n }}",
    ),
    "with": ("{% with a = 5 %}{{ a }}{% endwith %}",),
    "a macro": ("{% macro m(a, b='乙') %}{{ a }}{{ b }}{% endmacro %}{{ m('甲') }}{{ m('甲', b=1) }}",),
    "a macro of paragraphs": ("{%p macro m(a) %}", "段：{{ a }}", "{%p endmacro %}", "{{p m(1) }}", "{{p m(2) }}"),
    "filters": ("{{ 'abc'|upper }} {{ agency|length }} {{ [3,1,2]|sort|join('、') }} {{ missing|default('无') }}",),
    "more filters": ("{{ '%05d'|format(7) }} {{ 3.14159|round(2) }} {{ 'x'|center(5) }}| {{ ' y '|trim }}",),
    "joining texts": ("{{ agency ~ '：' ~ year }}",),
    "methods of texts": ("{{ 'a,b'.split(',')|join(' ') }} {{ 'Ab'.lower() }} {{ 'aXa'.replace('X', '<') }}",),
    "a comment": ("前{# 说明 #}后",),
    "a comment over a paragraph": ("前", "{#p 整段的说明 #}", "后"),
    "a comment with a tag in it": ("前{# {{ nothing }} #}后",),
    "braces that are no tag": ("{_{ agency }_} {_% if %_}",),
    "braces within a tag": ("{{ '{_{' }}",),
    "raw": ("{% raw %}{{ agency }}{% endraw %}",),
    "joined with the paragraph before": ("甲", "{%- if year %}乙{% endif %}"),
    "joined with the paragraph after": ("甲{% if year -%}", "乙", "{%- endif %}丙"),
    "else between joined paragraphs": ("{% if year -%}", "甲", "{%- else -%}", "乙", "{%- endif %}"),
    "white space of names": ("甲 {{- agency -}} 乙",),
    "a new line in data": ("{{ wording.lines }}",),
    "a tab in data": ("{{ wording.tabs }}",),
    "a new paragraph and a new page in data": ("{{ wording.pages }}",),
    "undefined with a default": ("{{ nothing|default('无') }}{% if nothing is defined %}有{% endif %}",),
    "a ternary": ("{{ '多' if requests.received.total > 3 else '少' }}",),
    "a list that is written down": ("{% for a in ['甲', '乙'] %}{{ a }}{% endfor %}",),
    "a mapping": ("{% for k, v in {'a': 1}|dictsort %}{{ k }}{{ v }}{% endfor %}",),
    "no tag at all": ("只有文字",),
}
"""Paragraphs by what they show."""

TABLES: Mapping[str, Rows] = {
    "figures in cells": (("受理", "{{ requests.received.total }}"), ("结转", "{{ requests.carried_forward.total }}")),
    "rows repeated": (
        ("键", "标题"),
        ("{%tr for s in sections %}", ""),
        ("{{ s.key }}", "{{ loop.index }}"),
        ("{%tr endfor %}", ""),
    ),
    "rows left out": (("甲", "乙"), ("{%tr if year < 2000 %}", ""), ("丙", "丁"), ("{%tr endif %}", "")),
    "a row commented out": (("甲", "乙"), ("{#tr 说明 #}", ""), ("丙", "丁")),
    "cells repeated": (("甲", "{%tc for n in range(4) %}", "{{ n }}", "{%tc endfor %}"), ("乙", "1", "2", "3")),
    "cells left out": (
        ("甲", "{%tc if year < 2000 %}", "乙", "{%tc endif %}"),
        ("1", "{%tc if false %}", "2", "{%tc endif %}"),
    ),
    "a cell commented out": (("甲", "{#tc 说明 #}", "乙"), ("1", "2", "3")),
    "colspan": (("{% colspan 3 %}通栏", "", ""), ("1", "2", "3")),
    "colspan by data": (("{% colspan requests.received.individual %}通栏", "乙", "丙"), ("1", "2", "3")),
    "cellbg": (("{% cellbg 'FF0000' %}红", "{% cellbg wording.colour %}蓝"),),
    "merged down": (("{%tr for n in range(3) %}", ""), ("{% vm %}合并{{ n }}", "{{ n }}"), ("{%tr endfor %}", "")),
    "merged across": (("{%tc for n in range(3) %}", "{% hm %}合并{{ n }}", "{%tc endfor %}"), ("1", "2", "3")),
    "a slot in a cell": (("{{p overview.text }}", "乙"),),
    "a condition within a cell": (("{% if year > 2000 %}新{% else %}旧{% endif %}", "{{ year }}"),),
    "a static table": (("甲", "乙"), ("丙", "丁")),
}
"""Tables by what they show."""


def saved(document: docx.document.Document) -> bytes:
    """A document as a file."""
    raw = io.BytesIO()
    document.save(raw)
    return raw.getvalue()


def with_body(raw: bytes, paragraphs: tuple[str, ...], rows: Rows = ()) -> bytes:
    """The template with paragraphs and a table after its own."""
    document = docx.Document(io.BytesIO(raw))
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return saved(document)


def paragraph_in_a_cell(raw: bytes) -> bytes:
    """A table whose cell has a condition over paragraphs."""
    document = docx.Document(io.BytesIO(raw))
    cell = document.add_table(1, 2).cell(0, 0)
    cell.text = "前"
    for text in ("{%p if year > 2000 %}", "新", "{%p else %}", "旧", "{%p endif %}", "{{p problems.text }}"):
        cell.add_paragraph(text)
    return saved(document)


def headers_and_footers(raw: bytes) -> bytes:
    """Headers and footers of first, even and other pages."""
    document = docx.Document(io.BytesIO(raw))
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    for number, part in enumerate(
        (section.header, section.footer, section.first_page_header, section.first_page_footer, section.even_page_header)
    ):
        part.is_linked_to_previous = False
        part.paragraphs[0].text = f"{number} {{{{ agency }}}} {{% if year %}}{{{{ year }}}}{{% endif %}}"
    table = section.header.add_table(1, 2, Cm(10))
    table.cell(0, 0).text, table.cell(0, 1).text = "{{ wording.opening }}", "{{ period }}"
    return saved(document)


def footnotes(raw: bytes) -> bytes:
    """A footnote with tags."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {nsdecls("w")}>\n'
        '<w:footnote w:id="2"><w:p><w:r><w:t>见{{ agency }}&amp;{% if year %}{{ year }}{% endif %}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    return with_related_part(raw, "footnotes", content)


def with_related_part(raw: bytes, kind: str, content: str) -> bytes:
    """The file with a further part of notes."""
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = parts_of(raw)
    types, relations = "[Content_Types].xml", "word/_rels/document.xml.rels"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts[types] = parts[types].replace(
        b"</Types>", f'<Override PartName="/word/{kind}.xml" ContentType="{base}.{kind}+xml"/></Types>'.encode()
    )
    parts[relations] = parts[relations].replace(
        b"</Relationships>",
        f'<Relationship Id="rIdNotes" Type="{office}/{kind}" Target="{kind}.xml"/></Relationships>'.encode(),
    )
    return package_of(parts | {f"word/{kind}.xml": content.encode()})


def picture() -> io.BytesIO:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    )


def pictures(raw: bytes) -> bytes:
    """Pictures of which one is repeated by a loop and one is left out."""
    document = docx.Document(io.BytesIO(raw))
    for text in ("{%p for n in range(3) %}", "", "{%p endfor %}", "{%p if false %}", "", "{%p endif %}", ""):
        paragraph = document.add_paragraph(text)
        if not text:
            paragraph.add_run().add_picture(picture(), width=Cm(1))
    return saved(document)


def one_picture(raw: bytes) -> bytes:
    """A picture in a template that only places names."""
    document = docx.Document(io.BytesIO(raw))
    document.add_paragraph("{{ agency }}").add_run().add_picture(picture())
    return saved(document)


def text_box(raw: bytes) -> bytes:
    """A text box with tags in it."""
    box = (
        f"<w:p {WP}><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        "<w:p><w:r><w:t>框：{{ agency }}</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    return with_xml(raw, box)


def content_control(raw: bytes) -> bytes:
    """Content controls around a paragraph and within one."""
    control = (
        f"<w:sdt {WP}><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>{{{{ agency }}}}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    insert_inline = (
        f"<w:p {WP}><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>{{{{ year }}}}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    return with_xml(with_xml(raw, control), insert_inline)


def with_xml(raw: bytes, xml: str) -> bytes:
    """The file with an element at the end of its body."""
    document = docx.Document(io.BytesIO(raw))
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(xml))
    return saved(document)


def split_over_runs(raw: bytes) -> bytes:
    """Tags that Word has cut into runs, with marks of its own between them."""
    document = docx.Document(io.BytesIO(raw))
    for text in ("{{ agency }}", "{% if year > 2000 %}新{% endif %}"):
        paragraph = document.add_paragraph()
        for char in text:
            paragraph.add_run(char).bold = char == "e"
    whole = document.add_paragraph()
    for piece in ("{", "{p requests", ".table }", "}"):
        whole.add_run(piece)
    return saved(document)


def rich_text(raw: bytes) -> bytes:
    """A run of its own, by a macro that makes one."""
    document = docx.Document(io.BytesIO(raw))
    macro = document.add_paragraph()
    for text in ("{%r macro m(a) %}", "甲{{ a }}", "{%r endmacro %}"):
        macro.add_run(text)
    line = document.add_paragraph("前")
    line.add_run("{{r m(1) }}")
    line.add_run("后")
    return saved(document)


def conditional_runs(raw: bytes) -> bytes:
    """Runs that stand on a condition."""
    document = docx.Document(io.BytesIO(raw))
    line = document.add_paragraph("前")
    for text in ("{%r if year > 2000 %}", "粗", "{%r endif %}", "后"):
        line.add_run(text).bold = text == "粗"
    return saved(document)


def spans_with_their_own_grid(raw: bytes) -> bytes:
    """``{% hm %}`` in a cell that spans columns already, and a table whose grid has too many columns."""
    raw = with_body(raw, (), (("{%tc for n in range(2) %}", "{% hm %}合{{ n }}", "{%tc endfor %}"), ("1", "2", "3")))
    return with_part(
        raw,
        "word/document.xml",
        lambda text: re.sub(
            r"(<w:tcPr>(?:(?!<w:tcPr>).)*?)(</w:tcPr>(?:(?!<w:tc>).)*?\{% hm %\})",
            r'\1<w:gridSpan w:val="2"/>\2',
            text,
            flags=re.DOTALL,
        ),
    )


def white_space_in_words(raw: bytes) -> bytes:
    """A line's end and a tab within static words."""
    return with_xml(raw, f'<w:p {WP}><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">甲\n乙\t丙</w:t></w:r></w:p>')


BUILT: Mapping[str, Callable[[bytes], bytes]] = {
    "paragraphs in a cell": paragraph_in_a_cell,
    "headers and footers": headers_and_footers,
    "footnotes": footnotes,
    "pictures": pictures,
    "a picture": one_picture,
    "a text box": text_box,
    "content controls": content_control,
    "tags split over runs": split_over_runs,
    "rich text": rich_text,
    "runs on a condition": conditional_runs,
    "spans with their own grid": spans_with_their_own_grid,
    "white space in words": white_space_in_words,
}
"""Templates that take more than paragraphs or a table."""


def cases(raw: bytes) -> dict[str, bytes]:
    """Every template of the set, made from an ordinary one."""
    return {
        **{name: with_body(raw, paragraphs) for name, paragraphs in PARAGRAPHS.items()},
        **{f"table: {name}": with_body(raw, (), rows) for name, rows in TABLES.items()},
        **{f"built: {name}": build(raw) for name, build in BUILT.items()},
    }
