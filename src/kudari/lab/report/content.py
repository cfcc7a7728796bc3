"""What the page of a study holds, as JSON: numbers in bulk are base64 of 32-bit floats."""

from __future__ import annotations

import base64
import datetime
import importlib.metadata
import platform
from typing import TYPE_CHECKING, Any

import numpy as np

from ...version import __version__
from ..points import SEED
from ..swept import RATE
from ..untold import UNTOLD, words
from .landscape import landscape
from .sharpness import sharpness

if TYPE_CHECKING:
    from ..study import Study

MOST_LOSSES = 120_000  # numbers of each kind; of more, one step in so many is left out
MOST_RECORDED = 200_000
MOST_PLACES = 120_000
HOW_TO_TRACE = "kudari study --report records them; from Python, give traces=True to lab.sweep or lab.study."


def content(study: Study, title: str, command: str) -> dict[str, Any]:
    """Return everything the page of a study shows.

    Args:
      study: what was found.
      title: what was studied.
      command: what makes it again.
    """
    return {
        "title": title,
        "columns": [*study.points.columns],
        "labels": [_label(study, lane) for lane in range(len(study.points))],
        "values": [number(value) for value in study.values],
        "statuses": [study.status(lane) for lane in range(len(study.values))],
        "own_lane": study.own_lane,
        "interrupted": study.interrupted is not None,
        "lost_at": [int(step) for step in study.lost_at],
        "steps": study.steps,
        "losses": _losses(study),
        "records": _records(study),
        "stability": _stability(study),
        "recommendation": _recommendation(study),
        "explanation": study.explain(),
        "path": _path(study),
        "sharpness": _sharpness(study),
        "environment": environment(),
        "command": command,
    }


def environment() -> list[tuple[str, str]]:
    """Return what the study was made with, each thing with its name."""
    import jax
    devices = jax.devices()
    kind = devices[0].device_kind
    device = devices[0].platform.upper() + ("" if kind.lower() == devices[0].platform else f" ({kind})")
    return [
        ("Kudari", __version__),
        ("JAX", importlib.metadata.version("jax")),
        ("NumPy", np.__version__),
        ("Python", platform.python_version()),
        ("Device", device if len(devices) == 1 else f"{len(devices)} of {device}"),
        ("System", f"{platform.system()} {platform.machine()}"),
        ("Date", datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")),
    ]


def number(value: Any) -> float | str:
    """Return a number that JSON has, or the name of one that it has not."""
    value = float(value)
    return value if np.isfinite(value) else "NaN" if np.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def packed(values: Any) -> str:
    """Return numbers as 32-bit floats in base64; what is finite stays finite."""
    array = np.asarray(values, np.float64)
    largest = float(np.finfo(np.float32).max)
    array = np.where(np.isfinite(array), np.clip(array, -largest, largest), array)
    return base64.b64encode(array.astype("<f4").tobytes()).decode()


def thinned(count: int, width: int, most: int) -> np.ndarray:
    """Return which of `count` rows of `width` numbers to keep, evenly, so that they are `most` numbers at most."""
    kept = max(min(count, most // max(width, 1)), min(count, 2))
    return np.unique(np.linspace(0, count - 1, kept).round().astype(int)) if count else np.zeros(0, int)


def _label(study: Study, lane: int) -> str:
    return " · ".join(f"{value:.4g}" for value in study.points.of(lane).values())


def _losses(study: Study) -> dict[str, Any]:
    """The losses of all lanes, at the steps where the study looked and those that the trace kept."""
    found = {} if study.trace is None else {step: losses for step, losses in zip(study.trace.steps, study.trace.losses)
                                            if not np.isnan(losses).all()}
    found.update(dict(study.losses))
    steps = sorted(found)
    kept = [steps[i] for i in thinned(len(steps), len(study.values), MOST_LOSSES)]
    rows = [np.asarray(found[step], np.float64) for step in kept]
    return {"steps": kept, "values": packed(np.stack(rows, 1) if rows else [])}


def _records(study: Study) -> dict[str, Any]:
    """What the program fetched, for each set of names that it fetched together: a table."""
    tables: dict[tuple, list[tuple[int, dict]]] = {}
    for step, record in study.records:
        shapes = tuple((name, np.shape(values)[1:]) for name, values in record.items())
        tables.setdefault(shapes, []).append((step, record))
    if not tables:
        return {"columns": [], "steps": [], "values": "", "left_out": 0}
    shapes, rows = max(tables.items(), key=lambda item: len(item[1]))
    columns = [name + (f"[{', '.join(map(str, index))}]" if np.prod(shape) > 1 else "")
               for name, shape in shapes for index in np.ndindex(*shape)]
    kept = thinned(len(rows), len(study.values) * len(columns), MOST_RECORDED)
    numbers = [np.concatenate([np.asarray(values, np.float64).reshape(len(study.values), -1)
                               for values in rows[i][1].values()], 1) for i in kept]
    return {"columns": columns, "steps": [rows[i][0] for i in kept], "values": packed(np.stack(numbers, 1)),
            "left_out": len(rows) - len(kept)}


def _stability(study: Study) -> dict[str, Any] | None:
    found = study.stability
    if found is None:
        return None
    return {"optimizer": found.optimizer.removesuffix("Optimizer"), "lambda_max": number(found.lambda_max),
            "lambda_min": number(found.lambda_min), "limit": number(found.limit)}


def _recommendation(study: Study) -> dict[str, Any] | None:
    found = study.recommendation
    if found is None:
        return None
    known = found.learning_rate is not None
    ends = {"low": number(found.low), "high": number(found.high)} if known else {"low": None, "high": None}
    return {"learning_rate": number(found.learning_rate) if known else None, **ends, "reasons": found.reasons,
            "doubts": found.doubts}


def _path(study: Study) -> dict[str, Any]:
    trace = study.trace
    if trace is None:
        return {"missing": f"The paths of the parameters were not recorded: {HOW_TO_TRACE}"}
    if len(trace.parameters) < 2 or not trace.steps:
        count = len(trace.parameters)
        return {"missing": f"A path needs two parameters, but the model has {count} that training moves."}
    best = int(np.argmin(study.last_losses()))
    sound = [lane for lane in range(len(study.values)) if study.status(lane) in ("converged", "training")]
    try:
        found = landscape(trace, best, sound)
    except UNTOLD as error:
        return {"missing": f"The loss around the paths could not be evaluated: {words(error)}."}
    if found is None:
        return {"missing": "The loss around the paths could not be evaluated: it is not known what the program makes small."}
    kept = thinned(len(trace.steps), len(study.values) * (len(found.chosen) + 1), MOST_PLACES)
    places = np.stack([trace.places[i][:, found.chosen] for i in kept], 1)
    return {
        "names": found.names,
        "steps": [trace.steps[i] for i in kept],
        "places": packed(places),
        "losses": packed(np.stack([trace.losses[i] for i in kept], 1)),
        "low": found.low.tolist(),
        "high": found.high.tolist(),
        "grids": {f"{x},{y}": packed(grid) for (x, y), grid in found.grids.items()},
        "held": found.held,
        "held_at": best,
    }


def _sharpness(study: Study) -> dict[str, Any]:
    if study.trace is None:
        return {"missing": f"The weights along the way were not recorded: {HOW_TO_TRACE}"}
    if [*study.points.swept] != [RATE]:
        swept = " and ".join(study.points.swept) or SEED
        return {"missing": f"Which curvature a lane bears is told where only the learning rate was swept, not {swept}."}
    if study.trace.loss is not None and not study.trace.states:
        return {"missing": "The model is too large for its weights to be kept at points of the way."}
    try:
        found = sharpness(study.trace)
    except UNTOLD as error:
        return {"missing": f"The curvature along the way could not be taken: {words(error)}."}
    if found is None:
        return {"missing": "The curvature along the way could not be taken: it is not known what the program makes small."}
    return {"lanes": found.lanes, "steps": found.steps, "values": packed(found.values), "bound": found.bound,
            "is_adaptive": found.is_adaptive}
