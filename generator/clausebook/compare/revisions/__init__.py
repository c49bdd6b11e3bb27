"""What changed between two revisions of a policy: typed changes, redlines, and what is material unless HR says otherwise."""

from clausebook.compare.revisions.change import KINDS, NEVER_MATERIAL, TITLE, Change, Kind
from clausebook.compare.revisions.find import find_changes
from clausebook.compare.revisions.redline import Run, redline

__all__ = ["KINDS", "NEVER_MATERIAL", "TITLE", "Change", "Kind", "Run", "find_changes", "redline"]
