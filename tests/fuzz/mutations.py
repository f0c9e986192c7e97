"""Data files with things done to them: to single bytes, to numbers, to lines, and between files.

Half of all mutants should still be reports, or only the reader would be tried and never the checks; so what happens to
lines and numbers, as clerks do it, is drawn more often than what happens to bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random, tuple[bytes, ...]], bytes]
"""A file, where chance comes from, and the other files that pieces may be taken from."""

NUMBER = re.compile(rb"[0-9]+")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
SMALL_PIECES = (
    *("=", ".", ",", "[", "]", "{", "}", "#", '"', "'", '"""', "\\", "\n", "\r", "\t", " ", "\x00", "\x7f", "\ufeff"),
    *("“", "”", "，", "＝", "：", "【", "】", "８", "\u3000", "𠮷", "（", "〔", "**", "{{", "}}", "{%", "-", "+", "_"),
)
PIECES = (
    *(
        "件",
        "12件",
        "三件",
        "1，000件",
        "99.9%",
        "0件",
        "1.5万余件",
        "2019年",
        "2023年12月31日",
        "未收到",
        "没有发生",
        "其中",
    ),
    *("{{ year }}", "{{ requests.received.total }}", "{{ 1 / 0 }}", "**粗**", "[填写]", "XX", "（）", "国办发202130号"),
    *(
        "\nyear = 2020\n",
        "\nyear = 2021\n",
        "\n[requests]\n",
        "\nreceived = [1, 2, 3]\n",
        "\ncarried_forward.other = 1\n",
    ),
    *('\n[[waiver]]\ncode = "W501"\n', "\npublished = 2020-12-31\n", "\ndisclosure.rules.issued = 3\n", "total = 7\n"),
)
FIGURES = (
    "\nrequests.received.individual = {}\n",
    "\nrequests.brought_forward = {{ business = {}, total = 3 }}\n",
    "\nrequests.outcome.granted = [{}, 1, 0, 0, 0, 0]\n",
    "\nrequests.outcome.total = {{ individual = {} }}\n",
    "\nreconsideration = {{ upheld = {}, total = 2 }}\n",
    "\ndisclosure.normative_documents = {{ issued = {}, in_force = 1 }}\n",
    "\ndisclosure.licences = {{ last_year = 1, change = -{} }}\n",
    "\ndisclosure.fees.amount = {}00000\n",
)
STATEMENTS = (
    "全年共收到政府信息公开申请{}件，其中自然人{}件。",
    "予以公开{}件，不予公开{}件，占{}.5%。",
    "上年结转{}件，结转下年度{}件。",
    "制发行政规范性文件{}件，废止{}件，现行有效{}件。",
    "被申请行政复议{}件，被提起行政诉讼{}件。",
    "收取信息处理费{}元。",
    "共公开信息{}条，其中{}条是{}年的，{}条是重点领域信息。",
)


def flip(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """One bit of one byte is another."""
    at = random.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ 1 << random.randrange(8)]) + raw[at + 1 :]


def delete(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """Some bytes are gone."""
    start = random.randrange(len(raw))
    return raw[:start] + raw[start + random.choice((1, 1, 2, 3, 3, 20, 400)) :]


def insert(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """A few bytes, or a sign that means something to some reader, stand where they should not."""
    at = random.randrange(len(raw) + 1)
    new = random.randbytes(random.randint(1, 3)) if random.random() < 0.2 else random.choice(SMALL_PIECES).encode()
    return raw[:at] + new + raw[at:]


def truncate(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """The file ends early, or begins late."""
    at = random.randrange(len(raw))
    return raw[:at] if random.random() < 0.8 else raw[at:]


def duplicate(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """A stretch stands twice."""
    start = random.randrange(len(raw))
    end = start + random.choice((1, 3, 30, 300))
    return raw[:end] + raw[start:]


def swap_lines(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """Two lines have changed places."""
    lines = raw.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def drop_line(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """A line is gone."""
    lines = raw.split(b"\n")
    del lines[random.randrange(len(lines))]
    return b"\n".join(lines)


def spell_number(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """A number is written with full-width digits or in Chinese."""
    return _with_number(raw, random, lambda digits: digits.translate(random.choice((FULL_WIDTH, CHINESE))))


def change_number(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """A number is another one, of any size or none."""
    sizes = (1, 10, 100, 10**5, 10**9, 10**30)
    return _with_number(raw, random, lambda _: str(random.randrange(random.choice(sizes) + 1)))


def turn_number(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """A number is turned round, or signed."""
    return _with_number(raw, random, lambda digits: random.choice((digits[::-1], f"-{digits}", f"{digits}.5", "")))


def splice(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """Some lines of another file stand between two of this one, or instead of what comes after."""
    lines, others_lines = raw.split(b"\n"), random.choice(others).split(b"\n")
    at, start = random.randrange(len(lines) + 1), random.randrange(len(others_lines))
    end = start + random.choice((1, 1, 2, 5, 20))
    after = lines[at:] if random.random() < 0.8 else []
    return b"\n".join([*lines[:at], *others_lines[start:end], *after])


def say_more(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """A text says something in numbers, true or not."""
    statement = random.choice(STATEMENTS)
    said = statement.format(*(random.choice((0, 1, 2, 3, 12, 1_000)) for _ in range(statement.count("{}"))))
    return _after(raw, random, "。".encode(), said.encode())


def add_piece(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """A piece that means something stands within a text or at its end."""
    return _after(raw, random, random.choice(("。", "，", "\n")).encode(), random.choice(PIECES).encode())


def add_figure(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """A figure is given at the top of the file, where keys have their whole names."""
    figure = random.choice(FIGURES).format(random.choice((0, 1, 2, 12, 21, 300)))
    return figure.encode() + raw


def reencode(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """An old editor saved the file: other line ends, a byte order mark, GBK or UTF-16."""
    way = random.choice(("crlf", "crlf", "cr", "bom", "gbk", "gbk", "utf-16"))
    if way in ("crlf", "cr"):
        return raw.replace(b"\n", b"\r\n" if way == "crlf" else b"\r")
    if way == "bom":
        return b"\xef\xbb\xbf" + raw
    return raw.decode("utf-8", "replace").encode(way, "replace")


def _with_number(raw: bytes, random: Random, made: Callable[[str], str]) -> bytes:
    found = list(NUMBER.finditer(raw))
    if not found:
        return raw
    one = random.choice(found)
    return raw[: one.start()] + made(one[0].decode()).encode() + raw[one.end() :]


def _after(raw: bytes, random: Random, mark: bytes, new: bytes) -> bytes:
    """The file with something new after one of its marks."""
    parts = raw.split(mark)
    at = random.randrange(len(parts))
    return mark.join(parts[: at + 1]) + new + mark.join([b"", *parts[at + 1 :]] if at + 1 < len(parts) else [])


WEIGHTS: dict[Mutation, int] = {
    **dict.fromkeys((flip, delete, insert, truncate, duplicate), 3),
    **dict.fromkeys((swap_lines, drop_line, spell_number, splice, reencode), 4),
    **dict.fromkeys((change_number, turn_number, say_more, add_piece, add_figure), 10),
}
HOW_MANY = (1, 1, 1, 1, 2, 2, 3)


def mutant(raw: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    """*raw* with one to three things done to it."""
    for one in random.choices(tuple(WEIGHTS), tuple(WEIGHTS.values()), k=random.choice(HOW_MANY)):
        raw = one(raw, random, others) if raw else raw
    return raw
