"""`kudari study`: a training program run once at many learning rates."""
