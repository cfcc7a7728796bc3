"""`import tensorflow` answered by Kudari.

`install()` puts a finder in front of Python's own, so that an old program runs unedited, also where TensorFlow itself
is installed. `tensorflow` is then the `kudari` module, `tensorflow.x.y` is found by walking its attributes, and the
private modules programs reach into (`tensorflow.python.framework.ops`) come from the table in `private`.
"""

from kudari.shim.finder import install

__all__ = ["install"]
