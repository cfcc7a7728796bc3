"""TensorBoard's own event loader reads what is written."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "tools" / "oracle"))
import board
import write_events


def test_the_loader_reads_what_was_written(tmp_path):
    losses = write_events.write(str(tmp_path))
    assert len(losses) == write_events.STEPS and board.not_loaded(str(tmp_path), losses) == []
    losses[3] += 1
    assert board.not_loaded(str(tmp_path), losses) == ["the event loader does not read the curve as it was written"]
