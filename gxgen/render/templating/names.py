"""The names that a template may use, version 1: the same in Word, plain text and HTML.

A name stands for a plain value, for content of the report that can be placed (:class:`Placeable`) or for a branch of
figures (:class:`Branch`).  Content is rendered on demand by the element renderer of the format; what it is called and
which names of the report it covers is defined here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Protocol

from gxgen.view import Block, Document, Figure, SectionView, Subheading

VERSION = 1
GENERAL = (
    "title",
    "agency",
    "year",
    "period",
    "layout",
    "published",
    "preamble",
    "sections",
    "wording",
    "values",
    "page_number",
    "style",
)
"""The names besides sections and figures."""
OF_A_SECTION = ("key", "heading", "text", "table", "paragraphs")
OF_A_PARAGRAPH = ("text", "is_head")
FIGURES = "gxgen:figures"
"""All figures by address, under a name that no template can spell: a shortcut for figures placed by their address."""
Value = str | int | Decimal


class ElementRenderer(Protocol):
    """Renders the elements of a report in one format.

    Every result is finished markup: text (with ``__html__``, where the format escapes), or what ``str`` turns into it.
    """

    @property
    def page_number(self) -> object:
        """The number of a page; empty where there are no pages."""

    @property
    def style(self) -> object:
        """The style sheet; empty where the format needs none."""

    def title(self, document: Document) -> object:
        """Render the report's title as a paragraph of its own."""

    def heading(self, section: SectionView) -> object:
        """Render a section's heading as a paragraph of its own."""

    def blocks(self, blocks: tuple[Block, ...]) -> object:
        """Render paragraphs and second-level heads; empty for none."""

    def table(self, section: SectionView) -> object:
        """Render the section's table; called only where there is one."""


class TemplateObject:
    """A value with names below it that templates may ask for, by ``object[name]`` in Python and ``object.name`` there.

    The sandbox looks names up here only; Python's own attributes of the object are out of a template's reach.
    """

    __slots__ = ()
    __iter__ = None

    def __getitem__(self, name: str) -> object:
        """Return what *name* stands for.

        Raises:
            KeyError: there is no such name.
        """
        raise KeyError(name)


NAMELESS = TemplateObject()
"""Stands for a value without names of its own: every look-up fails."""


# Figures


class Count(int):
    """A figure or total that counts: a number that knows its address."""

    address: str


class Amount(Decimal):
    """An amount of money: calculates as a number, prints as the data file writes it."""

    address: str
    text: str

    def __str__(self) -> str:
        return self.text


def number_of(address: str, figure: Figure) -> Count | Amount:
    """Return a figure as a number for templates to print and calculate with."""
    if isinstance(figure.number, int) and figure.text == str(figure.number):
        count = Count(figure.number)
        count.address = address
        return count
    amount = Amount(figure.number)
    amount.address, amount.text = address, figure.text
    return amount


class Branch(TemplateObject):
    """A branch of the addresses: a table, a row or a group of rows, with figures below it."""

    __slots__ = ("_branches", "_figures", "address")

    def __init__(self, address: str, figures: Mapping[str, Figure], branches: Mapping[str, frozenset[str]]) -> None:
        self.address = address
        self._figures = figures
        self._branches = branches

    def __getitem__(self, name: str) -> Branch | Count | Amount:
        if name not in self._branches.get(self.address, ()):
            raise KeyError(name)
        address = f"{self.address}.{name}"
        if address in self._branches:
            return Branch(address, self._figures, self._branches)
        return number_of(address, self._figures[address])

    def keys(self) -> tuple[str, ...]:
        """The keys below it, sorted."""
        return tuple(sorted(self._branches.get(self.address, ())))


# Content that can be placed


class Placeable(TemplateObject):
    """Content of the report that a template can place: a paragraph, several, a table or a whole section.

    It is false where the report has no such content.
    """

    __slots__ = ("_render", "_rendered", "keys", "plain_text")

    def __init__(self, render: Callable[[], object], *keys: str, plain_text: str | None = None) -> None:
        self._render = render
        self._rendered: object = None
        self.keys = keys
        """The names that are placed with it, as :mod:`gxgen.render.templating.completeness` counts them."""
        self.plain_text = plain_text
        """Its text without markup; None for content of more than one line."""

    @property
    def rendered(self) -> object:
        """The output of the element renderer, rendered once."""
        if self._rendered is None:
            self._rendered = self._render_once()
        return self._rendered

    def _render_once(self) -> object:
        return self._render()

    @property
    def markup(self) -> str:
        """The format's markup as text."""
        return self.rendered if isinstance(self.rendered, str) else str(self.rendered)

    def __str__(self) -> str:
        return self.markup

    def __html__(self) -> str:
        return self.markup

    def __bool__(self) -> bool:
        return bool(self.keys)


class PlaceableParagraph(Placeable):
    """A paragraph or head of the narrative; prints its text."""

    __slots__ = ("is_head", "text")

    def __init__(self, block: Block, renderer: ElementRenderer, key: str) -> None:
        super().__init__(lambda: renderer.blocks((block,)), key, plain_text=block.text)
        self.text = block.text
        self.is_head = isinstance(block, Subheading)

    def __getitem__(self, name: str) -> str | bool:
        match name:
            case "text":
                return self.text
            case "is_head":
                return self.is_head
            case _:
                raise KeyError(name)


class PlaceableSection(Placeable):
    """A whole section, its elements, and the figures whose addresses begin with its key."""

    __slots__ = ("_elements", "_renderer", "_section", "_separator", "branch", "key")

    def __init__(self, section: SectionView, renderer: ElementRenderer, branch: Branch, separator: str) -> None:
        super().__init__(_unused, *self._names_of(section))
        self.key = section.key
        self.branch = branch
        self._section, self._renderer, self._separator = section, renderer, separator
        self._elements: dict[str, Placeable] = {}

    @property
    def heading(self) -> Placeable:
        """Its heading as a paragraph."""
        section, renderer = self._section, self._renderer
        return self._element(
            "heading", lambda key: Placeable(lambda: renderer.heading(section), key, plain_text=section.heading)
        )

    @property
    def text(self) -> Placeable:
        """All its paragraphs."""
        section, renderer = self._section, self._renderer
        return self._element("text", lambda key: _text(section.blocks, renderer, key))

    @property
    def table(self) -> Placeable:
        """Its table."""
        section, renderer = self._section, self._renderer
        return self._element(
            "table", lambda key: Placeable(lambda: renderer.table(section), key) if section.grid else _nothing()
        )

    @property
    def paragraphs(self) -> tuple[PlaceableParagraph, ...]:
        """Its paragraphs one by one."""
        blocks = enumerate(self._section.blocks, start=1)
        return tuple(PlaceableParagraph(block, self._renderer, f"{self.key}.text {number}") for number, block in blocks)

    def __getitem__(self, name: str) -> object:
        match name:
            case "key":
                return self.key
            case "heading":
                return self.heading
            case "text":
                return self.text
            case "table":
                return self.table
            case "paragraphs":
                return self.paragraphs
            case _:
                return self.branch[name]

    def _element(self, name: str, make: Callable[[str], Placeable]) -> Placeable:
        if name not in self._elements:
            self._elements[name] = make(f"{self.key}.{name}")
        return self._elements[name]

    def _render_once(self) -> str:
        # Overridden rather than passed to __init__ as a bound method: an object that refers to itself outlives its
        # report until the garbage collector runs.
        return _joined([part.markup for part in (self.heading, self.text, self.table) if part], self._separator)

    @staticmethod
    def _names_of(section: SectionView) -> Iterator[str]:
        yield f"{section.key}.heading"
        if section.blocks:
            yield f"{section.key}.text"
        if section.grid:
            yield f"{section.key}.table"


class PackValues(TemplateObject):
    """The pack's own wording or values, by name."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> Value:
        return self._values[name]


def names_of(
    document: Document,
    renderer: ElementRenderer,
    *,
    wording: Mapping[str, str] | None = None,
    values: Mapping[str, Value] | None = None,
    separator: str = "",
) -> dict[str, object]:
    """Return everything that a template may name.

    Args:
        document: the report.
        renderer: the format's element renderer.
        wording: the pack's own wording by name.
        values: the pack's own values by name.
        separator: what the format puts between the elements of a section that is placed whole.
    """
    branches = document.branches
    roots = {key: Branch(key, document.figures, branches) for key in branches[""]}
    sections = tuple(
        PlaceableSection(
            section, renderer, roots.get(section.key) or Branch(section.key, document.figures, branches), separator
        )
        for section in document.sections
    )
    return {
        **roots,
        **{section.key: section for section in sections},
        "title": Placeable(lambda: renderer.title(document), "title", plain_text=document.title),
        "agency": document.agency,
        "year": document.year,
        "period": document.period,
        "layout": document.layout,
        "published": document.published.isoformat() if document.published else "",
        "preamble": _text(document.preamble, renderer, "preamble"),
        "sections": sections,
        "wording": PackValues(wording or {}),
        "values": PackValues(values or {}),
        "page_number": renderer.page_number,
        "style": renderer.style,
        FIGURES: document.figures,
    }


def value_of(path: tuple[str, ...], names: Mapping[str, object]) -> object:
    """Return what a dotted name stands for.

    Raises:
        LookupError: there is no such name; its argument is the dotted name.
    """
    try:
        value = names[path[0]]
        for step in path[1:]:
            value = (value if isinstance(value, TemplateObject) else NAMELESS)[step]
    except KeyError as error:
        raise LookupError(".".join(path)) from error
    return value


def _unused() -> object:
    raise AssertionError("a section is rendered element by element")


def _nothing() -> Placeable:
    return Placeable(str)


def _text(blocks: tuple[Block, ...], renderer: ElementRenderer, key: str) -> Placeable:
    return Placeable(lambda: renderer.blocks(blocks), key) if blocks else _nothing()


def _joined(markups: list[str], separator: str) -> str:
    """Join markup; the result has the class that the format's markup has."""
    if not markups:
        return ""
    return type(markups[0])(separator.join(map(str, markups)))
