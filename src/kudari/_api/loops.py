"""Public names of loops and of the arrays they use."""

PATHS = {
    "while_loop": "functions.loops.while_loop",
    "TensorArray": "ops.array_handle.TensorArray",
}
