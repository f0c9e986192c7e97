"""Taking .docx files apart and putting changed ones together, without gxgen's help."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping

from lxml import etree
from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
FOOTER = "word/footer1.xml"


def parts_of(raw: bytes) -> dict[str, bytes]:
    """The parts of a .docx file by name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package_of(parts: Mapping[str, bytes]) -> bytes:
    """A .docx file of parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def with_part(raw: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The file with one part's text changed; the change must change something."""
    parts = parts_of(raw)
    before = parts[name].decode("utf-8")
    after = change(before)
    assert after != before, f"nothing in {name} was changed"
    return package_of(parts | {name: after.encode("utf-8")})


def replacing(old: str, new: str) -> Callable[[str], str]:
    """A change that exchanges one string for another wherever it stands."""
    return lambda text: text.replace(old, new)


def root_of(raw: bytes, name: str = DOCUMENT) -> _Element:
    """The root element of a part."""
    return etree.fromstring(parts_of(raw)[name])


def value(element: _Element | None, attribute: str = "val") -> str:
    """An attribute of the main namespace."""
    assert element is not None, f"there is no element to have {attribute}"
    found = element.get(f"{W}{attribute}")
    assert found is not None, f"{element.tag} has no {attribute}"
    return found


def styles_by_name(raw: bytes, kind: str = "paragraph") -> dict[str, _Element]:
    """The styles of a kind by the name that Word shows."""
    found = root_of(raw, STYLES).iter(f"{W}style")
    return {value(style.find(f"{W}name")): style for style in found if value(style, "type") == kind}


def body_tables(raw: bytes) -> list[_Element]:
    """The tables of the body."""
    return list(root_of(raw).iter(f"{W}tbl"))


def rows_of(table: _Element) -> Iterator[_Element]:
    """The rows of a table."""
    return table.iter(f"{W}tr")


def text_of(element: _Element) -> str:
    """The text below an element."""
    return "".join(text.text or "" for text in element.iter(f"{W}t"))
