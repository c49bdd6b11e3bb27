"""Clausebook: a trust's staff policies, held as clauses in YAML, made into sites, comparisons and printed pages."""

__version__ = "0.1.0"
