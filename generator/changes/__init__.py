"""What changed between two revisions of a policy: typed changes, redlines, and what is material unless HR says otherwise."""

from generator.changes.change import KINDS, NEVER_MATERIAL, TITLE, Change, Kind
from generator.changes.finding import find_changes
from generator.changes.redline import Run, redline

__all__ = ["KINDS", "NEVER_MATERIAL", "TITLE", "Change", "Kind", "Run", "find_changes", "redline"]
