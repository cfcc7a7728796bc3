"""Which learning rate? Curvature, limits and comparisons of rates for a training program as it is."""

from .interrupts import Interrupted
from .of_script import StudyError, study
from .progress import Progress
from .range_test import RangeTest, range_test
from .recommend import Recommendation, recommend
from .stability import Scaling, Stability, stability
from .study import Study
from .sweep import sweep

__all__ = ["Interrupted", "Progress", "RangeTest", "Recommendation", "Scaling", "Stability", "Study", "StudyError",
           "range_test", "recommend", "stability", "study", "sweep"]
