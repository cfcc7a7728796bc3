"""Texts, resources and what is installed."""
