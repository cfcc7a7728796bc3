"""Public names of the questions whether elements rise."""

PATHS = {f"{name} math.{name} debugging.{name}": f"functions.monotonic.{name}"
         for name in ("is_non_decreasing", "is_strictly_increasing")}
