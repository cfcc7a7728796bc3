"""Every place where a program uses a name of TensorFlow, with the keywords of the calls."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from kudari.cli.check.scopes import Scope, imported_paths, module_path, parameters
from kudari.cli.check.sources import Source


@dataclass(frozen=True)
class Use:
    """One use of a name.

    Attributes:
        paths: What the name is below `tf`; more than one where the program itself chooses between spellings.
        keywords: The keywords it is called with there, if it is called.
        file: The file, as it was named on the command line or found below a folder.
        line: The line in the file, or in the cell.
        cell: The notebook cell, counted from 1.
    """

    paths: tuple[str, ...]
    keywords: tuple[str, ...]
    file: str
    line: int
    cell: int | None = None


def find_uses(source: Source) -> list[Use]:
    """Return the uses in `source`, in the order of its lines."""
    scope = Scope()
    scope.bind([statement for unit in source.units for statement in unit.tree.body])
    uses = [use for unit in source.units for use in _Reader(source.file, unit.cell).read(unit.tree, scope)]
    return sorted(uses, key=lambda use: (use.cell or 0, use.line))


class _Reader(ast.NodeVisitor):
    def __init__(self, file: str, cell: int | None) -> None:
        self.file = file
        self.cell = cell
        self.scope = Scope()
        self.uses: list[Use] = []

    def read(self, tree: ast.Module, scope: Scope) -> list[Use]:
        self.scope = scope
        self.visit(tree)
        return self.uses

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._record((module_path(alias.name) or "",), node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for _, path in imported_paths(node):
            self._record((path,), node)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._record(self.scope.look_up(node.id), node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        paths = self.scope.paths_of(node)
        if not paths:
            self.generic_visit(node)
        elif isinstance(node.ctx, ast.Load):
            self._record(paths, node)

    def visit_Call(self, node: ast.Call) -> None:
        paths = self.scope.paths_of(node.func)
        if paths:
            self._record(paths, node.func, [keyword.arg for keyword in node.keywords if keyword.arg])
        else:
            self.visit(node.func)
        self._visit_all([*node.args, *node.keywords])

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._visit_all([*node.decorator_list, node.args])
        if node.returns:
            self.visit(node.returns)
        self._visit_inside(node.body, parameters(node.args))

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._visit_all([*node.decorator_list, *node.bases, *node.keywords])
        self._visit_inside(node.body, of_class=True)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.visit(node.args)
        self._visit_inside([node.body], parameters(node.args))

    def _visit_comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        targets = [name.id for part in node.generators for name in ast.walk(part.target) if isinstance(name, ast.Name)]
        self._visit_inside(list(ast.iter_child_nodes(node)), targets)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension  # noqa: N815

    def _visit_inside(self, body: Sequence[ast.AST], plain: Sequence[str] = (), of_class: bool = False) -> None:
        outer = self.scope
        self.scope = Scope(outer, of_class)
        self.scope.bind(body, plain)
        self._visit_all(body)
        self.scope = outer

    def _visit_all(self, nodes: Sequence[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)

    def _record(self, paths: tuple[str, ...], node: ast.stmt | ast.expr, keywords: Sequence[str] = ()) -> None:
        paths = tuple(path for path in paths if path)
        if paths:
            self.uses.append(Use(paths, tuple(keywords), self.file, _line(node), self.cell))


def _line(node: ast.stmt | ast.expr) -> int:
    """Return the line of the name itself, which in a chain of calls over several lines is the last."""
    return (node.end_lineno if isinstance(node, ast.Attribute) else None) or node.lineno
