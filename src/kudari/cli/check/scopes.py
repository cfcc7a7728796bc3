"""Which names of a program stand for something of TensorFlow: import aliases and simple rebinding."""

import ast
from collections.abc import Iterable, Iterator
from typing import TypeGuard

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")


class Scope:
    """The names bound by one module, function, class, lambda or comprehension.

    A name stands for several paths where a program chooses (`try: import tensorflow.compat.v1 as tf`), and for none
    where it is bound to anything else. What an import binds stays bound: `tf = None` in an `except` does not undo it.
    """

    def __init__(self, parent: "Scope | None" = None, of_class: bool = False) -> None:
        self.parent = parent
        self.of_class = of_class
        self.paths: dict[str, tuple[str, ...]] = {}

    def look_up(self, name: str) -> tuple[str, ...]:
        """Return the paths below `tf` that `name` may stand for; none if it is not TensorFlow's."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.paths and (scope is self or not scope.of_class):  # methods do not see class variables
                return scope.paths[name]
            scope = scope.parent
        return ()

    def paths_of(self, node: ast.expr) -> tuple[str, ...]:
        """Return what an expression like `tf.contrib.layers` may stand for."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ()
        return tuple(join(path, *reversed(parts)) for path in self.look_up(node.id))

    def bind(self, statements: Iterable[ast.AST], plain: Iterable[str] = ()) -> None:
        """Take in what `statements` bind, the functions and classes among them unopened, and the names in `plain`."""
        nodes = [node for statement in statements for node in _statements(statement)]
        imported = {name for node in nodes for name in self._import(node)}
        self._assign(nodes, imported, dict.fromkeys(plain))

    def _import(self, node: ast.AST) -> list[str]:
        bound = list(imported_paths(node))
        for name, path in bound:
            self.paths[name] = tuple(dict.fromkeys((*self.paths.get(name, ()), path)))
        return [name for name, _ in bound]

    def _assign(self, nodes: list[ast.AST], imported: set[str], plain: dict[str, None]) -> None:
        for node in nodes:
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                self._rebind(node.targets[0].id, node.value, imported, plain)
            else:
                plain.update(dict.fromkeys(_bound_otherwise(node)))
        for name in plain:
            if name not in imported:
                self.paths[name] = ()

    def _rebind(self, name: str, value: ast.expr, imported: set[str], plain: dict[str, None]) -> None:
        choices = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
        paths = [path for choice in choices for path in self.paths_of(choice)]
        if not paths:
            plain[name] = None
        elif name not in imported:
            self.paths[name] = tuple(dict.fromkeys((*self.paths.get(name, ()), *paths)))


def imported_paths(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield (name, path) for every name of TensorFlow that an import statement binds."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            path = module_path(alias.name)
            if path is not None:
                yield (alias.asname, path) if alias.asname else (alias.name.partition(".")[0], "")
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        path = module_path(node.module)
        if path is not None:
            for alias in node.names:
                if alias.name != "*":
                    yield alias.asname or alias.name, join(path, alias.name)


def module_path(name: str) -> str | None:
    """Return what an imported module is below `tf`, or None if it is not TensorFlow's.

    `kudari` is the root as well, but the modules of its package are its own.
    """
    root, _, path = name.partition(".")
    return join(path) if root == "tensorflow" or name == "kudari" else None


def join(*parts: str) -> str:
    """Join the parts of a path, without `compat.v1`, which is the root once more."""
    path = ".".join(part for part in parts if part)
    while path == "compat.v1" or path.startswith("compat.v1."):
        path = path[len("compat.v1") :].lstrip(".")
    return path


def parameters(arguments: ast.arguments) -> list[str]:
    """Return the names that a function's parameters bind."""
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [arg.arg for arg in [*named, arguments.vararg, arguments.kwarg] if arg]


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield `node` and the statements in its blocks, functions and classes unopened; of an expression, only itself."""
    yield node
    if isinstance(node, (_DEFINITIONS, ast.expr)):
        return
    for block in _BLOCKS:
        for inner in getattr(node, block, ()):
            yield from _statements(inner)


def _bound_otherwise(node: ast.AST) -> Iterator[str]:
    if isinstance(node, (*_DEFINITIONS, ast.ExceptHandler)):
        yield node.name or ""
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        ours = {name for name, _ in imported_paths(node)}
        names = (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        yield from (name for name in names if name not in ours)
    else:
        for target in _targets(node):
            yield from (inner.id for inner in ast.walk(target) if _is_stored(inner))


def _targets(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.Assign):
        return list(node.targets)
    if isinstance(node, (ast.AugAssign, ast.AnnAssign, ast.For, ast.AsyncFor)):
        return [node.target]
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return [item.optional_vars for item in node.items if item.optional_vars]
    return []


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
