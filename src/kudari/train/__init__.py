"""Optimizers and what training loops need."""
