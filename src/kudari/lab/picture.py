"""Pictures of a study: loss against step for every lane, and the last loss against what was swept."""

from __future__ import annotations

from typing import Any

import numpy as np

from .study import Study


def draw(study: Study, path: Any) -> None:
    """Write the two charts of a study side by side to a PNG file, with the limit and the recommended rate drawn in.

    Args:
      study: with at least one look at the loss.
      path: of the file.

    Raises:
      ImportError: without Matplotlib, which `pip install 'kudari[png]'` brings.
      ValueError: if the study saw no loss.
    """
    if not study.losses:
        raise ValueError("There is no picture to draw: no optimizer was asked to minimize a loss, so none was recorded.")
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise ImportError("Pictures are drawn by Matplotlib, which is not installed: pip install 'kudari[png]'") from None
    figure = Figure(figsize=(11, 4.5), layout="constrained")
    courses, ends = figure.subplots(1, 2)
    _draw_courses(study, courses)
    _draw_ends(study, ends)
    figure.savefig(path, format="png", dpi=120)


def _draw_courses(study: Study, axes: Any) -> None:
    from matplotlib import colormaps
    colors = colormaps["viridis"](np.linspace(0, 0.9, len(study.values)))
    for lane in range(len(study.points)):
        steps, losses = study.course(lane)
        label = f"{study.points.label(lane)} ({study.status(lane)})"
        axes.plot(steps, _shown(losses), color=colors[lane], linewidth=1.2, label=label)
    axes.set(xlabel="step", ylabel="loss", title="loss of every lane", yscale="log")
    if len(study.values) <= 12:
        axes.legend(fontsize="small", title=", ".join(study.points.columns))


def _draw_ends(study: Study, axes: Any) -> None:
    last = _shown(study.losses[-1][1])
    axes.plot(study.values, last, "o-" if len(study.points.columns) == 1 else "o", markersize=4)
    lost = [lane for lane in range(len(study.values)) if study.status(lane) == "diverged"]
    axes.plot(study.values[lost], np.full(len(lost), 0.98), "rx", transform=axes.get_xaxis_transform(), label="diverged")
    axes.set(xlabel=study.name, ylabel="last loss", title="where every lane ended", xscale="log", yscale="log")
    if study.name == "learning_rate":
        if study.stability is not None and np.isfinite(study.stability.limit):
            axes.axvline(study.stability.limit, color="red", linestyle="--", label=f"limit {study.stability.limit:.4g}")
        if study.recommendation is not None and study.recommendation.learning_rate is not None:
            rate = study.recommendation.learning_rate
            axes.axvline(rate, color="green", label=f"recommended {rate:.2g}")
    axes.legend(fontsize="small")


def _shown(losses: Any) -> np.ndarray:
    """What a logarithmic axis can show; the rest is left out of the line."""
    values = np.asarray(losses, np.float64)
    return np.where(np.isfinite(values) & (values > 0), values, np.nan)
