"""Rows for resource variables and for what changes rows and elements of variables."""

import numpy as np

from ..case import Case

HELD = np.array([[1.0, -2.0], [0.5, 3.0], [4.0, 0.25]], np.float32)
VALUE = np.array([[0.25, 1.0], [-4.0, 2.0], [1.5, -0.5]], np.float32)
ROWS = np.array([2, 0], np.int32)
PLACES = np.array([[2, 1], [0, 0], [2, 1]], np.int64)
WHOLE = np.array([7, -7, 9], np.int32)
FLOAT = {"dtype": "float32"}

CASES = [
    Case("VarHandleOp", [], {"shape": [2, 2], **FLOAT}),
    Case("VarIsInitializedOp", [HELD]),
    Case("DestroyResourceOp", [HELD]),
    Case("ReadVariableOp", [HELD], FLOAT),
    Case("AssignVariableOp", [HELD, VALUE]),
    Case("AssignAddVariableOp", [HELD, VALUE]),
    Case("AssignSubVariableOp", [HELD, VALUE]),
    Case("VariableShape", [HELD]),
    Case("VariableShape", [HELD], {"out_type": "int64"}, id="long"),
    Case("ResourceGather", [HELD, ROWS], FLOAT),
    Case("ResourceGather", [HELD, np.array([[1], [0], [1]])], {"batch_dims": 1, **FLOAT}, id="batches",
         differentiable=()),  # TensorFlow 1.15 leaves the batches out of this gradient
    Case("ResourceGatherNd", [HELD, PLACES], FLOAT),
    Case("ResourceGatherNd", [HELD, [[1], [0]]], FLOAT, id="slices"),
    Case("ResourceCountUpTo", [np.int64(3)], {"limit": 5, "T": "int64"}),
    Case("CountUpTo", [np.int32(3)], {"limit": 5}),
    Case("ResourceStridedSliceAssign", [HELD, [0, 1], [3, 2], [2, 1], VALUE[:2, :1]]),
    *[Case(f"{where}Scatter{what}", [HELD, ROWS, VALUE[:2]]) for where in ("", "Resource")
      for what in ("Mul", "Div", "Min", "Max")],
    *[Case(f"ResourceScatter{what}", [HELD, ROWS, VALUE[:2]]) for what in ("Update", "Add", "Sub")],
    Case("ScatterDiv", [WHOLE, ROWS, np.array([2, -2], np.int32)], id="whole"),
    *[Case(f"{where}ScatterNd{what}", [HELD, PLACES, VALUE[:, 0]]) for where in ("", "Resource")
      for what in ("Add", "Sub")],
    *[Case(f"{where}ScatterNdUpdate", [HELD, PLACES[:2], VALUE[:2, 0]]) for where in ("", "Resource")],
    Case("ScatterNdAdd", [HELD, [[1], [0]], VALUE[:2]], id="slices"),
]
