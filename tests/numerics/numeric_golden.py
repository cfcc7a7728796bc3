"""What TensorFlow 1.3.0 computed, and a comparison with it bit for bit."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import jax
import numpy as np
from numeric_cases import Case, cases, sample

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


def computed(selected: Sequence[Case], options: dict) -> Iterator[tuple[Case, list[np.ndarray]]]:
    """Yield the outputs of each case, all computed by one program compiled with `options`."""
    made = [case.make() for case in selected]

    def program(arrays):
        return [_lower(case, [*values]) for case, values in zip(selected, arrays, strict=True)]

    def _lower(case, values):
        for i in case.static:
            values[i] = case.make()[i]
        return EXACT[case.op](*values, **case.attrs)

    compiled = jax.jit(program).lower(made).compile(compiler_options=options)
    for case, outputs in zip(selected, compiled(made), strict=True):
        yield case, [np.asarray(x) for x in (outputs if isinstance(outputs, (list, tuple)) else [outputs])]


def bits(values: np.ndarray) -> np.ndarray:
    """Return `values` as integers, every NaN as the same one."""
    flat = np.ascontiguousarray(values).reshape(-1)
    if flat.dtype.kind != "f":
        return flat
    word = flat.view(f"u{flat.dtype.itemsize}").copy()
    word[np.isnan(flat)] = np.iinfo(word.dtype).max
    return word


def differing(op: str, options: dict) -> list[str]:
    """Return one line for every case of `op` whose bits are not TensorFlow's."""
    expected, lines = recorded(op), []
    for case, outputs in computed(of(op), options):
        for i, output in enumerate(outputs):
            want, got = expected[case.label, i], sample(output)
            wrong = np.flatnonzero(bits(want) != bits(got))
            if wrong.size:
                first = wrong[0]
                lines.append(f"{case.key}:{i} {wrong.size} of {want.size}, first {got[first]!r} for {want[first]!r}")
    return lines
