"""Public names of sorting, counting, scattering and segments."""

PATHS = {
    **{f"segment_{kind} math.segment_{kind}": f"ops.sorted_segments.segment_{kind}"
       for kind in ("sum", "mean", "prod", "min", "max")},
    **{f"unsorted_segment_{kind} math.unsorted_segment_{kind}": f"ops.segments.unsorted_segment_{kind}"
       for kind in ("prod", "min", "max")},
    **{f"unsorted_segment_{kind} math.unsorted_segment_{kind}": f"functions.segments.unsorted_segment_{kind}"
       for kind in ("mean", "sqrt_n")},
    **{f"sparse_segment_{kind} sparse.segment_{kind}": f"functions.segments.sparse_segment_{kind}"
       for kind in ("sum", "mean", "sqrt_n")},
    "sort": "functions.sorting.sort",
    "argsort": "functions.sorting.argsort",
    "nn.top_k math.top_k": "functions.sorting.top_k",
    "searchsorted": "functions.sorting.searchsorted",
    "bincount math.bincount": "functions.sorting.bincount",
    "histogram_fixed_width": "functions.sorting.histogram_fixed_width",
    "histogram_fixed_width_bins": "functions.sorting.histogram_fixed_width_bins",
    "unique_with_counts": "functions.sorting.unique_with_counts",
    "dynamic_partition": "ops.scattering.dynamic_partition",
    "unravel_index": "ops.scattering.unravel_index",
    "roll manip.roll": "functions.rearranging.roll",
    "repeat": "functions.rearranging.repeat",
    "parallel_stack": "functions.rearranging.parallel_stack",
    "tensor_scatter_update tensor_scatter_nd_update": "ops.scattering.tensor_scatter_update",
    "tensor_scatter_add tensor_scatter_nd_add": "ops.scattering.tensor_scatter_add",
    "tensor_scatter_sub tensor_scatter_nd_sub": "ops.scattering.tensor_scatter_sub",
    "batch_gather": "functions.rearranging.batch_gather",
    "where_v2": "functions.rearranging.where_v2",
}
