"""What TensorFlow 1.3.0 computed, and a comparison with it bit for bit."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import jax
import numpy as np
from numeric_cases import Case, cases, sample

import kudari.ops  # noqa: F401  (defines the ops)
from kudari.op.definition import lookup
from kudari.ops.eigen import EXACT

GOLDEN = Path(__file__).parent.parent / "golden" / "numerics"


def recorded(op: str) -> dict[tuple[str, int], np.ndarray]:
    """Return the kept elements of every recorded output of `op`, by label and output number, with `.shape` lost."""
    with np.load(GOLDEN / f"{op}.npz") as file:
        index, data = json.loads(file["index"].tobytes()), file["data"].tobytes()
    found, at = {}, 0
    for label, output, dtype, shape in index:
        count = sample(np.zeros(shape, np.int8)).size
        found[label, output] = np.frombuffer(data, dtype, count, at)
        at += count * np.dtype(dtype).itemsize
    assert at == len(data)
    return found


def of(op: str) -> list[Case]:
    return [case for case in cases() if case.op == op]


def lowered(case: Case, values: list) -> list:
    """Return the outputs of `case` as an exact program computes them: the ordinary lowering where there is no other."""
    for i in case.static:
        values[i] = case.make()[i]
    definition = lookup(case.op)
    attrs = {name: case.attrs[name] for name in definition.keywords if name in case.attrs}
    if case.op == "AddN":  # one argument, a list
        values = [values]
    made = EXACT.get(case.op, definition.lower)(*values, **attrs)
    return list(made) if isinstance(made, (list, tuple)) else [made]


def computed(selected: Sequence[Case], options: dict) -> Iterator[tuple[Case, list[np.ndarray]]]:
    """Yield the outputs of each case, all computed by one program compiled with `options`."""
    made = [case.make() for case in selected]
    program = jax.jit(lambda arrays: [lowered(c, [*values]) for c, values in zip(selected, arrays, strict=True)])
    compiled = program.lower(made).compile(compiler_options=options)
    for case, outputs in zip(selected, compiled(made), strict=True):
        yield case, [np.asarray(x) for x in outputs]


def order(values: np.ndarray) -> np.ndarray:
    """Return `values` as integers in whose order neighbours differ by one; every NaN is the same."""
    flat = np.ascontiguousarray(values).reshape(-1)
    if flat.dtype.kind != "f":
        return flat
    word = flat.view(f"i{flat.dtype.itemsize}").copy()
    word[np.isnan(flat)] = np.iinfo(word.dtype).max
    return np.where(word < 0, np.iinfo(word.dtype).min - word - 1, word)


def apart(a: np.ndarray, b: np.ndarray) -> list[int]:
    """Return how many units in the last place lie between the elements of `a` and `b`; 0 only for the same bits."""
    return [abs(int(x) - int(y)) for x, y in zip(order(a), order(b), strict=True)]


def differing(selected: Sequence[Case], options: dict) -> list[str]:
    """Return one line for every case, of one op, that is further from TensorFlow's bits than the case allows."""
    expected, lines = recorded(selected[0].op), []
    for case, outputs in computed(selected, options):
        for i, output in enumerate(outputs):
            want, got = expected[case.label, i], sample(output)
            distance = apart(want, got)
            if max(distance, default=0) > case.ulps:
                first = next(j for j, ulps in enumerate(distance) if ulps > case.ulps)
                lines.append(f"{case.key}:{i} up to {max(distance)} ulp of {case.ulps}, "
                             f"first {got[first]!r} for {want[first]!r} at {first}")
    return lines
