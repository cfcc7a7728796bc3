"""Public names of the neural-network functions."""

from ..functions import classification, nn
from ..ops import activation

NAMES = {
    "nn.relu": activation.relu,
    "nn.relu6": nn.relu6,
    "nn.crelu": nn.crelu,
    "nn.elu": activation.elu,
    "nn.selu": activation.selu,
    "nn.leaky_relu": nn.leaky_relu,
    "nn.softplus math.softplus": activation.softplus,
    "nn.softsign math.softsign": activation.softsign,
    "nn.bias_add": nn.bias_add,
    "nn.xw_plus_b": nn.xw_plus_b,
    "nn.relu_layer": nn.relu_layer,
    "nn.l2_normalize math.l2_normalize linalg.l2_normalize": nn.l2_normalize,
    "nn.moments": nn.moments,
    "nn.in_top_k math.in_top_k": nn.in_top_k,
    "nn.softmax math.softmax": classification.softmax,
    "nn.log_softmax math.log_softmax": classification.log_softmax,
    "nn.softmax_cross_entropy_with_logits": classification.softmax_cross_entropy_with_logits,
    "nn.softmax_cross_entropy_with_logits_v2": classification.softmax_cross_entropy_with_logits_v2,
    "nn.sparse_softmax_cross_entropy_with_logits": classification.sparse_softmax_cross_entropy_with_logits,
    "nn.sigmoid_cross_entropy_with_logits": classification.sigmoid_cross_entropy_with_logits,
    "nn.weighted_cross_entropy_with_logits": classification.weighted_cross_entropy_with_logits,
}
