"""Random reports as data files in which much is spelled wrongly, but nothing so that it may mean something else."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import strategies as st

from gxgen.model import Money, Report
from gxgen.spec import Address, Entry, Kind
from tests.toml_writer import Form, Writer

WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
SLIPS = ("full-width", "件", "08", "none")
"""What may be wrong with numbers that are not texts; of one kind in a file, as one pair of hands goes wrong."""
SEPARATORS = ("\t", " ", "  ", "、", "，", ", ", ",", "\n", "\u3000")
PLAIN = re.compile(r"[\w，。（）]*[\u4e00-\u9fff]")


@st.composite
def misspelt_files(draw: st.DrawFn, report: Report) -> tuple[str, tuple[str, ...]]:
    """*report* as a data file with slips, and how the texts are spelled that are spelled as they should be."""
    writer = Misspeller(draw, report)
    return writer.text(), tuple(writer.kept)


class Misspeller(Writer):
    """Writes as a clerk does with the Chinese input method on and a spreadsheet open."""

    def __init__(self, draw: st.DrawFn, report: Report) -> None:
        super().__init__(draw, report, typed_totals=True)
        self._slip = draw(st.sampled_from(SLIPS))
        self.kept: list[str] = []

    def text(self) -> str:
        """The file, its headers in brackets of any width."""
        left, right = self._draw(st.sampled_from([("[", "]"), ("【", "】"), ("［", "］")]))
        return re.sub(r"^\[([\w.]+)\]$", rf"{left}\1{right}", super().text(), flags=re.MULTILINE)

    def _line(self, table: Address, key: str, value: str) -> None:
        if value[0] in "\"'":
            value = self._text_value(table, key, value)
        elif table == "" and key in ("year", "published"):
            value = self._draw(st.sampled_from([value, f'"{value}"', f'"{value.translate(WIDE)}"', f'" {value} "']))
        super()._line(table, key, value)
        sign = self._draw(st.sampled_from([" = ", " = ", " ＝ ", "：", "\u3000=\xa0"]))
        self._tables[table][-1] = self._tables[table][-1].replace(" = ", sign, 1)

    def _text_value(self, table: Address, key: str, value: str) -> str:
        words = value.strip("\"'")
        is_text = table.startswith("narrative") or key in ("agency", "title", "pack")
        if is_text and PLAIN.fullmatch(words):
            spelled = self._draw(st.sampled_from([value, f"“{words}”", f'“{words}"', f'"{words}”', f"‘{words}’"]))
            return words if key == "agency" and self._draw(st.booleans()) else spelled
        if is_text:
            self.kept.append(value)
        return value

    def _array(self, entries: list[Entry], form: Form) -> str:
        with_total = form is Form.ARRAY_WITH_TOTAL
        given = [entry for entry in entries if with_total or not entry.column.head.is_total]
        if len(given) < 2 or self._draw(st.booleans()):
            return super()._array(entries, form)
        cells = [super(Misspeller, self)._value(entry).strip('"') for entry in given]
        separator = self._draw(st.sampled_from(SEPARATORS))
        may_hide_blanks = separator.isspace() and separator != "\t" and len(given) < len(entries)
        if may_hide_blanks and all(entry.kind is not Kind.AMOUNT for entry in given):
            *others, last = map(int, cells)
            separator = "\t" if last and last == sum(others) else separator
        row = separator.join(cells)
        if self._draw(st.booleans()):
            row = row.translate(WIDE) if separator != "," else row
        if separator == "\n":
            return f'"""\n{row}\n"""'
        is_plain = not any(isinstance(self._report.figures.get(entry.address), Money) for entry in given)
        return self._draw(st.sampled_from([f'"{row}"', f"[{row}]", row])) if is_plain else f'"{row}"'

    def _value(self, entry: Entry) -> str:
        typed, figure = super()._value(entry), self._report.figures.get(entry.address, 0)
        if isinstance(figure, Money):
            return self._draw(st.sampled_from([typed, typed.translate(WIDE)]))
        if isinstance(figure, Decimal) or entry.kind is Kind.AMOUNT:
            unit = entry.unit if self._draw(st.booleans()) else ""
            return self._draw(st.sampled_from([typed, f'"{typed}{unit}"', f'" {typed.translate(WIDE)}"']))
        grouped = f"{int(typed):,}"
        spelled = [typed, f'"{typed}"', f'"{typed}件"', f'" {typed.translate(WIDE)} 件"', f"{typed}.0", f'"{grouped}"']
        return self._draw(st.sampled_from([*spelled, self._slipped(typed)]))

    def _slipped(self, typed: str) -> str:
        match self._slip:
            case "full-width":
                return typed.translate(WIDE)
            case "件":
                return f"{typed}件"
            case "08":
                return typed if typed.startswith("-") else f"0{typed}"
            case _:
                return typed
