"""Which learning rate? Curvature, limits and comparisons of rates for a training program as it is."""

from .range_test import RangeTest, range_test
from .recommend import Recommendation, recommend
from .stability import Scaling, Stability, stability

__all__ = ["RangeTest", "Recommendation", "Scaling", "Stability", "range_test", "recommend", "stability"]
