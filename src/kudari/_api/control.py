"""Public names of the ordering functions."""

from ..functions.control import group, no_op, tuple_of

NAMES = {"no_op": no_op, "group": group, "tuple": tuple_of}
