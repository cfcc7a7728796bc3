"""A study of a training program as it is: the program runs once, and lanes run beside it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..runtime import session as sessions
from .interrupts import Interrupted, Interrupts
from .mirror import Mirror
from .points import Points
from .progress import Progress
from .recommend import recommend
from .stability import stability
from .study import Study
from .swept import RATE
from .untold import UNTOLD, words


class StudyError(ValueError):
    """A program that cannot be studied, and what could be done."""


@contextlib.contextmanager
def mirrored(points: Points, traces: bool, progress: Progress, interrupts: Interrupts) -> Iterator[list[Mirror]]:
    """Have lanes run beside every session made in the block; gives the list of what runs there."""
    made: list[Mirror] = []

    def beside(session: Any) -> Mirror:
        made.append(Mirror(session, points, traces, progress, interrupts))
        return made[-1]

    before, sessions.beside = sessions.beside, beside
    try:
        yield made
    finally:
        sessions.beside = before


def study(run: Callable[[], None], over: Mapping[str, Any], seeds: int | None = None, *,
          traces: bool = False, progress: Progress | None = None,
          interrupts: Interrupts | None = None) -> tuple[Study, BaseException | None]:
    """Run a program once, and all lanes with it.

    Ctrl-C ends the program or what is measured afterwards; what was recorded until then is the study.

    Args:
      run: the program.
      over: by name the values to sweep: of `learning_rate`, of another hyperparameter of the optimizer, of a constant or a
        placeholder. There is a lane for every choice of one value of each.
      seeds: how many random streams each choice is trained with; all lanes draw the program's own numbers if `None`. The
        first stream is the program's own.
      traces: whether to keep where the lanes go, for `Study.report`.
      progress: where it is told how far the study is.
      interrupts: what came of Ctrl-C, if that is listened to already.

    Returns:
      The study, and what ended the program if it did not end by itself.

    Raises:
      Interrupted: if Ctrl-C came before anything was recorded.
      StudyError: if it trains nothing, or has nothing of that name.
      ValueError: if a learning rate is not a positive finite number.
    """
    points = Points.crossed(over, seeds)
    progress, interrupts = progress or Progress(), interrupts or Interrupts()
    with mirrored(points, traces, progress, interrupts) as made:
        ended = _ended_by(run)
        mirror = max(made, key=lambda m: m.steps + m._count, default=None)
        if mirror is None or mirror.start is None:
            raise _untrained(ended)
        if mirror.missing:
            raise StudyError(f"The program's training step has no {' and no '.join(sorted(mirror.missing))}: give the name "
                             "of one of its optimizer's hyperparameters, of a constant or of a placeholder.")
        if not _is_interrupt(ended) and not interrupts.count:
            ended = _ended_by(mirror.flush) or ended
        is_whole = not _is_interrupt(ended) and not interrupts.count
        if not is_whole:
            mirror.drop()
        if mirror.trace is not None:
            mirror.trace.end(mirror.steps, mirror.feeds[-1])
    found = Study(mirror.points, mirror.steps, mirror.records, mirror.losses, mirror.lost_at, trace=mirror.trace,
                  own=mirror.own)
    if not is_whole:
        found.interrupted = (f"Interrupted after step {mirror.steps}: this is what was recorded until then. The limit and a "
                             "rate to take were not measured.")
        return found, ended
    try:
        _measure(found, mirror, progress)
    except KeyboardInterrupt as error:
        found.interrupted = (f"Interrupted after the training, while {progress.doing}: this is what was known then.")
        found.recommendation = getattr(error, "found", None)
    return found, ended


def _ended_by(run: Callable[[], None]) -> BaseException | None:
    try:
        run()
    except (Exception, KeyboardInterrupt, SystemExit) as error:
        return error
    return None


def _is_interrupt(ended: BaseException | None) -> bool:
    return isinstance(ended, KeyboardInterrupt)


def _untrained(ended: BaseException | None) -> BaseException:
    if _is_interrupt(ended):
        return Interrupted("Interrupted before the first training step: nothing was recorded.")
    failed = ended is not None and not isinstance(ended, SystemExit)
    why = f" It ended with {type(ended).__name__}: {ended}." if failed else ""
    return StudyError("The program takes no training step: no run of a session moves a trainable variable, so there is "
                      "nothing to study." + why)


def _measure(found: Study, mirror: Mirror, progress: Progress) -> None:
    """Find the limit, and a rate to take; notes say why there is none."""
    pair = mirror.minimized
    if pair is None:
        found.notes.append("No optimizer was asked to minimize a loss, so the curvature could not be taken.")
        return
    loss, optimizer = pair
    start = mirror.start
    assert start is not None
    progress.begin("measuring the curvature")
    try:
        found.stability = stability(loss, optimizer, mirror.feeds[0], session=start)
    except UNTOLD as error:
        found.notes.append(f"No limit could be told: {words(error)}.")
    if RATE in mirror.points.swept:
        progress.begin("looking for a rate")
        try:
            found.recommendation = recommend(loss, mirror.train_fetches, optimizer, feeds=mirror.feeds, session=start,
                                             steps=min(max(mirror.steps, 20), 200), progress=progress)
        except UNTOLD as error:
            found.notes.append(f"No rate could be recommended: {words(error)}.")
