"""Imports point one way, up the table of layers in the design, never in a circle; JAX stays out of the first rows."""

import ast
import functools
import graphlib
import pathlib

import pytest

# The table of DESIGN: a module imports only from its own row or one above it.
LAYERS = [
    "errors dtypes nest platform shape protos example_protos declared_protos version",
    "graph",
    "op io",
    "ops",
    "autodiff runtime",
    "variables functions",
    "train nn layers losses metrics data summary profiling",
    "contrib datasets estimator keras testing",
    "_api __init__",
    "lab",
    "cli shim __main__",
]
RANK = {name: i for i, row in enumerate(LAYERS) for name in row.split()}
# The package's front door holds the switch that installs the import shim, which is a row below it.
EXCEPT = {("__init__", "shim")}
ROOT = pathlib.Path(__file__).parent.parent / "src" / "kudari"
FILES = sorted(ROOT.rglob("*.py"))


def module_name(path):
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in FILES}


def layer(module):
    _, _, rest = module.partition(".")
    return rest.split(".")[0] if rest else "__init__"


@functools.cache
def statements(path):
    """Every import statement of a file that runs, with whether it runs when the module is imported."""
    found = []

    def walk(node, at_once):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            return
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.append((node, at_once))
        inside = at_once and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            walk(child, inside)

    walk(ast.parse(path.read_text()), True)
    return found


def targets(node, path):
    """The modules an import statement of `path` names; of Kudari's, the innermost that is a file."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        package = path.relative_to(ROOT.parent).parts[:-1]
        base = ".".join([*package[:len(package) - node.level + 1], *filter(None, [base])])
    return [full if (full := f"{base}.{alias.name}") in MODULES else base for alias in node.names]


def imports(path, only_at_once=False):
    return [target for node, at_once in statements(path) if at_once or not only_at_once
            for target in targets(node, path)]


@pytest.mark.parametrize("module", MODULES)
def test_every_module_is_in_a_layer(module):
    assert layer(module) in RANK, f"{module}: add `{layer(module)}` to the table of layers"


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_up(module):
    here = layer(module)
    wrong = [target for target in imports(MODULES[module]) if target.partition(".")[0] == "kudari"
             and RANK.get(layer(target), len(LAYERS)) > RANK[here] and (here, layer(target)) not in EXCEPT]
    assert not wrong


def test_no_import_goes_in_a_circle():
    needs = {module: {target for target in imports(path, only_at_once=True) if target in MODULES and target != module}
             for module, path in MODULES.items()}
    graphlib.TopologicalSorter(needs).prepare()


@pytest.mark.parametrize("module", [m for m in MODULES if RANK.get(layer(m), len(LAYERS)) <= RANK["op"]])
def test_the_first_rows_do_without_jax(module):
    assert not [target for target in imports(MODULES[module]) if target.split(".")[0] in ("jax", "jaxlib")]


@pytest.mark.parametrize("module", MODULES)
def test_tensorflow_is_never_imported(module):
    assert not [target for target in imports(MODULES[module]) if target.split(".")[0] == "tensorflow"]


@pytest.mark.parametrize("module", MODULES)
def test_protocol_buffers_are_imported_when_used(module):
    heavy = ("google", "tensorboard")
    assert not [target for target in imports(MODULES[module], only_at_once=True) if target.split(".")[0] in heavy]


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_a_drawer(module):
    assert not {"utils", "util", "helpers", "common", "misc"} & set(module.split("."))


def test_the_rule_sees_a_wrong_import(tmp_path):
    source = tmp_path / "wrong.py"
    source.write_text("def late():\n    import jax\n"
                      "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import numpy\n")
    assert [(node.names[0].name, at_once) for node, at_once in statements(source)] == [("jax", False),
                                                                                       ("TYPE_CHECKING", True)]
    inside = ROOT / "graph" / "graph.py"
    assert targets(ast.parse("from ..runtime.session import Session").body[0], inside)[0].startswith("kudari.runtime")
    assert targets(ast.parse("from . import names").body[0], inside) == ["kudari.graph.names"]
