"""Kudari."""
