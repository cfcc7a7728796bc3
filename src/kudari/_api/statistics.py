"""Public names of moments in parts, the loss of counts, and the confusion matrix."""

PATHS = {f"nn.{name}": f"functions.moments.{name}"
         for name in ("sufficient_statistics", "normalize_moments", "weighted_moments")}
PATHS["nn.log_poisson_loss"] = "functions.poisson_loss.log_poisson_loss"
PATHS["confusion_matrix math.confusion_matrix train.confusion_matrix"] = "functions.confusion.confusion_matrix"
