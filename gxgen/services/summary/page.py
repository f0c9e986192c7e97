"""A summary as a web page of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from gxgen.services.summary.rows import ABSENT, BAD, MISSING, WARNED, Row


def link(file: str, summary: Path) -> str:
    """Return the address of a file relative to the summary, so that both may be moved together."""
    try:
        relative = os.path.relpath(file, summary.parent)
    except ValueError:  # another drive of Windows
        return Path(file).absolute().as_uri()
    return quote(Path(relative).as_posix(), safe="/", errors="surrogateescape")


CLASSES = {**dict.fromkeys(BAD, "failed"), **dict.fromkeys((MISSING, ABSENT), "missing"), WARNED: "warned"}
STYLE = """
body { font: 15px/1.5 "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; margin: 1.5em; color: #222 }
table { border-collapse: collapse } caption { text-align: left; padding: .5em 0 }
th, td { border: 1px solid #bbb; padding: .25em .6em; text-align: left; vertical-align: top }
thead th { background: #eee; position: sticky; top: 0 } .number { text-align: right }
.missing, .failed { background: #fbe3e0 } .warned { background: #fff4d6 }
"""


def rendered(path: Path, rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    """Return the page's bytes."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "\n".join(_row(row, path, len(columns)) for row in rows)
    page = f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>政府信息公开工作年度报告：汇总</title>
<style>{STYLE}</style>
</head>
<body>
<table>
<caption>{escape(_counts(rows))}</caption>
<thead><tr>{head}</tr></thead>
<tbody>
{body}
</tbody>
</table>
</body>
</html>
"""
    return page.encode("utf-8", "backslashreplace")


def _counts(rows: Sequence[Row]) -> str:
    states = [row.state for row in rows]
    counted = "，".join(f"{state} {states.count(state)}" for state in dict.fromkeys(states))
    return f"共 {len(rows)} 行：{counted}" if rows else "没有报告"


def _row(row: Row, path: Path, width: int) -> str:
    *values, source = row.values
    cells = [*map(_cell, values), f"<td>{''.join(_links((str(source),), path))}</td>"]
    cells.append(f"<td>{'<br>'.join(_links(row.files, path))}</td>")
    style = f' class="{CLASSES[row.state]}"' if row.state in CLASSES else ""
    return f"<tr{style}>{''.join(cells[:width])}</tr>"


def _cell(value: str | int) -> str:
    return f'<td class="number">{value}</td>' if isinstance(value, int) else f"<td>{escape(value)}</td>"


def _links(files: Sequence[str], path: Path) -> Iterator[str]:
    for file in files:
        if file:
            yield f'<a href="{escape(link(file, path))}">{escape(Path(file).name)}</a>'
