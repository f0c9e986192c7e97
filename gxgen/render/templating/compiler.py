"""A template's syntax tree made ready to run: what it may not do refused, what it costs written into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from jinja2 import Template, nodes

from gxgen.core.errors import TemplateError
from gxgen.render.templating.budget import CHARACTERS_A_STEP, RUN, Run
from gxgen.render.templating.errors import explained
from gxgen.render.templating.filters import CONCAT, FLAT, SHOWN, SPEND

if TYPE_CHECKING:
    from jinja2 import Environment


REFUSED: Mapping[type[nodes.Node], str] = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from … import",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.ScopedEvalContextModifier: "autoescape",
}
"""Statements that load other templates, depend on them, or let data through as markup."""
CHARGED = nodes.For | nodes.Macro | nodes.CallBlock | nodes.FilterBlock
Filled = tuple[list[str], frozenset[str]]
"""What a template made, in pieces, and the parts of the report that it placed."""


def program_of(environment: Environment, source: str) -> Callable[[Mapping[str, object]], Filled]:
    """The program of a template in plain text or HTML.

    Raises:
        TemplateError: it cannot be read, or does what no template may do.
    """
    try:
        tree = environment.parse(source)
    except Exception as error:
        raise explained(error) from error
    show_all(tree)
    program = compiled(environment, tree)

    def run(names: Mapping[str, object]) -> Filled:
        try:
            return program(names)
        except TemplateError as error:
            raise _at_its_line(error) from error

    return run


def _at_its_line(error: TemplateError) -> TemplateError:
    """The error with the line of the template that it came from, which Jinja writes into the traceback."""
    from traceback import walk_tb

    raised = [one.__traceback__ for one in (error, error.__cause__) if one]
    frames = [step for traceback in raised for step in walk_tb(traceback)]
    lines = [line for frame, line in frames if frame.f_code.co_filename == "<template>"]
    return type(error)(f"第 {lines[-1]} 行：{error.message}", error.hint) if lines else error


def refuse_forbidden(tree: nodes.Template) -> None:
    """Refuse what no template may do.

    Raises:
        TemplateError: it does.
    """
    for node in tree.find_all(tuple(REFUSED)):
        raise TemplateError(
            f"模板不能用 {{% {REFUSED[type(node)]} %}}",
            "一个模板就是一个文件；要沿用别的模板包，在 pack.toml 里写 extends",
        )


def show_all(tree: nodes.Template) -> None:
    """Let every output print as its format does."""
    for output in list(tree.find_all(nodes.Output)):
        output.nodes = [
            child if isinstance(child, nodes.TemplateData) else filtered(child, SHOWN) for child in output.nodes
        ]


def filtered(node: nodes.Expr, name: str) -> nodes.Filter:
    """``node|name``."""
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def compiled(environment: Environment, tree: nodes.Template) -> Callable[[Mapping[str, object]], Filled]:
    """The program of a template whose outputs are cared for already.

    Raises:
        TemplateError: Jinja cannot compile it.
    """
    refuse_forbidden(tree)
    _replace(tree, nodes.Concat, lambda node: filtered(nodes.List(node.nodes, lineno=node.lineno), CONCAT))
    for literal in (nodes.List, nodes.Tuple, nodes.Dict):
        _replace(tree, literal, _measured)
    for block in list(tree.find_all(nodes.Stmt)):
        if isinstance(block, CHARGED):
            _charge(block)
    tree.set_environment(environment)
    try:
        code = environment.compile(tree)
        template = Template.from_code(environment, code, environment.globals)
    except Exception as error:
        raise explained(error) from error
    return lambda names: _filled(template, names)


def _filled(template: Template, names: Mapping[str, object]) -> Filled:
    run = Run()
    token = RUN.set(run)
    try:
        return list(template.generate(names)), frozenset(run.placed)
    except TemplateError:
        raise
    except Exception as error:
        # Whatever a stranger's template raises is the template's fault, and there is no list of what it may raise.
        raise explained(error) from error
    finally:
        RUN.reset(token)


def _measured(node: nodes.Expr) -> nodes.Expr:
    """A list that is written down counts for all that is in it, or lists of lists would double without end."""
    is_target = isinstance(node, nodes.Tuple) and node.ctx == "store"
    return node if is_target else filtered(node, FLAT)


def _charge(block: CHARGED) -> None:
    """Let every round of a loop and every call of a macro be paid for before it prints anything."""
    steps = 1 + sum(_static(block.body)) // CHARACTERS_A_STEP
    block.body.insert(0, nodes.Output([_spending(steps)], lineno=block.lineno))
    if isinstance(block, nodes.For) and block.test is not None:
        block.test = nodes.And(nodes.Not(_spending(1)), block.test, lineno=block.lineno)


def _spending(steps: int) -> nodes.Filter:
    return filtered(nodes.Const(steps, lineno=1), SPEND)


def _static(body: list[nodes.Node]) -> Iterator[int]:
    """The lengths of the texts that a body prints each time; loops within it pay for themselves."""
    for node in body:
        if isinstance(node, nodes.TemplateData):
            yield len(node.data)
        elif not isinstance(node, (nodes.For, nodes.Macro)):
            yield from _static(list(node.iter_child_nodes()))


def _replace(node: nodes.Node, kind: type[nodes.Node], by: Callable[..., nodes.Node]) -> None:
    """Exchange every node of a kind, the innermost first."""
    for name, value in node.iter_fields():
        if isinstance(value, list):
            for child in value:
                if isinstance(child, nodes.Node):
                    _replace(child, kind, by)
            value[:] = [by(child) if type(child) is kind else child for child in value]
        elif isinstance(value, nodes.Node):
            _replace(value, kind, by)
            if type(value) is kind:
                setattr(node, name, by(value))
