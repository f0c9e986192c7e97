"""Find every fault of a template's tags: what is wrong, and what was probably meant.

Jinja stops at the first fault.  Here each tag is parsed by itself, and the blocks that are open and the variables of
the template's own are kept from tag to tag, so that all faults are found at once, each at its location.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

import msgspec
from jinja2 import Environment, TemplateSyntaxError, nodes
from msgspec.structs import replace

from gxgen.render.templating.compiler import FORBIDDEN_STATEMENTS
from gxgen.render.templating.errors import syntax_message
from gxgen.render.templating.names import GENERAL, OF_A_PARAGRAPH, OF_A_SECTION
from gxgen.render.templating.sandbox import template_environment
from gxgen.view import Document

ANY_NAME = "*"
"""Stands for any name."""
BUILT_IN = frozenset(("loop", "range", "namespace", "caller", "varargs", "kwargs", "true", "false", "none"))


class KnownNames(msgspec.Struct, frozen=True):
    """The names that a template may use in the forms that it has to serve."""

    names: Mapping[str, frozenset[str]]
    """Every dotted name with the forms (2019, 2021) that have it."""

    @classmethod
    def of(cls, documents: tuple[Document, ...], *own: str) -> KnownNames:
        """Collect the names of one document for each form, and the pack's *own* (``wording.opening``)."""
        found: dict[str, set[str]] = {}
        for document in documents:
            for name in (*_names(document), *own):
                found.setdefault(name, set()).add(document.layout)
        return cls({name: frozenset(layouts) for name, layouts in found.items()})

    def layouts(self) -> frozenset[str]:
        """Return the short names of all forms."""
        return frozenset().union(*self.names.values())

    def nearest(self, name: str) -> str:
        """Return the correction of the wrong step of *name*, or the one known name that ends with *name*."""
        steps = name.split(".")
        for end in range(1, len(steps) + 1):
            before, wrong = ".".join(steps[: end - 1]), steps[end - 1]
            if ".".join(steps[:end]) in self.names:
                continue
            prefix = f"{before}." if before else ""
            siblings = {
                known.removeprefix(prefix).split(".")[0] for known in self.names if known.startswith(prefix) and known
            }
            close = get_close_matches(wrong, sorted(siblings), n=1, cutoff=0.6)
            return close[0] if close else self._by_end(name)
        return ""

    def _by_end(self, name: str) -> str:
        ending = [known for known in self.names if known.endswith(f".{name}")]
        return ending[0] if len(ending) == 1 else ""


def _names(document: Document) -> Iterator[str]:
    yield from GENERAL
    for section in document.sections:
        yield section.key
        yield from (f"{section.key}.{part}" for part in OF_A_SECTION)
    for address in document.figures:
        steps = address.split(".")
        yield from (".".join(steps[:end]) for end in range(1, len(steps) + 1))


def used_names(node: nodes.Node, variables: Mapping[str, str]) -> Iterator[str]:
    """Yield the dotted names that an expression uses.

    Args:
        node: the expression.
        variables: the template's own variables, each with its kind: ``section``, ``paragraph`` or ``*`` for any.
    """
    if name := dotted(node):
        first, _, rest = name.partition(".")
        if first in BUILT_IN or variables.get(first) == ANY_NAME:
            return
        kind = variables.get(first)
        yield f"<{kind}>.{rest}" if kind and rest else first if kind else name
        return
    for child in node.iter_child_nodes():
        yield from used_names(child, variables)


def item_names(known: KnownNames) -> dict[str, frozenset[str]]:
    """Return the names below a loop's section or paragraph, spelt as :func:`used_names` spells them."""
    every = known.layouts()
    return {
        "<section>": every,
        "<paragraph>": every,
        **{f"<section>.{part}": every for part in OF_A_SECTION},
        **{f"<paragraph>.{part}": every for part in OF_A_PARAGRAPH},
    }


def item_kind(iterated: nodes.Node) -> str:
    """Return the kind of a loop's variable."""
    name = dotted(iterated)
    if name == "sections":
        return "section"
    if name.endswith(".paragraphs"):
        return "paragraph"
    return ANY_NAME


def dotted(node: nodes.Node) -> str:
    """Return a name with the attributes after it, as ``section.table``; empty for any other expression."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and (owner := dotted(node.node)):
        return f"{owner}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        owner = dotted(node.node)
        return f"{owner}.{node.arg.value}" if owner else ""
    return ""


CHINESE_QUOTES = re.compile("[“”‘’＂＇「」]")
SCOPES = frozenset(("for", "macro", "call", "with"))
"""Statements with variables that end with the block."""
BLOCKS = frozenset(("if", "for", "macro", "call", "filter", "with"))
BRANCHES = {"elif": ("if",), "else": ("if", "for")}
FORBIDDEN_KEYWORDS = frozenset(FORBIDDEN_STATEMENTS.values()) | {"from", "import"}
DOCXTPL_STATEMENT = re.compile(r"^(?:colspan|cellbg)\b|^[vh]m\s*$")


class Tag(msgspec.Struct, frozen=True):
    """A tag as typed."""

    text: str
    location: str
    """Where Word or an editor shows it: 第 3 个表格第 2 行第 4 格."""
    cell: object = None
    """The table cell (``w:tc``) that holds it."""
    stands_for: str = ""
    """docxtpl's prefix ``p``, ``tr``, ``tc`` or ``r``: the element that the tag replaces."""

    @property
    def inner(self) -> str:
        """The text between the braces, without docxtpl's prefix."""
        return re.sub(r"^(?:tr|tc|p|r)\s", "", self.text[2:-2].strip("-+").lstrip() + " ").strip()


class TagFault(msgspec.Struct, frozen=True):
    """One fault of one tag."""

    location: str
    tag: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f"，{self.hint}" if self.hint else ""
        return f"{self.location}：{self.tag}：{self.message}{hint}"


class _OpenBlock(msgspec.Struct, frozen=True):
    tag: Tag
    keyword: str
    variables: dict[str, str]

    @property
    def end(self) -> str:
        """The tag that ends the block."""
        return f"{{%{self.tag.stands_for} end{self.keyword} %}}"


class TagLinter:
    """Checks the tags of one part of a template in their order."""

    def __init__(self, known: KnownNames | None) -> None:
        """Make a linter; without *known* names it checks syntax only."""
        self._known = known or KnownNames({})
        self._looks_at_names = known is not None
        self._names = {**self._known.names, **item_names(self._known)}
        self._environment: Environment = template_environment(autoescape=True)
        self._open: list[_OpenBlock] = []
        self._variables: dict[str, str] = {}

    def faults(self, tags: Iterable[Tag]) -> Iterator[TagFault]:
        """Yield the faults of *tags*, in their order; blocks left open come last."""
        is_raw = False
        for tag in tags:
            if tag.text.startswith("{%") and tag.inner in ("raw", "endraw"):
                is_raw = tag.inner == "raw"
            elif not is_raw:
                yield from self._tag_faults(tag)
        for opened in self._open:
            yield self._without_end(opened)

    def _without_end(self, opened: _OpenBlock) -> TagFault:
        """Ask for an end with the prefix of its beginning: with any other, docxtpl breaks the table."""
        end = opened.end
        alone = {"p": "，单独占一段", "tr": "，单独占一行", "tc": "，单独占一格"}.get(opened.tag.stands_for, "")
        return self._fault(opened.tag, f"没有结尾，缺 {end}", f"在要重复或有条件的内容之后加 {end}{alone}")

    def _tag_faults(self, tag: Tag) -> Iterator[TagFault]:
        if tag.text.startswith("{#"):
            return
        if found := CHINESE_QUOTES.search(tag.text):
            yield self._fault(tag, f"有中文引号「{found[0]}」", "改成英文的 ' 或 \"")
            if tag.text.startswith("{%"):  # it opens or closes its block all the same
                list(self._statement(replace(tag, text=CHINESE_QUOTES.sub("'", tag.text))))
            return
        if tag.text.startswith("{%"):
            yield from self._statement(tag)
        else:
            yield from self._expression(tag, tag.inner)

    def _statement(self, tag: Tag) -> Iterator[TagFault]:
        keyword, _, rest = tag.inner.partition(" ")
        if DOCXTPL_STATEMENT.match(tag.inner):
            if keyword in ("colspan", "cellbg"):
                yield from self._expression(tag, rest)
        elif keyword in FORBIDDEN_KEYWORDS:
            yield self._fault(
                tag, f"模板不能用 {keyword}", "一个模板就是一个文件；要沿用别的模板包，在 pack.toml 里写 extends"
            )
        elif keyword.startswith("end"):
            yield from self._end(tag, keyword.removeprefix("end"))
        elif keyword in BRANCHES:
            yield from self._branch(tag, keyword, rest)
        else:
            yield from self._begin(tag, keyword, rest)

    def _end(self, tag: Tag, keyword: str) -> Iterator[TagFault]:
        if keyword == "set" and not (self._open and self._open[-1].keyword == "set"):
            yield self._fault(tag, "多了一个结尾，前面没有与它配对的开头", "删去，或补上 {% set … %}")
            return
        if not self._open:
            yield self._fault(tag, f"多了一个结尾，前面没有与它配对的 {{% {keyword} %}}", "删去这个标记，或补上开头")
            return
        opened = self._open[-1]
        if opened.keyword != keyword:
            unfinished = f"与开头不配对：前面的 {opened.tag.text}（{opened.tag.location}）还没有结尾"
            yield self._fault(tag, unfinished, f"在这个标记之前补上 {opened.end}")
            if keyword not in [each.keyword for each in self._open]:
                return
            while self._open[-1].keyword != keyword:
                self._variables = self._open.pop().variables
            opened = self._open[-1]
        self._open.pop()
        if keyword in SCOPES:
            self._variables = opened.variables
        if opened.tag.cell is not tag.cell and not (opened.tag.stands_for == tag.stands_for in ("tr", "tc")):
            yield self._fault(
                opened.tag,
                f"从一个单元格到另一个单元格：开头在这里，结尾却在{tag.location}",
                f"按行重复用 {{%tr {keyword} … %}}，按格重复用 {{%tc {keyword} … %}}，开头和结尾各占一行或一格",
            )

    def _branch(self, tag: Tag, keyword: str, rest: str) -> Iterator[TagFault]:
        if not self._open or self._open[-1].keyword not in BRANCHES[keyword]:
            yield self._fault(tag, f"{keyword} 不在 {{% if %}} 之中", "补上 {% if … %}，或删去这个标记")
        elif rest.strip():
            yield from self._expression(tag, rest)

    def _begin(self, tag: Tag, keyword: str, rest: str) -> Iterator[TagFault]:
        is_block = keyword in BLOCKS or (keyword == "set" and "=" not in rest)
        text = f"{{% {tag.inner} %}}" + (f"{{% end{keyword} %}}" if is_block else "")
        before = dict(self._variables)
        if is_block:
            self._open.append(_OpenBlock(tag, keyword, before))
        try:
            tree = self._environment.parse(text)
        except TemplateSyntaxError as error:
            self._variables.update(dict.fromkeys(re.findall(r"\w+", rest.partition(" in ")[0]), ANY_NAME))
            yield self._fault(tag, _syntax(error))
            return
        except Exception:  # noqa: BLE001  # deep nesting, endless numbers: whatever an untrusted tag makes Jinja raise
            yield self._fault(tag, "写得太复杂，读不懂")
            return
        for statement in tree.body:
            yield from self._statement_names(tag, statement)

    def _statement_names(self, tag: Tag, statement: nodes.Node) -> Iterator[TagFault]:
        """Check the names that a statement uses, then add those that it declares."""
        expressions, targets, kind = _parts_of(statement)
        for expression in expressions:
            yield from self._unknown_names(tag, expression)
        for target in targets:
            self._declare(target, kind)
        if isinstance(statement, nodes.Macro):
            self._variables[statement.name] = self._open[-1].variables[statement.name] = ANY_NAME
        if isinstance(statement, nodes.For) and statement.test:
            yield from self._unknown_names(tag, statement.test)

    def _declare(self, target: nodes.Node, kind: str) -> None:
        if isinstance(target, nodes.Name):
            self._variables[target.name] = kind
        for child in target.iter_child_nodes():
            self._declare(child, ANY_NAME)

    def _expression(self, tag: Tag, text: str) -> Iterator[TagFault]:
        try:
            tree = self._environment.parse(f"{{{{ {text} }}}}")
            self._environment.compile(f"{{{{ {text} }}}}")
        except TemplateSyntaxError as error:
            yield self._fault(tag, _syntax(error))
        except Exception:  # noqa: BLE001
            yield self._fault(tag, "写得太复杂，读不懂")
        else:
            yield from self._unknown_names(tag, tree)

    def _unknown_names(self, tag: Tag, node: nodes.Node) -> Iterator[TagFault]:
        if not self._looks_at_names:
            return
        every = self._known.layouts()
        for name in dict.fromkeys(used_names(node, self._variables)):
            if name in self._variables:
                continue
            layouts = self._names.get(name)
            if layouts is None:
                yield self._unknown_name(tag, name)
            elif layouts < every and not self._is_about_one_form():
                others = "、".join(sorted(every - layouts))
                yield self._fault(
                    tag,
                    f"「{name}」只在 {'、'.join(sorted(layouts))} 年的表式里有，{others} 年的没有",
                    f"放在 {{% if layout == '{min(layouts)}' %}} 里，或分成两个模板包",
                )

    def _is_about_one_form(self) -> bool:
        """Whether a condition around the tag tests the form or the year."""
        return any(each.keyword == "if" and re.search(r"\b(?:layout|year)\b", each.tag.text) for each in self._open)

    def _unknown_name(self, tag: Tag, name: str) -> TagFault:
        shown = name.partition(">.")[2] or name
        near = KnownNames({**self._known.names, **self._names}).nearest(name)
        return self._fault(
            tag, f"没有「{shown}」这个名称", f"是否想写 {near}？" if near else "可用的名称见 docs/packs.md"
        )

    @staticmethod
    def _fault(tag: Tag, message: str, hint: str = "") -> TagFault:
        return TagFault(tag.location, tag.text, message, hint)


def _parts_of(statement: nodes.Node) -> tuple[list[nodes.Node], list[nodes.Node], str]:
    """Return a statement's expressions, the targets that it declares, and their kind."""
    match statement:
        case nodes.For():
            return [statement.iter], [statement.target], item_kind(statement.iter)
        case nodes.Assign():
            return [statement.node], [statement.target], ANY_NAME
        case nodes.AssignBlock():
            return [], [statement.target], ANY_NAME
        case nodes.Macro():
            return list(statement.defaults), list(statement.args), ANY_NAME
        case nodes.With():
            return list(statement.values), list(statement.targets), ANY_NAME
        case nodes.If():
            return [statement.test], [], ANY_NAME
        case nodes.CallBlock():
            return [statement.call], list(statement.args), ANY_NAME
        case _:
            return [], [], ANY_NAME


def _syntax(error: TemplateSyntaxError) -> str:
    return f"写得不对，{syntax_message(error.message or '')}"


TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
OPENING = re.compile(r"\{\{|\{%|\{#")
RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\}", re.DOTALL)


def source_faults(source: str, known: KnownNames) -> tuple[TagFault, ...]:
    """Return the faults of the tags of a template in text, in their order."""
    blank = RAW.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)
    tags = [Tag(found[0], _location(source, found.start())) for found in TAG.finditer(blank)]
    return (*_unclosed_tags(source, blank), *TagLinter(known).faults(tags))


def _unclosed_tags(source: str, blank: str) -> Iterator[TagFault]:
    without = TAG.sub(lambda found: " " * len(found[0]), blank)
    for found in OPENING.finditer(without):
        line = source[found.start() :].partition("\n")[0]
        yield TagFault(_location(source, found.start()), line[:40], "标记没有写完整，缺右边的括号", "补上 }} 或 %}")


def _location(source: str, offset: int) -> str:
    before = source[:offset]
    return f"第 {before.count(chr(10)) + 1} 行第 {offset - before.rfind(chr(10))} 列"
