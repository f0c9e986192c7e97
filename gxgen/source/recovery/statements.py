"""Splitting a TOML text into statements (headers, pairs, comments, blank lines), even broken ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

SPELLED = re.compile(
    r'''
    (?P<long>      """(?:[^"\\]++|\\.|"(?!""))*+"{3,5} | \'\'\'(?:[^']++|'(?!''))*+'{3,5} )
  | (?P<open_long> (?:"""|\'\'\').* )
  | (?P<wide_long> [“”„＂]{3} .*? ["“”„＂]{3} | [‘’]{3} .*? ['‘’]{3} )
  | (?P<string>    "(?:[^"\\\n]++|\\[^\n])*+" | '[^'\n]*+' )
  | (?P<wide>      [“”„＂][^“”„＂"\n]*+[“”„＂"] | [‘’＇][^‘’＇'\n]*+[‘’＇'] )
  | (?P<open>      ["'“”„＂‘’＇][^\n]* )
  | (?P<comment>   [#＃][^\n]* )
    ''',
    re.VERBOSE | re.DOTALL,
)
"""Everything in which signs have no meaning: strings in English or Chinese quotation marks, closed or not; comments."""
HEADER = re.compile(r"\s*[\[［【]")
_HEADER_LINE = re.compile(r"\s*[\[［【]{1,2}[^\W\d][^\[\],，=]*[\]］】]{1,2}\s*(?:[#＃].*)?$")
PAIR = re.compile(
    r"[^\S\n]*+(?:[^\s=＝\[\]{},，#\"'][^=＝\[\]{},，#\n]*+|\"[^\"\n]*\"[^\S\n]*+|'[^'\n]*'[^\S\n]*+)[=＝]"
)
"""How a line begins that gives a key a value."""
_COLON_PAIR = re.compile(r"[^\S\n]*[a-z_.]+[^\S\n]*[:：]")
"""The same with a colon, as it looks in the middle of Chinese text."""
_OPENS_LONG = re.compile(r"\s*[\w.\-]+\s*=\s*(?:\"\"\"|''')")
_VALUE_BELOW = re.compile(r"[^\S\n]*[\w.\-]+[^\S\n]*=[^\S\n]*\n(?=[^\S\n]*(?:\"\"\"|\'\'\'))")
"""A key whose long text begins on the next line."""
_CLOSED_IN_CHINESE = re.compile(r"^\s*[“”]{3}\s*$|[“”]{3}\s*$", re.MULTILINE)
_BRACKETS = dict(zip("[［【{｛]］】}｝", "[[[{{]]]}}", strict=True))
_TOKEN = re.compile(f"{SPELLED.pattern} | (?P<sign> [{re.escape(''.join(_BRACKETS))}\n])", re.VERBOSE | re.DOTALL)
_ENDS_OPEN = re.compile(r"(?:^|[,，{｛])[^\S\n]*(?:#.*)?$", re.MULTILINE)
MOST_LINES_OF_A_PARAGRAPH = 60


class Statement(msgspec.Struct, frozen=True):
    """Whole lines that belong together; *line* counts from 0."""

    line: int
    text: str

    @property
    def is_header(self) -> bool:
        """Whether the statement is meant as a table header."""
        return bool(HEADER.match(self.text))

    @property
    def blank(self) -> str:
        """Return the statement as empty lines."""
        return "\n" * self.text.count("\n")


def cut(text: str) -> Iterator[Statement]:
    """Yield the statements of a text, which joined by line feeds are the text."""
    line = start = 0
    while start <= len(text):
        end = _end(text, start)
        yield Statement(line, text[start:end])
        line += text.count("\n", start, end) + 1
        start = end + 1


def signs_only(text: str) -> str:
    """Return the text, character for character, strings filled with their quotation mark, comments with spaces."""
    return SPELLED.sub(_filled, text)


def _filled(spelled: re.Match[str]) -> str:
    if spelled["comment"]:
        return spelled[0][0].replace("#", " ") + " " * (len(spelled[0]) - 1)
    return spelled[0][0] * len(spelled[0])


def _end(text: str, start: int) -> int:
    """Return the end of the statement that begins at *start*: a line feed or the end of the text."""
    first = _line_end(text, start)
    if text[start:first].lstrip().startswith(('"""', "'''")):
        return first  # long texts are values; three marks alone are something pasted
    open_brackets: list[str] = []
    below = _VALUE_BELOW.match(text, start)
    at = below.end() if below else start
    while token := _TOKEN.search(text, at):
        at, sign = token.end(), token["sign"]
        if sign is None:
            at, stops = _past(text, token)
            if stops:
                return at
        elif sign != "\n":
            _follow(open_brackets, _BRACKETS[sign])
        elif not open_brackets:
            return token.start()
        elif _starts_anew(text, token.start(), open_brackets[-1]):
            return _shortened(text, start, token.start())
    return _shortened(text, start, len(text)) if open_brackets else len(text)


def _follow(open_brackets: list[str], bracket: str) -> None:
    if bracket in "[{":
        open_brackets.append(bracket)
    elif open_brackets:
        open_brackets.pop()


def _past(text: str, spelled: re.Match[str]) -> tuple[int, bool]:
    """Return the offset after a string or comment, and whether the statement ends there."""
    at, end = spelled.span()
    if spelled["long"]:
        last = text.rfind("\n", 0, end) + 1
        closes_by_opening = last > at and _OPENS_LONG.match(text, last)
        unclosed = closes_by_opening and text.count(spelled[0][:3], at) % 2
        return (last - 1, True) if unclosed else (end, False)
    if spelled["open_long"]:
        in_chinese = _CLOSED_IN_CHINESE.search(text, at + 3)
        return in_chinese.end() if in_chinese else len(text), True
    if spelled["open"]:
        return _paragraph_end(text, end), True
    return end, False


def _paragraph_end(text: str, end: int) -> int:
    """Return the end of a single-quoted string that was broken over lines; *end* if it is not."""
    at = end
    for _ in range(MOST_LINES_OF_A_PARAGRAPH):
        if at >= len(text) or _is_pair(text, at + 1) or _is_header_line(text, at + 1):
            break
        start, at = at + 1, _line_end(text, at + 1)
        if text[start:at].rstrip().endswith(('"', "”")):
            return at
    return end


def _is_pair(text: str, start: int) -> bool:
    return bool(PAIR.match(text, start) or _COLON_PAIR.match(text, start))


def _starts_anew(text: str, end: int, open_bracket: str) -> bool:
    """Whether the line after *end* begins a new statement although a bracket is open."""
    if _is_header_line(text, end + 1):
        return True
    goes_on = open_bracket == "{" and _ENDS_OPEN.search(text, text.rfind("\n", 0, end) + 1, end)
    return bool(PAIR.match(text, end + 1)) and not goes_on


def _is_header_line(text: str, start: int) -> bool:
    return bool(_HEADER_LINE.match(text[start : _line_end(text, start)]))


def _shortened(text: str, start: int, end: int) -> int:
    """Return *end* without trailing blank lines and comments."""
    while (last := text.rfind("\n", start, end)) >= 0 and text[last + 1 : end].lstrip()[:1] in ("", "#"):
        end = last
    return end


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
