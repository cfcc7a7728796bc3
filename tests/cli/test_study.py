"""`kudari study` on the seed program, and on what cannot be studied."""

import json
import pathlib

import numpy as np
import pytest
from cli_runs import RUN, result

STUDY = [*RUN[:-1], "study"]
SEED = pathlib.Path(__file__).parent.parent.parent / "examples" / "train_api.py"
RATES = "0.001,0.005,0.01,0.02,0.03,0.04"


def bits_of(text):
    return np.array(int(text, 16), np.uint32).view(np.float32)


def test_the_seed_program(tmp_path):
    written = tmp_path / "study.json"
    done = result([*STUDY, "--legacy-print", "--learning-rate", RATES, "--json", str(written), "--csv",
                   str(tmp_path / "study.csv"), "--report", str(tmp_path / "page.html"), str(SEED), "0.02"], tmp_path)
    assert done.returncode == 0, done.stderr
    study = json.loads(written.read_text())
    golden = json.loads((SEED.parent.parent / "tests" / "golden" / "seed.json").read_text())
    assert [lane["learning_rate"] for lane in study["lanes"]] == [0.001, 0.005, 0.01, 0.02, 0.03, 0.04]
    assert [lane["status"] for lane in study["lanes"]] == ["training", "converged", "converged", "converged", "growing",
                                                           "diverged"]
    assert study["lanes"][5]["diverged_at_step"] == 166
    for lane in study["lanes"]:
        bits = golden["bits"][str(lane["learning_rate"])]
        assert [record["step"] for record in lane["records"]] == list(range(0, 1001, 100))
        for record, wanted in zip(lane["records"], bits):
            numbers = [np.float32(np.array(value, np.float64).item()) for value in record["values"].values()]
            assert np.array_equal(numbers, [bits_of(wanted[name]) for name in ("W", "b", "loss")], equal_nan=True)
    stability, recommendation = study["stability"], study["recommendation"]
    assert (round(stability["lambda_max"], 1), round(stability["lambda_min"], 2)) == (66.8, 1.2)
    assert round(stability["limit"], 5) == 0.02994
    growth = study["lanes"][4]["growth"]
    assert growth["measured"] == pytest.approx(growth["predicted"], rel=0.01)
    assert 0.014 < recommendation["learning_rate"] < 0.027 and recommendation["reasons"]
    assert "step   100  Variable: [ 0.16820002]  Variable_1: [ 1.35244703]  Sum: 49.6722" in done.stdout
    assert "diverged at step 166" in done.stdout and "W: [-0.95297438] b: [ 0.8617391] loss: 0.0127705" in done.stdout
    page = (tmp_path / "page.html").read_text()
    assert "<title>Learning-rate study of train_api.py</title>" in page
    assert f"kudari study --legacy-print --learning-rate {RATES}" in page
    assert (tmp_path / "study.csv").read_text().startswith("learning_rate,step,loss,status\n0.001,0,")


@pytest.mark.parametrize(("arguments", "words"), [
    (["--learning-rate", "0"], "rates are positive finite numbers"),
    (["--learning-rate", "nan"], "rates are positive finite numbers"),
    (["--learning-rate", "fast"], "is no list of numbers"),
    (["--learning-rate", "1:0.1:5"], "is no range"),
    ([], "give --learning-rate RATES, --over NAME=VALUES or --seeds N"),
    (["--over", "momentum=0.5"], "has no momentum"),
])
def test_what_cannot_be_studied(arguments, words, tmp_path):
    done = result([*STUDY, *arguments, str(SEED)], tmp_path)
    assert done.returncode != 0 and words in done.stderr and "Traceback" not in done.stderr


def test_a_script_that_trains_nothing(tmp_path):
    (tmp_path / "nothing.py").write_text("print('hello')\n")
    done = result([*STUDY, "--learning-rate", "0.1", "nothing.py"], tmp_path)
    assert done.returncode == 1 and "takes no training step" in done.stderr and done.stdout == "hello\n"


def test_sweeps_and_seeds_cross(tmp_path):
    done = result([*STUDY, "--learning-rate", "0.01,0.02", "--seeds", "2", "--json", "found.json", str(SEED)], tmp_path)
    assert done.returncode == 0, done.stderr
    lanes = json.loads((tmp_path / "found.json").read_text())["lanes"]
    assert [(lane["learning_rate"], lane["seed"]) for lane in lanes] == [(0.01, 0), (0.01, 1), (0.02, 0), (0.02, 1)]
    assert "over 2 seeds" in done.stdout


def test_tensorboard_gets_a_run_for_each_lane(tmp_path):
    from tensorboard.backend.event_processing.event_multiplexer import EventMultiplexer
    from tensorboard.plugins.hparams import metadata
    done = result([*STUDY, "--learning-rate", "0.01,0.04", "--logdir", "runs", str(SEED)], tmp_path)
    assert done.returncode == 0, done.stderr
    runs = EventMultiplexer().AddRunsFromDirectory(str(tmp_path / "runs")).Reload()
    assert sorted(runs.Runs()) == [".", "0_learning_rate=0.01", "1_learning_rate=0.04"]
    losses = [event.value for event in runs.Scalars("0_learning_rate=0.01", "loss")]
    assert losses[-1] < losses[0]
    found = runs.SummaryMetadata("1_learning_rate=0.04", metadata.SESSION_START_INFO_TAG).plugin_data.content
    assert metadata.parse_session_start_info_plugin_data(found).hparams["learning_rate"].number_value == 0.04
