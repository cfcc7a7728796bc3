"""What a program asks of its datasets beyond their elements."""

from __future__ import annotations

from typing import Any


class Group:
    """Settings, each `None` until it is set."""

    _NAMES: tuple[str, ...] = ()

    def __init__(self) -> None:
        for name in self._NAMES:
            object.__setattr__(self, name, None)

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in self._NAMES:
            raise AttributeError(f"Cannot set the property {name} on {type(self).__name__}.")
        object.__setattr__(self, name, value)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    __hash__ = None  # type: ignore[assignment]


class OptimizationOptions(Group):
    """How TensorFlow rewrites a pipeline. Only `apply_default_optimizations` and `shuffle_and_repeat_fusion` matter here:
    they decide about the order of elements."""

    _NAMES = ("apply_default_optimizations", "autotune", "autotune_algorithm", "autotune_buffers", "autotune_cpu_budget",
              "filter_fusion", "filter_with_random_uniform_fusion", "hoist_random_uniform", "map_and_batch_fusion",
              "map_and_filter_fusion", "map_fusion", "map_parallelization", "map_vectorization", "noop_elimination",
              "parallel_batch", "shuffle_and_repeat_fusion")

    def __init__(self) -> None:
        super().__init__()
        self.map_vectorization = MapVectorizationOptions()


class MapVectorizationOptions(Group):
    """Whether maps are put over batches; accepted, and without effect on values."""

    _NAMES = ("enabled", "use_choose_fastest")


class ThreadingOptions(Group):
    """How many threads a pipeline may use; accepted."""

    _NAMES = ("max_intra_op_parallelism", "private_threadpool_size")


class DistributeOptions(Group):
    """How a pipeline is split among workers; accepted."""

    _NAMES = ("auto_shard", "auto_shard_policy", "num_devices")


class StatsOptions(Group):
    """Where a pipeline's statistics go; accepted."""

    _NAMES = ("aggregator", "counter_prefix", "latency_all_edges", "prefix")


class Options(Group):
    """Options of a dataset, for `Dataset.with_options`."""

    _NAMES = ("experimental_deterministic", "experimental_distribute", "experimental_optimization", "experimental_slack",
              "experimental_stateful_whitelist", "experimental_stats", "experimental_threading")

    def __init__(self) -> None:
        super().__init__()
        self.experimental_distribute = DistributeOptions()
        self.experimental_optimization = OptimizationOptions()
        self.experimental_stats = StatsOptions()
        self.experimental_threading = ThreadingOptions()

    def merge(self, options: Options) -> Options:
        """Return these options with what `options` sets over them."""
        return _merged(self, options)

    def optimizations(self) -> list[str]:
        """Return the names of the rewritings that happen, in TensorFlow's order."""
        asked: Any = self.experimental_optimization
        names = [name for name in ("filter_fusion", "filter_with_random_uniform_fusion", "hoist_random_uniform",
                                   "map_and_filter_fusion", "map_fusion", "map_parallelization", "parallel_batch")
                 if getattr(asked, name)]
        defaults = ("map_and_batch_fusion", "noop_elimination", "shuffle_and_repeat_fusion")
        by_default = asked.apply_default_optimizations is not False
        names += [n for n in defaults if getattr(asked, n) or (by_default and getattr(asked, n) is None)]
        return names


def _merged(first: Any, second: Any) -> Any:
    result = type(first)()
    for name in first._NAMES:
        one, two = getattr(first, name), getattr(second, name)
        setattr(result, name, _merged(one, two) if isinstance(one, Group) and isinstance(two, Group)
                else one if two is None else two)
    return result
