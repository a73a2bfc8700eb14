"""What an office adds to the declarations: codes and fields of its own, and figures."""

OWN = "own_"
"""Begins the keys of an office's own codes, fields and figures, which no declaration uses."""
