"""Record what TensorFlow 1.15 draws of tests/golden/timeline/step_stats.txt: traces.json beside it.

Run it with TensorFlow 1.15's Python.
"""

import json
import os

import layout
from google.protobuf import text_format
from tensorflow.core.framework import step_stats_pb2
from tensorflow.python.client import timeline

WAYS = {"plain": {"show_dataflow": False}, "arrows": {}, "memory": {"show_memory": True}}


def main():
    options = layout.arguments(__doc__).parse_args()
    with open(os.path.join(layout.GOLDEN, "timeline", "step_stats.txt")) as source:
        text = source.read()
    traces = {}
    for way, arguments in WAYS.items():
        stats = text_format.Parse(text, step_stats_pb2.StepStats())
        traces[way] = json.loads(timeline.Timeline(stats).generate_chrome_trace_format(**arguments))["traceEvents"]
    layout.write(os.path.join(options.out, "timeline", "traces.json"), traces, depth=2)


if __name__ == "__main__":
    main()
