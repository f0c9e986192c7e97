"""Small Word documents for tests: parts of WordprocessingML in a package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from gxgen.published.document import Pages, Paragraph, Table
from gxgen.published.readers.docx import read

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def relationships(targets: Mapping[str, str]) -> str:
    """A part of relationships: targets by their kind."""
    each = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind.split("#")[0]}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def package(body: str, main: str = "document.xml", **parts: str) -> bytes:
    """A document: the content of its body, and other parts by the kind of their relationship."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", relationships({"officeDocument": f"word/{main}"}))
        archive.writestr(f"word/_rels/{main}.rels", relationships({kind: f"{kind}.xml" for kind in parts}))
        archive.writestr(f"word/{main}", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        for kind, content in parts.items():
            archive.writestr(f"word/{kind}.xml", content)
    return file.getvalue()


def styles(content: str, defaults: str = "") -> str:
    """The part of styles."""
    around = f"<w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>"
    return f"<w:styles {NAMESPACES}>{around}{content}</w:styles>"


def style(name: str, properties: str, kind: str = "paragraph", based_on: str = "", more: str = "") -> str:
    """A style; ``!`` after its name makes it the default of its kind."""
    default = ' w:default="1"' if name.endswith("!") else ""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    head = f'<w:style w:type="{kind}" w:styleId="{name.removesuffix("!")}"{default}>'
    return f"{head}{base}<w:rPr>{properties}</w:rPr>{more}</w:style>"


def run(text: str, properties: str = "") -> str:
    """A run."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def cell(*runs: str, properties: str = "", of_paragraph: str = "") -> str:
    """A cell of one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(*runs, properties=of_paragraph)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a table."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, properties: str = "") -> str:
    """A table."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def field(code: str, result: str | None = None) -> str:
    """A field; without a result it has no separator."""
    separator = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result is not None else ""
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}{separator}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def code(text: str) -> str:
    """A piece of a field's code."""
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def document(body: str, **parts: str) -> Pages:
    """A document read."""
    return read(package(body, **parts))


def lines(body: str, **parts: str) -> list[str]:
    """The paragraphs of a document."""
    return [block.text for block in document(body, **parts).blocks if isinstance(block, Paragraph)]


def figure(*runs: str, of_paragraph: str = "", of_cell: str = "", of_table: str = "", **parts: str) -> tuple[str, str]:
    """What is read of a cell beside a label, and why that is not certain."""
    body = table(
        row(cell(run("件数")), cell(*runs, properties=of_cell, of_paragraph=of_paragraph)), properties=of_table
    )
    (block,) = document(body, **parts).blocks
    assert isinstance(block, Table)
    return block.cells[1].text, block.cells[1].unclear
