"""Acknowledgement, from the roster to the evidence."""
