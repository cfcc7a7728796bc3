"""Public names of the functions that change rows of variables."""

from ..functions.scatter import scatter_add, scatter_sub, scatter_update

NAMES = {"scatter_update": scatter_update, "scatter_add": scatter_add, "scatter_sub": scatter_sub}
