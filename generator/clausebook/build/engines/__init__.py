"""What makes a site of its source: MkDocs, or Zensical where it is installed; PDFs by WeasyPrint; the hub's search by Pagefind.

What may enter: one library a file, and nothing of which pages there are.
"""

from __future__ import annotations


class SiteError(Exception):
    """An engine would not build a tree that we wrote: our mistake, not the author's."""


class MissingEngineError(Exception):
    """The engine that was asked for is not installed."""
