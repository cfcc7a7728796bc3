"""Rows for the steps of the optimizers."""

import numpy as np

from ..case import Case

W = np.array([[1.0, -2.0], [0.5, 4.0], [3.0, 0.25]], np.float32)
SLOT = np.array([[0.5, 0.25], [0.125, 1.0], [2.0, 0.75]], np.float32)
OTHER = np.array([[0.5, 0.25], [-0.5, 0.0], [0.2, -0.1]], np.float32)
GRADS = np.array([[0.1, 0.2], [-0.3, 0.4], [0.5, -0.6]], np.float32)
TWICE = np.array([2, 0, 2], np.int32)
ONCE = np.array([1, 0, 2], np.int64)
STEP = np.int64(7)


def n(*values):
    return [np.float32(value) for value in values]


CASES = [
    Case("ApplyMomentum", [W, SLOT, *n(0.25), GRADS, *n(0.9)]),
    Case("ApplyMomentum", [W, SLOT, *n(0.25), GRADS, *n(0.9)], {"use_nesterov": True}, id="nesterov"),
    Case("SparseApplyMomentum", [W, SLOT, *n(0.25), GRADS, TWICE, *n(0.9)]),
    Case("SparseApplyMomentum", [W, SLOT, *n(0.25), GRADS, ONCE, *n(0.9)], {"use_nesterov": True}, id="nesterov"),
    Case("SparseApplyMomentum", [W, SLOT, *n(0.25), GRADS[:0], ONCE[:0], *n(0.9)], id="nothing"),
    Case("ApplyRMSProp", [W, SLOT, OTHER, *n(0.25, 0.9, 0.5, 1e-3), GRADS]),
    Case("SparseApplyRMSProp", [W, SLOT, OTHER, *n(0.25, 0.9, 0.5, 1e-3), GRADS, TWICE]),
    Case("ApplyCenteredRMSProp", [W, OTHER * 0.1, SLOT, OTHER, *n(0.25, 0.9, 0.5, 1e-3), GRADS]),
    Case("SparseApplyCenteredRMSProp", [W, OTHER * 0.1, SLOT, OTHER, *n(0.25, 0.9, 0.5, 1e-3), GRADS, TWICE]),
    Case("ApplyAdagrad", [W, SLOT, *n(0.25), GRADS]),
    Case("ApplyAdagrad", [W, SLOT, *n(0.25), GRADS], {"update_slots": False}, id="fixed"),
    Case("SparseApplyAdagrad", [W, SLOT, *n(0.25), GRADS, TWICE]),
    Case("SparseApplyAdagrad", [W[:, :1], SLOT[:, :1], *n(0.25), GRADS[:, :1], ONCE], id="numbers"),
    Case("ApplyAdadelta", [W, SLOT, SLOT, *n(0.25, 0.9, 1e-3), GRADS]),
    Case("SparseApplyAdadelta", [W, SLOT, SLOT, *n(0.25, 0.9, 1e-3), GRADS, TWICE]),
    Case("ApplyAdagradDA", [W, OTHER, SLOT, GRADS, *n(0.25, 0.01, 0.02), STEP]),
    Case("SparseApplyAdagradDA", [W, OTHER, SLOT, GRADS, TWICE, *n(0.25, 0.01, 0.02), STEP]),
    Case("ApplyFtrl", [W, SLOT, OTHER, GRADS, *n(0.25, 0.1, 0.2, -0.5)]),
    Case("SparseApplyFtrl", [W, SLOT, OTHER, GRADS, TWICE, *n(0.25, 0.1, 0.2, -0.75)]),
    Case("ApplyFtrlV2", [W, SLOT, OTHER, GRADS, *n(0.25, 0.1, 0.2, 0.3, -0.25)]),
    Case("SparseApplyFtrlV2", [W, SLOT, OTHER, GRADS, TWICE, *n(0.25, 0.1, 0.2, 0.3, -0.5)]),
    Case("ApplyProximalGradientDescent", [W, *n(0.25, 0.1, 0.2), GRADS]),
    Case("SparseApplyProximalGradientDescent", [W, *n(0.25, 0.1, 0.2), GRADS, TWICE]),
    Case("ApplyProximalAdagrad", [W, SLOT, *n(0.25, 0.1, 0.2), GRADS]),
    Case("SparseApplyProximalAdagrad", [W, SLOT, *n(0.25, 0.1, 0.2), GRADS, TWICE]),
]
