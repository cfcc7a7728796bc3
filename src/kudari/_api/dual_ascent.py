"""Public names of dual coordinate ascent."""

PATHS = {
    "train.sdca_optimizer": "functions.dual_ascent.sdca_optimizer",
    "train.sdca_shrink_l1": "ops.dual_ascent.sdca_shrink_l1",
    "train.sdca_fprint": "ops.dual_ascent.sdca_fprint",
}
