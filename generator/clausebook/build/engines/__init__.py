"""What makes a site of a tree: MkDocs, or Zensical where it is installed. Each engine is one function of one module."""

from __future__ import annotations


class SiteError(Exception):
    """An engine would not build a tree that we wrote: our mistake, not the author's."""


class MissingEngineError(Exception):
    """The engine that was asked for is not installed."""
