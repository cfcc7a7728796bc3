"""Every op against TensorFlow's definition of it, and against itself: one row of a table, five checks."""

import json
from pathlib import Path

import jax
import numpy as np
import pytest

from kudari.autodiff.gradients import gradients
from kudari.dtypes import ANY, DType, TypeSet, as_dtype
from kudari.op.constant import constant
from kudari.op.definition import definitions, lookup
from kudari.op.signature import REQUIRED
from kudari.runtime.options import SessionOptions
from kudari.runtime.session import Session
from kudari.variables.listing import variables_initializer

from .table import Node, all_cases, flat_inputs, in_double, lower

OPDEFS = json.loads((Path(__file__).parent.parent / "golden" / "opdefs.json").read_text())
CASES = all_cases()
STEP = 1e-5

# These hold what a session gives them, direct what runs, or call what only a program has; their lowerings never run.
GIVEN = {"Placeholder", "VariableV2", "IsVariableInitialized", "PyFunc", "PyFuncStateless", "EagerPyFunc",
         "VarHandleOp",
         "VarIsInitializedOp", "DestroyResourceOp", "HashTableV2", "MutableHashTableV2", "MutableHashTableOfTensorsV2"}
CONTROL = {"Switch", "RefSwitch", "Merge", "RefMerge", "RefIdentity", "Enter", "RefEnter", "Exit", "RefExit",
           "NextIteration", "RefNextIteration", "LoopCond", "StackV2", "TensorArrayV3"}
# These take the handle of a stack, an array or a table, which is no value to put in a row.
HANDLED = {"StackPushV2", "StackPopV2", "StackCloseV2", "TensorArrayGradV3", "TensorArrayGradWithShape",
           "TensorArrayWriteV3", "TensorArrayReadV3", "TensorArrayGatherV3", "TensorArrayScatterV3",
           "TensorArrayConcatV3", "TensorArraySplitV3", "TensorArraySizeV3", "TensorArrayCloseV3",
           "InitializeTableV2", "InitializeTableFromTextFileV2", "LookupTableExportV2", "LookupTableFindV2",
           "LookupTableImportV2", "LookupTableInsertV2", "LookupTableRemoveV2", "LookupTableSizeV2", "MergeV2Checkpoints"}
# These take or give what a session keeps for datasets, queues and readers, or integers whose arrays do not say that they
# are quantized: golden pipelines and graphs run them.
KEPT = {d.name for d in definitions() if d.lower.__module__.removeprefix("kudari.ops.")
        in ("datasets", "iterators", "queues", "readers", "sparse_maps", "accumulators", "staging", "summary_writers",
            "optionals", "cardinalities", "csv_datasets", "quantized_integers")}

over_rows = pytest.mark.parametrize("case", CASES, ids=repr)
over_runnable_rows = pytest.mark.parametrize("case", [case for case in CASES if case.type not in GIVEN | CONTROL], ids=repr)


def test_every_op_has_a_row():
    missing = {d.name for d in definitions()} - {case.type for case in CASES} - {"Const", "Placeholder"}
    assert missing == HANDLED | KEPT


def test_labels_are_unique():
    labels = [case.label for case in CASES]
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize("name", sorted({case.type for case in CASES} | HANDLED | KEPT))
def test_signature_is_tensorflows(name):
    definition, golden = lookup(name), OPDEFS[name]
    assert [_argument(definition, arg) for arg in definition.inputs] == golden["inputs"]
    assert [_argument(definition, arg) for arg in definition.outputs] == golden["outputs"]
    attrs = {attr["name"]: {k: v for k, v in attr.items() if k != "minimum"} for attr in golden.get("attrs", ())}
    assert {key: _attr(key, attr) for key, attr in definition.attrs.items()} == attrs


def _argument(definition, arg):
    entry = {"name": arg.name}
    if arg.is_type_list:
        entry["type_list_attr"] = arg.type
    else:
        entry["type_attr" if arg.type in definition.attrs else "type"] = arg.type
    if arg.count is not None:
        entry["number_attr"] = arg.count
    if arg.is_ref:
        entry["is_ref"] = True
    return entry


def _attr(key, attr):
    entry = {"name": key, "type": attr.kind}
    if attr.default is not REQUIRED:
        entry["default"] = _plain(attr.default)
    if attr.allowed is not None and attr.allowed != ANY and {*getattr(attr.allowed, "allowed", ())} != {*ANY.allowed}:
        entry["allowed"] = _plain(attr.allowed)
    return entry


def _plain(value):
    if isinstance(value, DType):
        return value.name
    if isinstance(value, TypeSet):
        return [dtype.name for dtype in value.allowed]
    if isinstance(value, np.ndarray):
        return {"dtype": value.dtype.name, "shape": list(value.shape), "values": value.ravel().tolist()}
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value


@over_runnable_rows
def test_shape_rule_is_the_shape_of_the_lowering(case):
    node = Node(case)
    real = _real_outputs(node)[_written_only(node.definition):][:len(node.op.outputs)]
    assert [t.dtype.base_dtype for t in node.op.outputs] == [_dtype(r) for r in real]
    for tensor, result in zip(node.op.outputs, real, strict=True):
        if tensor.static_shape is not None:
            assert _fits(tensor.static_shape, result.shape), (tensor.static_shape, result.shape)
        if _rule_must_know(node):
            assert tensor.static_shape == tuple(result.shape)


def _written_only(definition):
    """How many results are the new values of variables that are no outputs."""
    written = sum(arg.is_ref or arg.writes for arg in definition.inputs)
    return 0 if any(arg.is_ref for arg in definition.outputs) else written


def _rule_must_know(node):
    """A rule may be vague about what depends on values, and about what no rule is for."""
    return node.definition.shape_rule is not None and not node.definition.host and not node.case.vague


def _real_outputs(node):
    arrays = [array for _, array in flat_inputs(node.case)]
    if node.definition.host or any(a.dtype == object for a in arrays) or not node.definition.outputs:
        return [np.asarray(value) for value in lower(node, arrays)]
    given = [i for i, (arg, _) in enumerate(flat_inputs(node.case)) if not arg.is_static]

    def run(dynamic):
        full = list(arrays)
        for i, value in zip(given, dynamic):
            full[i] = value
        return lower(node, full)

    return jax.eval_shape(run, [arrays[i] for i in given])


def _dtype(result):
    return as_dtype(result.dtype)


def _fits(shape, real):
    return len(shape) == len(real) and all(s in (None, r) for s, r in zip(shape, real))


@pytest.mark.parametrize("known", ["nothing", "rank"])
@over_rows
def test_shape_rule_does_not_contradict_what_it_does_not_know(case, known):
    full = Node(case)
    node = Node(case, {"nothing": lambda shape: None, "rank": lambda shape: (None,) * len(shape)}[known])
    for vague, exact in zip(node.op.outputs, full.op.outputs, strict=True):
        if vague.static_shape is not None and exact.static_shape is not None:
            assert _fits(vague.static_shape, exact.static_shape)


def _run(node, fetches, interpret):
    with Session(graph=node.graph, config=SessionOptions(interpret=interpret)) as session:
        if node.variables:
            with node.graph.as_default():
                session.run(variables_initializer(node.variables))
        return session.run(fetches, node.feeds)


def _after(node, interpret):
    """The outputs of the op; what it leaves in the variables if it has none."""
    if node.op.outputs:
        return _run(node, list(node.op.outputs), interpret)
    with node.graph.as_default(), node.graph.control_dependencies([node.op]):
        held = [variable.read_value() for variable in node.variables]
    return _run(node, held or node.op, interpret) or []


@over_runnable_rows
def test_interpreted_equals_compiled(case):
    node = Node(case)
    for left, right in zip(_after(node, False), _after(node, True), strict=True):
        _assert_same(left, right)


def _assert_same(left, right):
    left, right = np.asarray(left), np.asarray(right)
    assert left.dtype == right.dtype
    if left.dtype.kind in "fc":
        np.testing.assert_allclose(left, right, rtol=1e-3 if left.dtype.itemsize == 2 else 1e-5, atol=1e-6)
    else:
        np.testing.assert_array_equal(left, right)


def _differentiable(case):
    if case.type in CONTROL or not lookup(case.type).is_differentiable or lookup(case.type).gradient_rule is None:
        return ()
    if case.differentiable is not None:
        return case.differentiable
    return tuple(i for i, (arg, array) in enumerate(flat_inputs(case))
                 if array.dtype.kind == "f" and not arg.is_static and not arg.is_ref)


@pytest.mark.parametrize("case", [case for case in CASES if _differentiable(case)], ids=repr)
def test_gradient_is_the_slope(case):
    node = Node(in_double(case))
    places = _differentiable(case)
    arrays = [array for _, array in flat_inputs(node.case)]
    outputs = [i for i, t in enumerate(node.op.outputs) if t.dtype.is_floating]
    weights = _weights([node.op.outputs[i] for i in outputs], lower(node, arrays), outputs)
    with node.graph.as_default():
        grads = gradients([node.op.outputs[i] for i in outputs], [node.tensors[i] for i in places],
                          [constant(w) for w in weights])
    found = _run(node, [g for g in grads if g is not None], False)
    rest = iter(found)
    for place, grad in zip(places, grads):
        dense = np.zeros_like(arrays[place]) if grad is None else _dense(next(rest), arrays[place])
        slope = _slope(node, arrays, place, outputs, weights)
        np.testing.assert_allclose(dense, slope, rtol=2e-4, atol=2e-6, err_msg=f"input {place}")


def _weights(tensors, results, outputs):
    random = np.random.RandomState(7)
    return [random.uniform(0.5, 1.5, np.shape(results[i])) for i in outputs]


def _dense(grad, array):
    if isinstance(grad, np.ndarray | np.generic):
        return grad
    dense = np.zeros_like(array)
    np.add.at(dense, grad.indices, grad.values)
    return dense


def _slope(node, arrays, place, outputs, weights):
    def total(array):
        results = lower(node, [*arrays[:place], array, *arrays[place + 1:]])
        return sum(float(np.sum(w * np.asarray(results[i]))) for i, w in zip(outputs, weights))

    slope = np.zeros_like(arrays[place])
    for index in np.ndindex(slope.shape):
        up, down = arrays[place].copy(), arrays[place].copy()
        up[index] += STEP
        down[index] -= STEP
        slope[index] = (total(up) - total(down)) / (2 * STEP)
    return slope
