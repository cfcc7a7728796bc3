"""What a study found: the course of each lane, where it broke, and what follows."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .board import write_board
from .points import SEED, Points
from .recommend import Recommendation
from .report.page import write
from .stability import Stability
from .swept import RATE
from .trace import Trace

SETTLED = 1e-3  # relative change of the loss over the last record, or of what it began with, that counts as none
STATUSES = ("converged", "training", "growing", "diverged")


@dataclass
class Study:
    """The lanes of a training program, one for each value of what was swept.

    Args:
      points: a value of everything that was swept, for each lane.
      steps: how many were taken.
      records: the steps before each record, and by name the arrays of what was fetched, the first axis being the lane.
      losses: the steps before each look at the loss, and the losses of all lanes.
      lost_at: for each lane the step after which something was first not finite, 0 if nothing was.
      stability: the limit that the curvature at the start sets.
      recommendation: a rate, with reasons.
      notes: what could not be told, in sentences.
      trace: where the lanes went, if that was to be kept.
      own: by name the values that the program trains with itself, not a number where it changes them as it goes.
      interrupted: at what, if it did not come to its end, in a sentence.
    """

    points: Points
    steps: int
    records: list[tuple[int, dict[str, np.ndarray]]]
    losses: list[tuple[int, np.ndarray]]
    lost_at: np.ndarray
    stability: Stability | None = None
    recommendation: Recommendation | None = None
    notes: list[str] = field(default_factory=list)
    trace: Trace | None = field(default=None, repr=False)
    own: dict[str, float] = field(default_factory=dict)
    interrupted: str | None = None

    @property
    def name(self) -> str:
        """What was swept, or the first thing that was."""
        return self.points.name

    @property
    def values(self) -> np.ndarray:
        """Its values, one for each lane."""
        return self.points.values

    @property
    def own_lane(self) -> int | None:
        """The lane with the program's own values, where what the program itself saw is recorded; `None` if there is none."""
        if not self.own and self.points.streams is None:
            return None
        for lane in range(len(self.points)):
            values = self.points.of(lane)
            same = [np.isclose(values[name], self.own.get(name, np.nan), 1e-6, 0) for name in self.points.swept]
            if all(same) and not values.get(SEED):
                return lane
        return None

    def course(self, lane: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the steps at which the loss of a lane was seen, and the losses."""
        steps = np.array([step for step, _ in self.losses])
        return steps, np.array([float(values[lane]) for _, values in self.losses])

    def status(self, lane: int) -> str:
        """Return `converged`, `training`, `growing` or `diverged`."""
        if self.lost_at[lane]:
            return "diverged"
        _, losses = self.course(lane)
        if not len(losses):
            return "training"
        if not np.isfinite(losses).all():
            return "diverged"
        if len(losses) < 3:
            return "growing" if losses[-1] > 2 * abs(losses[0]) else "training"
        tail = losses[-3:]
        if (np.diff(tail) > 0).all() and tail[-1] > 1.2 * abs(losses.min()) + SETTLED * abs(losses[0]):
            return "growing"
        change = abs(tail[-1] - tail[-2])
        is_still = change <= SETTLED * abs(tail[-2]) or abs(tail[-1]) <= SETTLED**2 * abs(losses[0])
        return "converged" if is_still else "training"

    def words(self, lane: int) -> str:
        """Return the status of a lane, and whether it was interrupted."""
        return self.status(lane) + (" (interrupted)" if self.interrupted and self.status(lane) != "diverged" else "")

    @property
    def diverged(self) -> list[float]:
        """The values whose lanes diverged."""
        return [float(value) for lane, value in enumerate(self.values) if self.status(lane) == "diverged"]

    def last_losses(self) -> np.ndarray:
        """Return the loss that each lane ended with, infinity if it diverged."""
        if not self.losses:
            return np.full(len(self.points), np.inf)
        return np.where(np.isfinite(self.losses[-1][1]) & (self.lost_at == 0), self.losses[-1][1], np.inf)

    def best(self) -> Any:
        """Return the value with which training ended with the smallest loss, the median if there are several seeds.

        A dictionary of values by name if several things were swept; `None` if none ended with a finite loss.
        """
        last = self.last_losses()
        ends = {values: float(np.median(last[lanes])) for values, lanes in self.points.alike().items()}
        values = min(ends, key=ends.__getitem__)
        if not np.isfinite(ends[values]):
            return None
        return values[0] if len(values) == 1 else dict(zip(self.points.swept, values))

    def growth(self, lane: int) -> tuple[float, float] | None:
        """Return by how much the loss of a lane grew over the last steps seen, and by how much the curvature says it must.

        `None` without a limit for what was swept, or where the loss has not grown.
        """
        steps, losses = self.course(lane)
        if self.stability is None or [*self.points.swept] != [RATE] or len(losses) < 2:
            return None
        if not np.isfinite(losses[-2:]).all() or losses[-1] <= losses[-2] > 0:
            return None
        predicted = self.stability.growth(float(self.values[lane]), int(steps[-1] - steps[-2]))
        return float(losses[-1] / losses[-2]), predicted

    def table(self) -> list[tuple[int, int, dict[str, Any]]]:
        """Return a row for each lane and record: the lane, the step, and by name what the program fetched there."""
        return [(lane, step, {name: found[lane] for name, found in record.items()})
                for lane in range(len(self.points)) for step, record in self.records]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain numbers, lists and texts; NaN and infinity as texts."""
        lanes = []
        for lane in range(len(self.points)):
            records = [{"step": step, "values": {name: _plain(found[lane]) for name, found in record.items()}}
                       for step, record in self.records]
            losses = [{"step": step, "loss": _plain(found[lane])} for step, found in self.losses]
            growth = self.growth(lane)
            factors = None if growth is None else {"measured": _plain(growth[0]), "predicted": _plain(growth[1])}
            lanes.append({**_plain(self.points.of(lane)), "status": self.status(lane),
                          "own": lane == self.own_lane,
                          "diverged_at_step": int(self.lost_at[lane]) or None, "records": records, "losses": losses,
                          "growth": factors})
        return {"status": "interrupted" if self.interrupted else "complete", "lanes": lanes, "steps": self.steps,
                "own": _plain(self.own), "stability": self._stability_dict(),
                "recommendation": self._recommendation_dict(), "notes": self.notes}

    def _stability_dict(self) -> dict[str, Any] | None:
        found = self.stability
        if found is None:
            return None
        return {"lambda_max": _plain(found.lambda_max), "lambda_min": _plain(found.lambda_min), "limit": _plain(found.limit),
                "optimizer": found.optimizer, "explanation": found.explain()}

    def _recommendation_dict(self) -> dict[str, Any] | None:
        found = self.recommendation
        if found is None:
            return None
        return {"learning_rate": _plain(found.learning_rate), "low": _plain(found.low), "high": _plain(found.high),
                "reasons": found.reasons, "doubts": found.doubts}

    def to_json(self, path: Any) -> None:
        """Write everything to a JSON file."""
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self.to_dict(), file, indent=1)

    def to_csv(self, path: Any) -> None:
        """Write a row for each lane and look at the loss to a CSV file."""
        with open(path, "w", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow([*self.points.columns, "step", "loss", "status"])
            for lane in range(len(self.points)):
                for step, loss in zip(*self.course(lane)):
                    rows.writerow([*self.points.of(lane).values(), step, float(loss), self.words(lane)])

    def to_tensorboard(self, logdir: Any) -> None:
        """Write a run for each lane into a folder that TensorBoard shows, with what was swept as hyperparameters."""
        write_board(self, logdir)

    def report(self, path: Any, *, title: str | None = None, command: str | None = None) -> None:
        """Write everything to one page of HTML that needs nothing else: no network, no other file.

        Args:
          path: of the file.
          title: what was studied; the name of the running script if `None`.
          command: what makes the study again; how the running script was started if `None`.
        """
        write(path, self, title, command)

    def explain(self) -> list[str]:
        """Return what was found, in sentences."""
        lines = [self.interrupted] if self.interrupted else []
        lines += self._own_words()
        for lane in range(len(self.points)):
            growth, label = self.growth(lane), self.points.label(lane)
            if self.status(lane) == "growing" and growth is not None:
                lines.append(f"At {label} the loss grows {growth[0]:.4f}-fold over the last steps; the curvature says "
                             f"{growth[1]:.4f}.")
            elif self.lost_at[lane]:
                lines.append(f"At {label} training diverged: after step {self.lost_at[lane]} a number was no longer "
                             "finite. Each step overshot the minimum by more than it was away from it, until the numbers "
                             "overflowed.")
        lines += self._across_seeds()
        if self.recommendation is not None:
            lines += self.recommendation.explain()
        elif self.stability is not None:
            lines += self.stability.explain()
        return lines + self.notes

    def _own_words(self) -> list[str]:
        """What the program trained with itself, if no lane did."""
        own = {name: value for name, value in self.own.items() if name in self.points.swept}
        if not own or self.own_lane is not None:
            return []
        changed = [name for name, value in own.items() if np.isnan(value)]
        if changed:
            return [f"The script changes its own {' and '.join(changed)} as it trains; each lane keeps one value, so what "
                    "the script printed is that of no lane."]
        which = " and ".join(f"{name} {value:g}" for name, value in own.items())
        return [f"The script's own {which} is not among the values asked for: what the script printed is that of no lane. "
                "Add it to see it beside the others."]

    def _across_seeds(self) -> list[str]:
        lines: list[str] = []
        if self.points.streams is None or not self.losses:
            return lines
        last = self.last_losses()
        for values, lanes in self.points.alike().items():
            ends = last[lanes]
            fine = ends[np.isfinite(ends)]
            where = ", ".join(f"{name} {value:g}" for name, value in zip(self.points.swept, values))
            told = f"the last loss lies between {fine.min():.4g} and {fine.max():.4g}" if len(fine) else "all diverged"
            lost = f", and {len(ends) - len(fine)} of {len(ends)} diverged" if 0 < len(fine) < len(ends) else ""
            lines.append(f"{f'At {where}, over' if where else 'Over'} {len(ends)} seeds: {told}{lost}.")
        return lines


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return [_plain(item) for item in value.tolist()] if value.ndim else _plain(value.item())
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, np.generic):
        return _plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def sparkline(losses: Any) -> str:
    """Return a course of losses as a line of blocks, on a logarithmic scale; `x` where it is not finite."""
    values = np.asarray(losses, np.float64)
    fine = np.isfinite(values)
    scaled = np.log10(np.maximum(np.abs(values), 1e-300), where=fine, out=np.zeros_like(values))
    low, high = (scaled[fine].min(), scaled[fine].max()) if fine.any() else (0.0, 0.0)
    blocks = "▁▂▃▄▅▆▇█"
    return "".join(blocks[int((s - low) / (high - low or 1) * 7)] if ok else "x" for s, ok in zip(scaled, fine))
