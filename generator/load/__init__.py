"""From files to records: read a handbook's YAML, and return what is wrong with it instead of raising."""

from generator.load.document import Document
from generator.load.handbook import Loaded, LoadedRevision, load_handbook
from generator.load.one_policy import PolicyId, leave_out_broken

__all__ = ["Document", "Loaded", "LoadedRevision", "PolicyId", "leave_out_broken", "load_handbook"]
