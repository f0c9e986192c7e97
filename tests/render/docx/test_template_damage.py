"""However a template is damaged, it is refused with a TemplateError or makes a file that Word can read."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from gxgen.core.errors import TemplateError
from gxgen.render.docx import DocxRenderer, prepare
from gxgen.view import Document
from tests.render.docx.packages import DOCUMENT, FOOTER, STYLES, W, package_of, parts_of
from tests.render.made import document_of, full_reports

TEXT_PARTS = (DOCUMENT, STYLES, FOOTER)
TAKEN_OUT_OF_PLACE = b"0123456789<>&{}%\"' abcz-\x00\xff"
ODD_VALUES = ("", "0", "-1", "1.5", "9" * 30, "x", "左", "2.8cm", "{{", "{%", '"', "&", "<", "\ufffd", "a b")


@pytest.fixture(scope="module")
def document() -> Document:
    """A report with a figure in every cell."""
    return document_of(full_reports()[1])


def is_refused_or_well_formed(template: bytes, document: Document) -> bool:
    """Whether a template is refused as one should be, or makes a package of well-formed parts."""
    try:
        made = DocxRenderer(prepare(template)).render(document)
    except TemplateError:
        return True
    return all(etree.fromstring(content) is not None for content in parts_of(made).values())


def damaged_bytes(seed: int, template: bytes) -> bytes:
    """The file with one to four bytes changed, or cut off."""
    dice = random.Random(seed)  # noqa: S311 - damage need not be secret, only repeatable
    raw = bytearray(template)
    for _ in range(dice.randint(1, 4)):
        raw[dice.randrange(len(raw))] = dice.randrange(256)
    return bytes(raw if dice.randrange(10) else raw[: dice.randrange(len(raw))])


def damaged_part(seed: int, template: bytes) -> bytes:
    """The file with a character or two of a part's XML changed."""
    dice = random.Random(seed)  # noqa: S311
    parts = parts_of(template)
    name = dice.choice(TEXT_PARTS)
    xml = bytearray(parts[name])
    for _ in range(dice.randint(1, 2)):
        xml[dice.randrange(len(xml))] = dice.choice(TAKEN_OUT_OF_PLACE)
    return package_of(parts | {name: bytes(xml)})


@pytest.mark.parametrize("damaged", [damaged_bytes, damaged_part])
def test_damage_is_never_a_traceback(
    national_template: bytes, document: Document, damaged: Callable[[int, bytes], bytes]
) -> None:
    """Of 400 damaged templates none raises anything but TemplateError, and none makes a broken file."""
    for seed in range(400):
        template = damaged(seed, national_template)
        try:
            assert is_refused_or_well_formed(template, document)
        except Exception as error:
            error.add_note(f"{damaged.__name__} with seed {seed}")
            raise


@settings(max_examples=400)
@given(part=st.sampled_from(TEXT_PARTS), place=st.integers(0, 5_000), odd=st.sampled_from(ODD_VALUES))
def test_no_value_of_an_attribute_is_a_traceback(
    national_template: bytes, document: Document, part: str, place: int, odd: str
) -> None:
    """An attribute with a value that it cannot have is refused, or does not matter."""
    parts = parts_of(national_template)
    root = etree.fromstring(parts[part])
    attributes = [(element, name) for element in root.iter() for name in element.attrib]
    element, name = attributes[place % len(attributes)]
    element.set(name, odd)
    assert is_refused_or_well_formed(package_of(parts | {part: etree.tostring(root)}), document)


@settings(max_examples=150)
@given(part=st.sampled_from(TEXT_PARTS), place=st.integers(0, 5_000))
def test_no_missing_element_is_a_traceback(national_template: bytes, document: Document, part: str, place: int) -> None:
    """A template from which any one element was taken is refused, or does without it."""
    parts = parts_of(national_template)
    root = etree.fromstring(parts[part])
    _, *elements = root.iter()
    element = elements[place % len(elements)]
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
    assert is_refused_or_well_formed(package_of(parts | {part: etree.tostring(root)}), document)


@pytest.mark.parametrize("style", ["Title", "DenseFigure", "TableFigure"])
def test_type_of_the_largest_size_is_not_a_traceback(national_template: bytes, document: Document, style: str) -> None:
    """1 638 points is the most that Word takes: no title fits the page, and no figure its cell."""
    parts = parts_of(national_template)
    root = etree.fromstring(parts[STYLES])
    (size,) = root.iterfind(f"{W}style[@{W}styleId='{style}']/{W}rPr/{W}sz")
    size.set(f"{W}val", "3276")
    assert is_refused_or_well_formed(package_of(parts | {STYLES: etree.tostring(root)}), document)


def test_a_style_id_may_hold_any_character(national_template: bytes, document: Document) -> None:
    """An id that needs escaping in XML is escaped wherever the report uses it."""
    parts = parts_of(national_template)
    styles = parts[STYLES].replace(b'"Heading1"', b'"A&amp;&quot;&lt;B"')
    template = package_of(
        parts | {STYLES: styles, DOCUMENT: parts[DOCUMENT].replace(b'"Heading1"', b'"A&amp;&quot;&lt;B"')}
    )
    made = parts_of(DocxRenderer(prepare(template)).render(document))
    used = {style.get(f"{W}val") for style in etree.fromstring(made[DOCUMENT]).iter(f"{W}pStyle")}
    assert 'A&"<B' in used
