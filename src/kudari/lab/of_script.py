"""A study of a training program as it is: the program runs once, and lanes run beside it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..runtime import session as sessions
from .mirror import Mirror
from .points import Points
from .recommend import recommend
from .stability import stability
from .study import Study
from .swept import RATE
from .untold import UNTOLD, words


class StudyError(ValueError):
    """A program that cannot be studied, and what could be done."""


@contextlib.contextmanager
def mirrored(points: Points, traces: bool = False) -> Iterator[list[Mirror]]:
    """Have lanes run beside every session made in the block; gives the list of what runs there."""
    made: list[Mirror] = []

    def beside(session: Any) -> Mirror:
        made.append(Mirror(session, points, traces))
        return made[-1]

    before, sessions.beside = sessions.beside, beside
    try:
        yield made
    finally:
        sessions.beside = before


def study(run: Callable[[], None], over: Mapping[str, Any], seeds: int | None = None, *,
          traces: bool = False) -> tuple[Study, BaseException | None]:
    """Run a program once, and all lanes with it.

    Args:
      run: the program.
      over: by name the values to sweep: of `learning_rate`, of another hyperparameter of the optimizer, of a constant or a
        placeholder. There is a lane for every choice of one value of each.
      seeds: how many random streams each choice is trained with; all lanes draw the program's own numbers if `None`. The
        first stream is the program's own.
      traces: whether to keep where the lanes go, for `Study.report`.

    Returns:
      The study, and what ended the program if it did not end by itself.

    Raises:
      StudyError: if it trains nothing, or has nothing of that name.
      ValueError: if a learning rate is not a positive finite number.
    """
    points = Points.crossed(over, seeds)
    ended: BaseException | None = None
    with mirrored(points, traces) as made:
        try:
            run()
        except (Exception, KeyboardInterrupt, SystemExit) as error:
            ended = error
        mirror = max(made, key=lambda m: m.steps + m._count, default=None)
        if mirror is None or mirror.start is None:
            failed = ended is not None and not isinstance(ended, SystemExit)
            why = f" It ended with {type(ended).__name__}: {ended}." if failed else ""
            raise StudyError("The program takes no training step: no run of a session moves a trainable variable, so there "
                             "is nothing to study." + why)
        if mirror.missing:
            raise StudyError(f"The program's training step has no {' and no '.join(sorted(mirror.missing))}: give the name "
                             "of one of its optimizer's hyperparameters, of a constant or of a placeholder.")
        mirror.flush()
        if mirror.trace is not None:
            mirror.trace.end(mirror.steps, mirror.feeds[-1])
    return _told(mirror), ended


def _told(mirror: Mirror) -> Study:
    found = Study(mirror.points, mirror.steps, mirror.records, mirror.losses, mirror.lost_at, trace=mirror.trace)
    pair = mirror.minimized
    if pair is None:
        found.notes.append("No optimizer was asked to minimize a loss, so the curvature could not be taken.")
        return found
    loss, optimizer = pair
    start = mirror.start
    assert start is not None
    try:
        found.stability = stability(loss, optimizer, mirror.feeds[0], session=start)
    except UNTOLD as error:
        found.notes.append(f"No limit could be told: {words(error)}.")
    if RATE in mirror.points.swept:
        try:
            found.recommendation = recommend(loss, mirror.train_fetches, optimizer, feeds=mirror.feeds, session=start,
                                             steps=min(max(mirror.steps, 20), 200))
        except UNTOLD as error:
            found.notes.append(f"No rate could be recommended: {words(error)}.")
    return found
