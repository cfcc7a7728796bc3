"""A study for TensorBoard: a run for each lane, with what was swept as its hyperparameters."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np

import kudari as tf

if TYPE_CHECKING:
    from .study import Study

LOSS = "loss"


def write_board(study: Study, logdir: Any) -> None:
    """Write event files that TensorBoard shows: the curves of every lane, and a table of all lanes.

    Args:
      study: what to show.
      logdir: the folder; a folder in it for each lane.

    Raises:
      OSError: if a file cannot be written.
    """
    from tensorboard.plugins.hparams import api_pb2, metadata, plugin_data_pb2

    def summary(tag: str, data: Any) -> Any:
        value = tf.Summary.Value(tag=tag, metadata=metadata.create_summary_metadata(data), tensor=metadata.NULL_TENSOR)
        return tf.Summary(value=[value])

    folder = os.fspath(logdir)
    columns = [api_pb2.HParamInfo(name=name, type=api_pb2.DATA_TYPE_FLOAT64) for name in study.points.columns]
    metric = api_pb2.MetricInfo(name=api_pb2.MetricName(tag=LOSS))
    experiment = api_pb2.Experiment(hparam_infos=columns, metric_infos=[metric])
    with tf.summary.FileWriter(folder) as writer:
        writer.add_summary(summary(metadata.EXPERIMENT_TAG, plugin_data_pb2.HParamsPluginData(experiment=experiment)))
    for lane in range(len(study.points)):
        start = plugin_data_pb2.SessionStartInfo(group_name=str(lane))
        for name, value in study.points.of(lane).items():
            start.hparams[name].number_value = value
        is_lost = study.status(lane) == "diverged"
        end = plugin_data_pb2.SessionEndInfo(status=api_pb2.STATUS_FAILURE if is_lost else api_pb2.STATUS_SUCCESS)
        with tf.summary.FileWriter(os.path.join(folder, _run_name(study, lane))) as writer:
            writer.add_summary(summary(metadata.SESSION_START_INFO_TAG,
                                       plugin_data_pb2.HParamsPluginData(session_start_info=start)))
            for tag, step, value in _scalars(study, lane):
                writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag=tag, simple_value=value)]), step)
            writer.add_summary(summary(metadata.SESSION_END_INFO_TAG,
                                       plugin_data_pb2.HParamsPluginData(session_end_info=end)))


def _run_name(study: Study, lane: int) -> str:
    values = study.points.of(lane)
    return f"{lane:0{len(str(len(study.points) - 1))}d}_" + "_".join(f"{name.replace('/', '.')}={value:g}"
                                                                      for name, value in values.items())


def _scalars(study: Study, lane: int) -> list[tuple[str, int, float]]:
    """The loss of a lane, and the numbers that the program fetched."""
    found = [(LOSS, int(step), float(value)) for step, value in zip(*study.course(lane))]
    for step, record in study.records:
        found += [(f"fetched/{name}", int(step), float(np.ravel(values[lane])[0])) for name, values in record.items()
                  if np.size(values[lane]) == 1]
    return found
