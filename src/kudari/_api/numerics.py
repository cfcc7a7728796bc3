"""Public names of the checks for NaN and infinities."""

PATHS = {
    "check_numerics debugging.check_numerics": "ops.numerics.check_numerics",
    "verify_tensor_all_finite debugging.assert_all_finite": "functions.numerics.verify_tensor_all_finite",
    "add_check_numerics_ops": "functions.numerics.add_check_numerics_ops",
    "debugging.is_finite": "ops.comparison.is_finite",
    "debugging.is_inf": "ops.comparison.is_inf",
    "debugging.is_nan": "ops.comparison.is_nan",
}
