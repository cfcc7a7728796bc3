"""`kudari check`: what a program uses of TensorFlow and Kudari does not have, found without running it."""
