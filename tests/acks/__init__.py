"""Yearly acknowledgement as HR apply_each it: rosters, links, the register, and what can go wrong with each."""
