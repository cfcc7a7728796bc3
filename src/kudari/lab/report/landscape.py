"""The loss around the ways that lanes took, over two parameters at a time."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...runtime.lanes import Lanes
from ..trace import Trace

SHOWN = 6  # parameters to choose from
POINTS = 41  # along each side of a grid
FEWER_POINTS = 25  # for models of more parameters than `SMALL`
SMALL = 1000
AT_ONCE = 2**22  # numbers of all copies of the model that are evaluated together


@dataclass(frozen=True)
class Landscape:
    """Losses on grids.

    Args:
      chosen: the places of the parameters among those that the trace follows.
      names: of these.
      low: the lower end of the grids for each.
      high: the upper end.
      grids: for each two of the parameters, the losses; rows go along the second, columns along the first.
      held: how many other parameters stay fixed.
    """

    chosen: list[int]
    names: list[str]
    low: np.ndarray
    high: np.ndarray
    grids: dict[tuple[int, int], np.ndarray]
    held: int


def landscape(trace: Trace, best: int, sound: Sequence[int]) -> Landscape | None:
    """Evaluate the loss around the ways of lanes, on the first batch.

    Args:
      trace: the ways.
      best: the lane at whose end all other parameters stay, and whose way lies within the grids.
      sound: lanes whose ways should, too.

    Returns:
      `None` if there are no two parameters, or no loss to evaluate.
    """
    if trace.loss is None or len(trace.parameters) < 2 or not trace.steps:
        return None
    ways = np.stack(trace.places, 1)  # lanes, steps, parameters
    way = ways[best][np.isfinite(ways[best]).all(1)]
    chosen = sorted(np.argsort(-np.ptp(way, axis=0), kind="stable")[:SHOWN].tolist())
    low, high = _ends(way[:, chosen], ways[np.ix_([best, *sound], range(ways.shape[1]), chosen)])
    size = sum(int(np.prod(v.shape.as_list())) for v in trace.variables)
    count = POINTS if size <= SMALL else FEWER_POINTS
    grids = {}
    lanes = Lanes(trace.session.fork(), min(count * count, max(AT_ONCE // size, 16)))
    for x, y in itertools.combinations(range(len(chosen)), 2):
        sides = np.linspace(low[[x, y]], high[[x, y]], count)
        places = np.stack(np.meshgrid(sides[:, 0], sides[:, 1]), -1).reshape(-1, 2)
        grids[x, y] = _losses(trace, lanes, best, [chosen[x], chosen[y]], places).reshape(count, count)
    return Landscape(chosen, [trace.parameters[i].name for i in chosen], low, high, grids, size - 2)


def _ends(way: np.ndarray, ways: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The ends of the grids: all ways lie between them, unless they lead far from the one that matters most."""
    near, far = way.min(0), way.max(0)
    width = np.where(far > near, far - near, np.maximum(np.abs(far), 1))
    found = ways.reshape(-1, ways.shape[2])
    found = found[np.isfinite(found).all(1)]
    low, high = np.maximum(found.min(0), near - width), np.minimum(found.max(0), far + width)
    return low - 0.2 * width, high + 0.2 * width


def _losses(trace: Trace, lanes: Lanes, best: int, pair: list[int], places: np.ndarray) -> np.ndarray:
    """The loss with two parameters at each of some places, by one program for as many copies as fit in memory."""
    base = {v: trace.lanes.held(v.op)[best] for v in trace.variables}
    found = []
    for start in range(0, len(places), lanes.count):
        part = places[start:start + lanes.count]
        filled = np.concatenate([part, np.repeat(part[-1:], lanes.count - len(part), 0)])
        lanes.state = {}
        for variable, value in base.items():
            copies = np.broadcast_to(value, (lanes.count, *value.shape)).reshape(lanes.count, -1).copy()
            for parameter, numbers in zip((trace.parameters[i] for i in pair), filled.T):
                if parameter.variable is variable:
                    copies[:, parameter.index] = numbers
            lanes.hold(variable.op, copies.reshape(lanes.count, *value.shape))
        losses = np.asarray(lanes.run(trace.loss, trace.feed_dict), np.float64)
        found.append(losses.reshape(lanes.count, -1).mean(1)[:len(part)])
    return np.concatenate(found)
