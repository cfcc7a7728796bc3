"""Public names of normalization by batches."""

PATHS = {f"nn.{name}": f"functions.batch_normalization.{name}"
         for name in ("batch_normalization", "fused_batch_norm", "batch_norm_with_global_normalization")}
PATHS["nn.lrn nn.local_response_normalization"] = "ops.response.lrn"
