"""Which learning rate? Curvature, limits and comparisons of rates for a training program as it is."""

from .stability import Scaling, Stability, stability

__all__ = ["Scaling", "Stability", "stability"]
