"""The names that a template may use, version 1: the same in Word, plain text and HTML.

Everything is worked out when a template asks for it.  How a thing looks is the format's ink; what it is called, how it
compares and which part of the report it is, is said here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Protocol

from gxgen.render.templating.figures import Amount, Branch, Count, Offering
from gxgen.view import Block, Document, SectionView, Subheading

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
"""All figures by address, under a name that no template can spell: a short way for what is only placed."""
Value = str | int | Decimal


class Ink(Protocol):
    """How a format draws.

    Everything it returns is ready markup: text (with ``__html__``, where the format escapes), or what becomes text.
    """

    @property
    def page_number(self) -> object:
        """The number of a page; nothing where there are no pages."""

    @property
    def style(self) -> object:
        """The style sheet that everything else goes by; nothing where the format needs none."""

    def title(self, document: Document) -> object:
        """The report's title as a paragraph of its own."""

    def heading(self, section: SectionView) -> object:
        """A section's heading as a paragraph of its own."""

    def blocks(self, blocks: tuple[Block, ...]) -> object:
        """Paragraphs and second-level heads; nothing for none."""

    def table(self, section: SectionView) -> object:
        """The section's table; called only where there is one."""


class Piece(Offering):
    """A part of the report that can be placed: a paragraph, several, or a table."""

    __slots__ = ("_draw", "_raw", "keys", "plain")

    def __init__(self, draw: Callable[[], object], *keys: str, plain: str | None = None) -> None:
        self._draw = draw
        self._raw: object = None
        self.keys = keys
        """The parts of the report that are placed with it; none where the report says nothing."""
        self.plain = plain
        """It as mere words; None if it has more than a line."""

    def offers(self, name: str) -> bool:  # noqa: ARG002  # a plain piece has nothing below it
        """Nothing."""
        return False

    @property
    def raw(self) -> object:
        """What the format has drawn."""
        if self._raw is None:
            self._raw = self._made()
        return self._raw

    def _made(self) -> object:
        return self._draw()

    @property
    def drawn(self) -> str:
        """The format's markup as text."""
        return self.raw if isinstance(self.raw, str) else str(self.raw)

    def __str__(self) -> str:
        return self.drawn

    def __html__(self) -> str:
        return self.drawn

    def __bool__(self) -> bool:
        return bool(self.keys)


class ParagraphPiece(Piece):
    """A paragraph or head of the narrative; prints its text."""

    __slots__ = ("is_head", "text")

    def __init__(self, block: Block, ink: Ink, key: str) -> None:
        super().__init__(lambda: ink.blocks((block,)), key, plain=block.text)
        self.text = block.text
        self.is_head = isinstance(block, Subheading)

    def offers(self, name: str) -> bool:
        """Its text, and whether it is a head."""
        return name in OF_A_PARAGRAPH


class SectionPiece(Piece):
    """A whole section; its parts, and the figures of its table where the address begins with the section's key."""

    __slots__ = ("_between", "_ink", "_parts", "_section", "branch", "key")

    def __init__(self, section: SectionView, ink: Ink, branch: Branch, between: str) -> None:
        super().__init__(_undrawn, *self._keys_of(section))
        self.key = section.key
        self.branch = branch
        self._section, self._ink, self._between = section, ink, between
        self._parts: dict[str, Piece] = {}

    @property
    def heading(self) -> Piece:
        """Its heading as a paragraph."""
        section, ink = self._section, self._ink
        return self._part("heading", lambda key: Piece(lambda: ink.heading(section), key, plain=section.heading))

    @property
    def text(self) -> Piece:
        """Its paragraphs together."""
        section, ink = self._section, self._ink
        return self._part("text", lambda key: _text(section.blocks, ink, key))

    @property
    def table(self) -> Piece:
        """Its table."""
        section, ink = self._section, self._ink
        return self._part("table", lambda key: Piece(lambda: ink.table(section), key) if section.grid else _nothing())

    @property
    def paragraphs(self) -> tuple[ParagraphPiece, ...]:
        """Its paragraphs one by one."""
        blocks = enumerate(self._section.blocks, start=1)
        return tuple(ParagraphPiece(block, self._ink, f"{self.key}.text {number}") for number, block in blocks)

    def offers(self, name: str) -> bool:
        """Its parts and its figures."""
        return name in OF_A_SECTION or self.branch.offers(name)

    def __getattr__(self, name: str) -> Branch | Count | Amount:
        return self.branch.below(name)

    def _part(self, name: str, make: Callable[[str], Piece]) -> Piece:
        if name not in self._parts:
            self._parts[name] = make(f"{self.key}.{name}")
        return self._parts[name]

    def _made(self) -> str:
        # A method, not a function given to the piece: an object that holds itself outlives its report.
        return _joined([part.drawn for part in (self.heading, self.text, self.table) if part], self._between)

    @staticmethod
    def _keys_of(section: SectionView) -> Iterator[str]:
        yield f"{section.key}.heading"
        if section.blocks:
            yield f"{section.key}.text"
        if section.grid:
            yield f"{section.key}.table"


class Words(Offering):
    """The pack's own wording or values, by name."""

    __slots__ = ("_entries",)

    def __init__(self, entries: Mapping[str, Value]) -> None:
        self._entries = entries

    def offers(self, name: str) -> bool:
        """What the pack sets."""
        return name in self._entries

    def __getattr__(self, name: str) -> Value:
        try:
            return self._entries[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Value:
        return self._entries[name]


def names_of(
    document: Document,
    ink: Ink,
    *,
    wording: Mapping[str, str] | None = None,
    values: Mapping[str, Value] | None = None,
    between: str = "",
) -> dict[str, object]:
    """Everything that a template may name.

    Args:
        document: the report.
        ink: how the format draws it.
        wording: the pack's own wording by name.
        values: the pack's own values by name.
        between: what the format puts between the parts of a section that is placed whole.
    """
    steps = document.branches
    tops = {key: Branch(key, document.figures, steps) for key in steps[""]}
    sections = tuple(
        SectionPiece(section, ink, tops.get(section.key) or Branch(section.key, document.figures, steps), between)
        for section in document.sections
    )
    return {
        **tops,
        **{section.key: section for section in sections},
        "title": Piece(lambda: ink.title(document), "title", plain=document.title),
        "agency": document.agency,
        "year": document.year,
        "period": document.period,
        "layout": document.layout,
        "published": document.published.isoformat() if document.published else "",
        "preamble": _text(document.preamble, ink, "preamble"),
        "sections": sections,
        "wording": Words(wording or {}),
        "values": Words(values or {}),
        "page_number": ink.page_number,
        "style": ink.style,
        FIGURES: document.figures,
    }


def value_of(path: tuple[str, ...], names: Mapping[str, object]) -> object:
    """What a dotted name stands for.

    Raises:
        LookupError: there is no such name.
    """
    try:
        value = names[path[0]]
        for step in path[1:]:
            if not (isinstance(value, Offering) and value.offers(step)):
                raise LookupError(".".join(path))
            value = getattr(value, step)
    except KeyError as error:
        raise LookupError(".".join(path)) from error
    return value


def _undrawn() -> object:
    raise AssertionError("a section is drawn of its parts")


def _nothing() -> Piece:
    return Piece(str)


def _text(blocks: tuple[Block, ...], ink: Ink, key: str) -> Piece:
    return Piece(lambda: ink.blocks(blocks), key) if blocks else _nothing()


def _joined(drawn: list[str], between: str) -> str:
    """Pieces of markup in a row; markup still, whatever the format's class for it is."""
    if not drawn:
        return ""
    return type(drawn[0])(between.join(map(str, drawn)))
