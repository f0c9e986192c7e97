"""A row of numbers pasted from a table as one text, split into its cells, none of which may be blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import msgspec

from gxgen.core import codes
from gxgen.core.numbers import half_width
from gxgen.model import Figure
from gxgen.source.figures import Tell, plain_figure
from gxgen.source.misspelt import as_toml, figure_spelled, unreadable
from gxgen.spec import Entry, Node

_ENCLOSED = re.compile(r"\s*[\[［【(（](?P<inside>.*)[\]］】)）]\s*", re.DOTALL)
_SEPARATORS = ("\t", "\n", "[,，、;；]", r"[^\S\n]+")
"""What parts the cells, the surest first: what is surer stands between cells that may hold the others."""
_THREE_DIGITS = re.compile(r"0\d\d")


class PastedCell(msgspec.Struct, frozen=True):
    """A cell's text and its place in the pasted text."""

    text: str
    at: int


class PastedRow(msgspec.Struct, frozen=True):
    """The cells of a pasted row, and whether a blank cell could have been lost."""

    cells: tuple[PastedCell, ...]
    separator: str

    @property
    def may_lack_blanks(self) -> bool:
        """Whether a blank cell would leave no trace but a wider gap or a line less."""
        return self.separator in _SEPARATORS[1::2]


def read_pasted(node: Node, text: str, tell: Tell) -> dict[Entry, Figure | None] | None:
    """Read the figures of a row pasted as one text.

    Returns:
        A figure for every cell, None for one that could not be read; or None if the cells do not fit the row.  The
        reasons are reported.
    """
    pasted = _cells(text)
    entries = _entries(node, len(pasted.cells))
    if entries is None:
        _report_length(node, pasted, tell)
        return None
    cells = dict(zip(entries, pasted.cells, strict=True))
    if _report_group(cells, pasted, tell):
        return None
    figures = {entry: _figure(entry, cell, _reporter_at(cell, tell)) for entry, cell in cells.items()}
    read = [figure for figure in figures.values() if figure is not None]
    if len(read) == len(figures):
        return figures if _report_as_read(node, text, pasted, figures, tell) else None
    return figures


def _cells(text: str) -> PastedRow:
    inside = _ENCLOSED.fullmatch(text)
    start, end = inside.span("inside") if inside else (0, len(text))
    body = text[start:end].rstrip(" \n\r\u3000\xa0")
    body = re.sub(r"[,，、;；]$", "", body) if not re.search(r"[,，、;；]\s*[,，、;；]$", body) else body
    start, body = start + len(body) - len(body.lstrip(" \n\r\u3000\xa0")), body.lstrip(" \n\r\u3000\xa0")
    separator = next((sign for sign in _SEPARATORS if re.search(sign, body)), _SEPARATORS[-1])
    return PastedRow(tuple(_split(body, separator, start)), separator)


def _split(body: str, separator: str, start: int) -> Iterator[PastedCell]:
    at = 0
    for found in (*re.finditer(separator, body), None):
        end = found.start() if found else len(body)
        text = body[at:end]
        cell = text.strip(" \r\u3000\xa0" if separator == "\t" else None)
        cell = cell.rstrip(",，、;；") if separator == "\n" else cell
        yield PastedCell(cell, start + at + (len(text) - len(text.lstrip()) if cell else 0))
        at = found.end() if found else at


def _entries(node: Node, count: int) -> tuple[Entry, ...] | None:
    """Return the cells of the form that so many numbers fill: all, or all but the total."""
    every = tuple(child.entry for child in node.columns if child.entry)
    given = tuple(entry for entry in every if not entry.column.head.is_total)
    return every if count == len(every) else given if count == len(given) else None


def _reporter_at(cell: PastedCell, tell: Tell) -> Tell:
    """Return a reporter that places findings at a cell of the text."""
    return partial(tell, offset=cell.at, length=max(len(cell.text), 1))


def _figure(entry: Entry, cell: PastedCell, tell: Tell) -> Figure | None:
    """Read the figure of a cell; None, and a finding, if it is in doubt."""
    meant = figure_spelled(entry, cell.text)
    if meant is None:
        unreadable(entry, cell.text, tell)
        return None
    return plain_figure(entry, meant, tell)


def _report_group(cells: dict[Entry, PastedCell], pasted: PastedRow, tell: Tell) -> bool:
    """Report a cell that may be the end of the number before it, which leaves every column uncertain."""
    if pasted.separator not in _SEPARATORS[2:]:
        return False
    groups = ((entry, cell) for entry, cell in cells.items() if _THREE_DIGITS.fullmatch(half_width(cell.text)))
    for entry, cell in groups:
        message = f"{entry.printed}读到「{cell.text}」，看不出它是一个数，还是前一个数的后三位"
        hint = "是一个数就去掉前面的 0；是前一个数的后三位，就连在一起写"
        _reporter_at(cell, tell)(codes.WRONG_TYPE, entry.address, message, hint)
        return True
    return False


def _report_length(node: Node, pasted: PastedRow, tell: Tell) -> None:
    columns = [child for child in node.columns if child.entry]
    given = [child for child in columns if child.entry and not child.entry.column.head.is_total]
    wanted = " 或 ".join(str(count) for count in sorted({len(given), len(columns)}))
    message = f"「{node.label}」这一行应有 {wanted} 个数字，写了 {len(pasted.cells)} 个"
    several = next((cell.text for cell in pasted.cells if re.search(r"\d\s+\d", cell.text)), "")
    doubt = f"「{several}」里面少了逗号？" if several else ""
    hint = f"{doubt}依次是：{'、'.join(child.label for child in columns)}；空着的格子要写 0 才算 0"
    tell(codes.ROW_LENGTH, node.address, message, hint)


def _report_as_read(node: Node, text: str, pasted: PastedRow, figures: dict[Entry, Figure | None], tell: Tell) -> bool:
    """Report how a row was read; return whether it could be."""
    numbers = [figure for figure in figures.values() if figure is not None]
    row = f"[{', '.join(map(as_toml, numbers))}]"
    has_total = len(figures) == len(node.columns)
    last = numbers[-1]
    counts = [number for number in numbers if isinstance(number, int)]
    adds_up = len(counts) == len(numbers) and last == sum(counts[:-1])
    if pasted.may_lack_blanks and not has_total and last and adds_up:
        message = f"「{node.label}」这一行的最后一个数字恰等于前面各数之和，看不出是「{_last(figures)}」还是总计"
        hint = f"是总计就漏了一格，补上 0 或实际数字；不是总计就写成 {node.key} = {row}"
        tell(codes.ROW_LENGTH, node.address, message, hint)
        return False
    is_proven = has_total and adds_up
    is_doubtful = not is_proven and ((pasted.may_lack_blanks and _is_uneven(text)) or _looks_grouped(pasted))
    message = f"「{node.label}」这一行是一串数字，已按表中顺序读作 {row}"
    code = codes.PASTED if is_doubtful else codes.SPELLING
    tell(code, node.address, message, f"{'核对各列后' if is_doubtful else ''}写成 {node.key} = {row}")
    return True


def _last(figures: dict[Entry, Figure | None]) -> str:
    return [entry.column.head.label for entry in figures][-1]


def _looks_grouped(pasted: PastedRow) -> bool:
    """Whether two neighbours may be one number with a thousands separator."""
    numbers = [half_width(cell.text) for cell in pasted.cells]
    pairs = pairwise(numbers) if pasted.separator in _SEPARATORS[2:] else ()
    return any(re.fullmatch(r"[1-9]\d{0,2} \d{3}", f"{thousands} {rest}") for thousands, rest in pairs)


def _is_uneven(text: str) -> bool:
    """Whether the gaps between the numbers differ in width, as where a blank cell is lost."""
    return len(set(re.findall(r"(?<=\S)\s+(?=\S)", text))) > 1
