"""Compile a template: refuse what no template may do, and write what each step costs into its syntax tree.

Jinja parses the template; the tree is then rewritten before Jinja compiles it to Python:

- every output passes through a filter that formats it and records the names that it places;
- every list, tuple or mapping literal, and every ``~``, passes through a filter that consumes its size, because
  literals nested in loops would double without end;
- the body of every loop and macro begins with an output that prints nothing and consumes the body's cost, so that each
  round is paid for before it prints anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Template, nodes

from gxgen.core.errors import TemplateError
from gxgen.render.templating.budget import CHARACTERS_PER_STEP, CURRENT_RENDERING, Rendering
from gxgen.render.templating.errors import as_template_error
from gxgen.render.templating.filters import CONCAT, CONSUME, FORMAT, MEASURE

if TYPE_CHECKING:
    from jinja2 import Environment


FORBIDDEN_STATEMENTS: Mapping[type[nodes.Node], str] = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from … import",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.ScopedEvalContextModifier: "autoescape",
}
"""Statements that load other templates, depend on them, or let data through as markup."""
METERED = nodes.For | nodes.Macro | nodes.CallBlock | nodes.FilterBlock
"""Statements whose bodies run any number of times."""


class TemplateOutput(NamedTuple):
    """The output of a template in pieces, and the names of the report that it has placed."""

    pieces: list[str]
    placed: frozenset[str]


CompiledTemplate = Callable[[Mapping[str, object]], TemplateOutput]
"""Renders a template with the names given to it."""


def compile_template(environment: Environment, source: str) -> CompiledTemplate:
    """Compile a template in plain text or HTML.

    Raises:
        TemplateError: the template cannot be read, or does what no template may do.
    """
    try:
        tree = environment.parse(source)
    except Exception as error:
        raise as_template_error(error) from error
    _format_outputs(tree)
    compiled = compile_tree(environment, tree)

    def render(names: Mapping[str, object]) -> TemplateOutput:
        try:
            return compiled(names)
        except TemplateError as error:
            raise _with_line(error) from error

    return render


def _with_line(error: TemplateError) -> TemplateError:
    """Prefix the error with the template's line, which Jinja writes into the traceback."""
    from traceback import walk_tb

    raised = [one.__traceback__ for one in (error, error.__cause__) if one]
    frames = [step for traceback in raised for step in walk_tb(traceback)]
    lines = [line for frame, line in frames if frame.f_code.co_filename == "<template>"]
    return type(error)(f"第 {lines[-1]} 行：{error.message}", error.hint) if lines else error


def refuse_forbidden(tree: nodes.Template) -> None:
    """Refuse statements that no template may use.

    Raises:
        TemplateError: the template uses one.
    """
    for node in tree.find_all(tuple(FORBIDDEN_STATEMENTS)):
        raise TemplateError(
            f"模板不能用 {{% {FORBIDDEN_STATEMENTS[type(node)]} %}}",
            "一个模板就是一个文件；要沿用别的模板包，在 pack.toml 里写 extends",
        )


def _format_outputs(tree: nodes.Template) -> None:
    for output in list(tree.find_all(nodes.Output)):
        output.nodes = [
            child if isinstance(child, nodes.TemplateData) else apply_filter(child, FORMAT) for child in output.nodes
        ]


def apply_filter(node: nodes.Expr, name: str) -> nodes.Filter:
    """Return ``node|name``."""
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def compile_tree(environment: Environment, tree: nodes.Template) -> CompiledTemplate:
    """Compile a syntax tree whose outputs are filtered already.

    Raises:
        TemplateError: Jinja cannot compile it, or it uses what no template may use.
    """
    refuse_forbidden(tree)
    _replace_nodes(tree, nodes.Concat, lambda node: apply_filter(nodes.List(node.nodes, lineno=node.lineno), CONCAT))
    for literal in (nodes.List, nodes.Tuple, nodes.Dict):
        _replace_nodes(tree, literal, _measure)
    for block in list(tree.find_all(nodes.Stmt)):
        if isinstance(block, METERED):
            _meter(block)
    tree.set_environment(environment)
    try:
        code = environment.compile(tree)
        template = Template.from_code(environment, code, environment.globals)
    except Exception as error:
        raise as_template_error(error) from error
    return lambda names: _generate(template, names)


def _generate(template: Template, names: Mapping[str, object]) -> TemplateOutput:
    rendering = Rendering()
    token = CURRENT_RENDERING.set(rendering)
    try:
        return TemplateOutput(list(template.generate(names)), frozenset(rendering.placed))
    except TemplateError:
        raise
    except Exception as error:
        # Whatever an untrusted template raises is the template's fault, and there is no list of what it may raise.
        raise as_template_error(error) from error
    finally:
        CURRENT_RENDERING.reset(token)


def _measure(node: nodes.Expr) -> nodes.Expr:
    is_target = isinstance(node, nodes.Tuple) and node.ctx == "store"
    return node if is_target else apply_filter(node, MEASURE)


def _meter(block: METERED) -> None:
    """Insert the cost of a body before its first output, and that of a loop's test before the test."""
    steps = 1 + sum(_text_lengths(block.body)) // CHARACTERS_PER_STEP
    block.body.insert(0, nodes.Output([_consumption(steps)], lineno=block.lineno))
    if isinstance(block, nodes.For) and block.test is not None:
        # The filter returns "", so that ``not`` of it is true and the test itself decides.
        block.test = nodes.And(nodes.Not(_consumption(1)), block.test, lineno=block.lineno)


def _consumption(steps: int) -> nodes.Filter:
    return apply_filter(nodes.Const(steps, lineno=1), CONSUME)


def _text_lengths(body: list[nodes.Node]) -> Iterator[int]:
    """Yield the lengths of the texts that a body prints each time, except those in metered blocks within it."""
    for node in body:
        if isinstance(node, nodes.TemplateData):
            yield len(node.data)
        elif not isinstance(node, (nodes.For, nodes.Macro)):
            yield from _text_lengths(list(node.iter_child_nodes()))


def _replace_nodes(node: nodes.Node, kind: type[nodes.Node], replace: Callable[..., nodes.Node]) -> None:
    """Replace every node of a kind, the innermost first."""
    for name, value in node.iter_fields():
        if isinstance(value, list):
            for child in value:
                if isinstance(child, nodes.Node):
                    _replace_nodes(child, kind, replace)
            value[:] = [replace(child) if type(child) is kind else child for child in value]
        elif isinstance(value, nodes.Node):
            _replace_nodes(value, kind, replace)
            if type(value) is kind:
                setattr(node, name, replace(value))
