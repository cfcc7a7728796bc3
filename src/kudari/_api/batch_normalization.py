"""Public names of normalization by batches."""

PATHS = {f"nn.{name}": f"functions.batch_normalization.{name}"
         for name in ("batch_normalization", "batch_norm_with_global_normalization")}
