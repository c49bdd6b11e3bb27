"""What changed between two revisions of a policy: typed changes, redlines, changesets, and what is material unless HR says otherwise.

What may enter: pure functions over two or more Revisions. `find` compares clause with clause, `clause_diffs` tells them with their
redlines, `changesets` puts those of a chain together, `materiality` says which of them ask staff to sign again.
"""

from clausebook.compare.revisions.change import KINDS, NEVER_MATERIAL, TITLE, Change, Kind
from clausebook.compare.revisions.find import find_changes
from clausebook.compare.revisions.redline import Run, redline

__all__ = ["KINDS", "NEVER_MATERIAL", "TITLE", "Change", "Kind", "Run", "find_changes", "redline"]
