"""Rows of the ops that print and of those that call Python functions or hold tables."""

import numpy as np

from ..case import Case

CASES = [
    Case("Print", [np.array([1.5, -2.0], np.float32), [np.array([1, 2], np.int32), np.array("text")]],
         {"message": "now ", "first_n": 1}, differentiable=(0,)),
    Case("PrintV2", [np.array("text")]),
    Case("StringFormat", [[np.array([[1, 2], [3, 4]], np.int32), np.array("text")]],
         {"template": "{} and {}", "placeholder": "{}"}),
    Case("PyFunc", [[np.array(1.5, np.float32)]], {"token": "pyfunc_0", "Tout": ["float32"]}),
    Case("EagerPyFunc", [[np.array(1.5, np.float32)]], {"token": "pyfunc_0", "Tout": ["float32"]}, differentiable=()),
    *[Case(kind, [], {"key_dtype": "string", "value_dtype": "int64"})
      for kind in ("HashTableV2", "MutableHashTableV2", "MutableHashTableOfTensorsV2")],
    Case("PyFuncStateless", [[np.array(1.5, np.float32)]], {"token": "pyfunc_0", "Tout": ["float32"]}),
]
