"""Real programs: where each comes from, and how it is run. Also read under Python 3.7."""

import collections
import hashlib
import os

Program = collections.namedtuple("Program", "repository commit script sha256 path mnist tolerance")

HOME = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
FOLDER = os.environ.get("KUDARI_PROGRAMS_DIR") or os.path.join(HOME, "..", ".programs")
LAUNCHER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "launch.py")
TRAIN_IMAGES, TEST_IMAGES = 6000, 500  # of which programs keep 5,000 for validation

_GCN = ("tkipf/gcn", "39a4089fe72ad9f055ed6fdb9746abdcfebc4d81")
_TUTORIALS = ("nlintz/TensorFlow-Tutorials", "d6bdab7df46492446c48537fcf37e20ba44e8168")
_EXAMPLES = ("aymericdamien/TensorFlow-Examples", "6dcbe14649163814e72a22a999f20c5e247ce988")

# The tolerance is that of printed numbers: none where the arithmetic is exact, more where matrix products of hundreds of
# terms are added in another order and a training step amplifies it.
PROGRAMS = {
    "gcn": Program(*_GCN, "gcn/train.py", "dab41c1c34315796ad998e1fcb4f8403719d059a970441ba358742a6bdd25136",
                   path=".", mnist=False, tolerance=2e-3),
    "multiply": Program(*_TUTORIALS, "00_multiply.py", "7dc0e8838788778ee67fe65f65abc6d5732dfc4acc47187fcf402e430ccc0bd7",
                        path=None, mnist=False, tolerance=0),
    "linear": Program(*_TUTORIALS, "01_linear_regression.py",
                      "d780a0ba684ac5d84411079fb4eda09f55f58120da8ea51f72564724bb08491e",
                      path=None, mnist=False, tolerance=0),
    "logistic": Program(*_TUTORIALS, "02_logistic_regression.py",
                        "b7e7b8b78a251ace08d62e1f7724357f264260d9038a7997fb1c0d804284aac2",
                        path=None, mnist=True, tolerance=5e-3),
    "net": Program(*_TUTORIALS, "03_net.py", "66a9e0640a13ea1341bc67a4284ef05bb38b2236169a17afc2382e7cef0c709f",
                   path=None, mnist=True, tolerance=5e-3),
    "modern_net": Program(*_TUTORIALS, "04_modern_net.py",
                          "a794fbfad20ac25032a37b22a25ef32dc03ca409931afe6be7a6ab36b976118d",
                          path=None, mnist=True, tolerance=2e-2),
    "example_linear": Program(*_EXAMPLES, "tensorflow_v1/examples/2_BasicModels/linear_regression.py",
                              "98c97dffe6832892673f5e3e1595306eb23dc4d6b02d0ae4bbfda1894cff7fd2",
                              path=None, mnist=False, tolerance=2e-6),
    "example_logistic": Program(*_EXAMPLES, "tensorflow_v1/examples/2_BasicModels/logistic_regression.py",
                                "01250f542b060d58b2fd5eed9ac8c4f1552b500172ddb84e3dd84dfb28adfeb3",
                                path=None, mnist=True, tolerance=1e-5),
    "example_network": Program(*_EXAMPLES, "tensorflow_v1/examples/3_NeuralNetworks/neural_network_raw.py",
                               "2fd71c58f7100bb0285c3855aaa61eb40473bce684688a0b8a60dd5d02f7384f",
                               path=None, mnist=True, tolerance=2e-2),
}


def place(program):
    """The folder of a program's repository."""
    return os.path.join(FOLDER, program.repository.split("/")[1])


def absence(program):
    """Why a program cannot be run, or None."""
    script = os.path.join(place(program), program.script)
    if not os.path.exists(script):
        folder = place(program)
        return (f"{program.script} is not at hand: git clone https://github.com/{program.repository} {folder} && "
                f"git -C {folder} checkout {program.commit}")
    with open(script, "rb") as source:
        if hashlib.sha256(source.read()).hexdigest() != program.sha256:
            return f"{script} is not the file of commit {program.commit}"
    return None


def environment(program, mnist_folder):
    """What a program needs in its environment."""
    values = dict(os.environ)
    if program.mnist:
        values["MNIST_FOLDER"] = mnist_folder
    if program.path is not None:
        known = [values["PYTHONPATH"]] if values.get("PYTHONPATH") else []
        values["PYTHONPATH"] = os.pathsep.join([os.path.join(place(program), program.path)] + known)  # noqa: RUF005
    return values


def arguments(program):
    """The launcher, the script, and the folder to start them in."""
    script = os.path.abspath(os.path.join(place(program), program.script))
    return [LAUNCHER, script], os.path.dirname(script)
