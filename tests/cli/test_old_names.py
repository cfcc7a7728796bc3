"""`kudari run` gives programs the names that NumPy and SciPy have lost."""

import cli_runs
import pytest

USES = {
    "numpy-types": ("import numpy as np\nprint(np.int(3), np.float('2'), np.dtype(np.object))", "3 2.0 object"),
    "numpy-now": ("import numpy as np\nprint(np.in1d([1, 2], [2]), np.bool is np.bool_)", "[False  True] True"),
    "scipy-moved": ("from scipy.sparse.linalg.eigen.arpack import eigsh\nimport scipy.sparse.linalg as now\n"
                    "print(eigsh is now.eigsh)", "True"),
}


def run(folder, text):
    (folder / "program.py").write_text(text)
    return cli_runs.result([*cli_runs.RUN, "program.py"], folder)


@pytest.mark.parametrize("name", USES)
def test_an_old_name_means_what_it_did(tmp_path, name):
    text, wanted = USES[name]
    done = run(tmp_path, text)
    assert done.stdout.strip() == wanted, done.stderr


def test_a_module_that_never_was_is_still_missing(tmp_path):
    assert "No module named 'scipy.sparse.nothing'" in run(tmp_path, "import scipy.sparse.nothing").stderr
