"""Yearly acknowledgement as HR meets it: rosters, links, the register, and what can go wrong with each."""
