"""Public names of assertions."""

_ELEMENTS = ("equal", "none_equal", "less", "less_equal", "greater", "greater_equal", "negative", "positive",
             "non_negative", "non_positive", "near")
_SHAPES = ("rank", "rank_at_least", "rank_in", "integer", "type", "scalar", "same_float_dtype", "proper_iterable")

PATHS = {
    "Assert debugging.Assert": "functions.conditionals.assert_that",
    "debugging.assert_shapes": "functions.shape_checks.assert_shapes",
    "is_numeric_tensor debugging.is_numeric_tensor": "functions.shape_checks.is_numeric_tensor",
}
PATHS.update({f"assert_{name} debugging.assert_{name}": f"functions.checking.assert_{name}" for name in _ELEMENTS})
PATHS.update({f"assert_{name} debugging.assert_{name}": f"functions.shape_checks.assert_{name}" for name in _SHAPES})
