"""The document's core properties (ISO/IEC 29500-2, 11): what a file manager shows."""

from __future__ import annotations

from gxgen.render.docx.wordml import escape
from gxgen.view import Document

PART = "docProps/core.xml"
NAMESPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def core_properties(document: Document) -> bytes:
    """Title, author and language; a date only if the report says when it was published, so that bytes repeat."""
    dates = (
        "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{document.published.isoformat()}T00:00:00Z</dcterms:{name}>'
            for name in ("created", "modified")
        )
        if document.published
        else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<cp:coreProperties {NAMESPACES}><dc:title>{escape(document.title)}</dc:title>"
        f"<dc:creator>{escape(document.agency)}</dc:creator><dc:language>zh-CN</dc:language>{dates}</cp:coreProperties>"
    ).encode()
