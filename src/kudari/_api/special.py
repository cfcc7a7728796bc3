"""Public names of special functions and of operations on bits."""

PATHS = {
    **{f"bitwise.{name}": f"ops.bitwise.{name}"
       for name in ("bitwise_and", "bitwise_or", "bitwise_xor", "invert", "left_shift", "right_shift")},
    **{f"{name} math.{name}": f"ops.special.{name}" for name in ("betainc", "igamma", "igammac", "zeta")},
    **{f"math.{name}": f"functions.special.{name}" for name in (
        "bessel_i0", "bessel_i0e", "bessel_i1", "bessel_i1e", "cumulative_logsumexp", "reduce_euclidean_norm")},
    "lbeta math.lbeta": "functions.special.lbeta",
    "math.xlogy": "ops.special.xlogy",
    "math.xdivy": "ops.special.xdivy",
    "math.nextafter": "ops.special.next_after",
}
