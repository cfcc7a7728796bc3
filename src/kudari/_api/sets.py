"""Public names of functions on sets and sequences."""

PATHS = {
    "edit_distance": "functions.sets.edit_distance",
    "sets.difference sets.set_difference": "functions.sets.set_difference",
    "sets.intersection sets.set_intersection": "functions.sets.set_intersection",
    "sets.size sets.set_size": "functions.sets.set_size",
    "sets.union sets.set_union": "functions.sets.set_union",
}
