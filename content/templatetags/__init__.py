"""Filters of the editors' rooms."""
