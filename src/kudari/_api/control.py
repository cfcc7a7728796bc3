"""Public names of the ordering functions."""

from ..functions.control import control_trigger_op, group, no_op, tuple_of

NAMES = {"no_op": no_op, "group": group, "tuple": tuple_of, "raw_ops.ControlTrigger": control_trigger_op}
