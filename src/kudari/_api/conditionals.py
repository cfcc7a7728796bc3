"""Public names of branches."""

PATHS = {
    "cond": "functions.conditionals.cond",
    "case": "functions.conditionals.case",
}
