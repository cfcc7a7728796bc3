"""Public names of loops, of the arrays they use, and of nested structures."""

_NEST = ("assert_same_structure", "flatten", "is_nested", "map_structure", "pack_sequence_as")
_MORE_NEST = ("assert_same_structure", "assert_shallow_structure", "flatten", "flatten_dict_items", "flatten_up_to",
              "flatten_with_joined_string_paths", "is_sequence_or_composite", "map_structure", "map_structure_up_to",
              "pack_sequence_as")

PATHS = {
    "while_loop": "functions.loops.while_loop",
    "TensorArray": "ops.array_handle.TensorArray",
    "map_fn": "functions.over_elements.map_fn",
    "foldl": "functions.over_elements.foldl",
    "foldr": "functions.over_elements.foldr",
    "scan": "functions.over_elements.scan",
    "hessians": "functions.hessians.hessians",
    "nn.zero_fraction math.zero_fraction": "functions.conditionals.zero_fraction",
    **{f"nest.{name}": f"nest.{name}" for name in _NEST},
    **{f"contrib.framework.nest.{name}": f"nest.{name}" for name in _MORE_NEST},
    "contrib.framework.nest.is_sequence": "nest.is_nested",
}
