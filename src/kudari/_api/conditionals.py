"""Public names of branches."""

PATHS = {
    **{f"contrib.framework.{name}": f"functions.smart_conditionals.{name}"
       for name in ("smart_cond", "smart_constant_value")},
    "cond": "functions.conditionals.cond",
    "case": "functions.conditionals.case",
}
