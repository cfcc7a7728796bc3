"""`tf.train.SyncReplicasOptimizer`: gradients of several replicas make one step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..dtypes import int32
from ..functions.accumulators import ConditionalAccumulator, SparseConditionalAccumulator
from ..functions.filling import fill
from ..functions.queues import FIFOQueue
from ..graph.collections import GraphKeys
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..ops.control import group_nodes, no_op
from ..ops.state import assign
from ..platform import logging
from ..variables.listing import global_variables
from ..variables.uninitialized import report_uninitialized_variables
from ..variables.variable import Variable
from .optimizer import Optimizer
from .queue_threads import QueueRunner
from .session_manager import is_ready_op
from .session_run_hook import SessionRunHook


class SyncReplicasOptimizer(Optimizer):
    """Gathers gradients in accumulators, and applies their mean when there are enough of them.

    A replica's training op adds its gradients, and waits for a token that the chief's queue runner puts into a queue after
    each step. In one process there is one replica, whose gradients are counted as often as it runs.

    Args:
      opt: applies the gradients.
      replicas_to_aggregate: how many gradients make a step.
      total_num_replicas: how many replicas there are; `replicas_to_aggregate` if `None`.
      variable_averages: a `tf.train.ExponentialMovingAverage` to keep after each step, if any.
      variables_to_average: of which variables.
      use_locking: accepted.
      name: of the scope.
    """

    def __init__(self, opt: Optimizer, replicas_to_aggregate: int, total_num_replicas: int | None = None,
                 variable_averages: Any = None, variables_to_average: Any = None, use_locking: bool = False,
                 name: str = "sync_replicas"):
        super().__init__(use_locking, name)
        self._opt, self._replicas_to_aggregate = opt, replicas_to_aggregate
        self._total_num_replicas = replicas_to_aggregate if total_num_replicas is None else total_num_replicas
        logging.info("SyncReplicasV2: replicas_to_aggregate=%s; total_num_replicas=%s", replicas_to_aggregate,
                     self._total_num_replicas)
        self._variable_averages, self._variables_to_average = variable_averages, variables_to_average
        self._tokens_per_step = max(self._total_num_replicas, replicas_to_aggregate)
        self._gradients_applied = False
        self._accumulators: list[tuple[Any, str]] = []

    def compute_gradients(self, *args: Any, **kwargs: Any) -> Any:
        """Do what the optimizer within does."""
        return self._opt.compute_gradients(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Iterable[tuple[Any, Any]], global_step: Any = None,
                        name: str | None = None) -> Operation:
        """Return an op that adds gradients to the accumulators, and then waits for the step to be taken.

        Args:
          grads_and_vars: what `compute_gradients` returned.
          global_step: counts the steps; also tells which gradients are too old.
          name: accepted.

        Raises:
          ValueError: if there is no variable, no global step, or a gradient of no known kind.
        """
        pairs = list(grads_and_vars or ())
        if not pairs:
            raise ValueError("Must supply at least one variable")
        if global_step is None:
            raise ValueError("Global step is required to check staleness")
        self._global_step, graph = global_step, get_default_graph()
        with graph.colocate_with(no_op()):
            self._local_step = Variable(0, trainable=False, collections=[GraphKeys.LOCAL_VARIABLES],
                                        dtype=global_step.dtype.base_dtype, name="sync_rep_local_step")
        self.local_step_init_op = assign(self._local_step, global_step)
        self.ready_for_local_init_op = report_uninitialized_variables(global_variables())
        with graph.name_scope(None), graph.name_scope(self._name):
            added, taken = self._accumulated(pairs)
            train_op = self._stepped(added, list(zip(taken, (var for _, var in pairs))))
            initial = [self.local_step_init_op]
            for accumulator, device in self._accumulators:
                with graph.device(device):
                    initial.append(accumulator.set_global_step(global_step, name="SetGlobalStep"))
            self.chief_init_op = group_nodes(initial, None)
        self._gradients_applied = True
        return train_op

    def _accumulated(self, pairs: list[tuple[Any, Any]]) -> tuple[list[Operation], list[Any]]:
        """The ops that add gradients, and what the accumulators give."""
        added: list[Operation] = []
        taken: list[Any] = []
        for grad, var in pairs:
            with get_default_graph().device(var.device):
                shared = f"{var.name}/grad_accum"
                if grad is None:
                    taken.append(None)
                    continue
                accumulator: Any
                if isinstance(grad, Tensor):
                    accumulator = ConditionalAccumulator(grad.dtype, shape=var.get_shape(), shared_name=shared)
                    added.append(accumulator.apply_grad(grad, local_step=self._local_step))
                    taken.append(accumulator.take_grad(self._replicas_to_aggregate))
                elif isinstance(grad, IndexedSlices):
                    accumulator = SparseConditionalAccumulator(grad.dtype, shape=(), shared_name=shared)
                    added.append(accumulator.apply_indexed_slices_grad(grad, local_step=self._local_step))
                    taken.append(accumulator.take_indexed_slices_grad(self._replicas_to_aggregate))
                else:
                    raise ValueError("Unknown grad type!")
                self._accumulators.append((accumulator, var.device))
        return added, taken

    def _stepped(self, added: list[Operation], pairs: list[tuple[Any, Any]]) -> Operation:
        """The op of a replica; what the chief runs goes to its queue runner."""
        graph, step = get_default_graph(), self._global_step
        with graph.device(step.device), graph.name_scope(""):
            update = self._opt.apply_gradients(pairs, step)
        with graph.device(step.device), graph.name_scope(""):
            self._tokens = FIFOQueue(-1, step.dtype.base_dtype, shapes=(), name="sync_token_q", shared_name="sync_token_q")
            dummy = FIFOQueue(1, int32, shapes=(), name="dummy_queue", shared_name="dummy_queue")
        with graph.device(step.device), graph.name_scope(""):
            with graph.control_dependencies(added):
                token = self._tokens.dequeue()
            train_op = assign(self._local_step, token)
            with graph.control_dependencies([update]):
                sync = self._tokens.enqueue_many((fill([self._tokens_per_step], step),))
            if self._variable_averages is not None:
                with graph.control_dependencies([sync]), graph.name_scope(""):
                    sync = self._variable_averages.apply(self._variables_to_average)
            self._chief_queue_runner = QueueRunner(dummy, [sync])
        return train_op

    def _must_have_applied(self, words: str) -> None:
        if not self._gradients_applied:
            raise ValueError(words)

    def get_chief_queue_runner(self) -> QueueRunner:
        """Return what takes the steps; the chief starts it.

        Raises:
          ValueError: before `apply_gradients`.
        """
        self._must_have_applied("Should be called after apply_gradients().")
        return self._chief_queue_runner

    def get_init_tokens_op(self, num_tokens: int = -1) -> Operation:
        """Return an op that lets replicas begin.

        Args:
          num_tokens: how many may; `replicas_to_aggregate` if -1.

        Raises:
          ValueError: before `apply_gradients`, or if there are too few for the first step.
        """
        self._must_have_applied("get_init_tokens_op() should be called after apply_gradients().")
        needed = self._replicas_to_aggregate - self._total_num_replicas
        if num_tokens == -1:
            num_tokens = self._replicas_to_aggregate
        elif num_tokens < needed:
            raise ValueError(f"Too few tokens to finish the first step: {num_tokens} (given) vs {needed} (needed)")
        if num_tokens <= 0:
            return no_op(name="no_init_tokens")
        graph = get_default_graph()
        with graph.device(self._global_step.device), graph.name_scope(""):
            return self._tokens.enqueue_many((fill([num_tokens], self._global_step),))

    def get_slot(self, *args: Any, **kwargs: Any) -> Any:
        """Return what the optimizer within does."""
        return self._opt.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> list[str]:
        """Return what the optimizer within does."""
        return self._opt.get_slot_names(*args, **kwargs)

    def variables(self) -> list:
        """Return what the optimizer within does."""
        return self._opt.variables()

    def make_session_run_hook(self, is_chief: bool, num_tokens: int = -1) -> SessionRunHook:
        """Return a hook that readies a session, and for the chief starts what takes the steps.

        Args:
          is_chief: whether it is for the chief.
          num_tokens: as for `get_init_tokens_op`.
        """
        return _Hook(self, is_chief, num_tokens)


class _Hook(SessionRunHook):
    """Readies a session for steps of several replicas."""

    def __init__(self, optimizer: SyncReplicasOptimizer, is_chief: bool, num_tokens: int):
        self._optimizer, self._is_chief, self._num_tokens = optimizer, is_chief, num_tokens

    def begin(self) -> None:
        self._optimizer._must_have_applied("SyncReplicasOptimizer.apply_gradient should be called before using the hook.")
        self._init = self._optimizer.chief_init_op if self._is_chief else self._optimizer.local_step_init_op
        self._tokens = self._optimizer.get_init_tokens_op(self._num_tokens) if self._is_chief else None

    def after_create_session(self, session: Any, coord: Any) -> None:
        is_good, words = is_ready_op(self._optimizer.ready_for_local_init_op, session,
                                  "Model is not ready for SyncReplicasOptimizer local init.")
        if not is_good:
            raise RuntimeError("Init operations did not make model ready for SyncReplicasOptimizer local_init. Init op: "
                               f"{self._init.name}, error: {words}")
        session.run(self._init)
        if self._tokens is not None:
            session.run(self._tokens)
            self._optimizer.get_chief_queue_runner().create_threads(session, coord=coord, daemon=True, start=True)
