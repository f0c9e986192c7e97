"""Write docs/codes.md, the clerk's list of every finding, from gxgen/core/codes and gxgen/cli/examples.md.

python tools/codes_page.py
"""

from __future__ import annotations

import re
from pathlib import Path

from gxgen.cli.explain import in_markdown
from gxgen.core.codes import CODES
from gxgen.core.findings import Code, Severity

PAGE = Path(__file__).resolve().parent.parent / "docs" / "codes.md"

INTRODUCTION = """\
<!-- 由 tools/codes_page.py 从 gxgen/core/codes 和 gxgen/cli/examples.md 生成，请勿手工修改。 -->

# 代码说明

gxgen 发现的每个问题都带一个代码，例如 `E302`。代码一经使用不再改变含义，可以据此查找、统计。

命令 `gxgen explain E302` 显示的就是这里的内容。

- **E** 开头是错误：报告不会写出，退出码为 1（文件读不出的，为 2）。
- **W** 开头是警告：报告照常写出，请再看一眼；加 `--strict` 时按错误对待。
  核实无误的，可以[写明理由后豁免](data-file.md#豁免)。
- **I** 开头是提示：已按最可能的意思读入，供参考。
"""
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
MARKUP = re.compile(r"([\\`*_<\[\]|])")


def page() -> str:
    """The whole page: the codes in the order of their numbers."""
    return "\n".join([INTRODUCTION, *map(entry, CODES)])


def entry(code: Code) -> str:
    """One code under a heading of its own, so that others can link to it."""
    source = f"- 依据：{plain(code.source)}\n" if code.source else ""
    return f"""\
## {code.name} {plain(code.title)}

- 级别：{SEVERITIES[code.severity]}
- 为什么：{plain(code.rationale)}
{source}- 怎么改：{plain(code.remedy)}

{in_markdown(code.name)}
"""


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return MARKUP.sub(r"\\\1", text)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(PAGE)
