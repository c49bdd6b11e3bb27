"""From files to records: read a handbook's YAML, and return what is wrong with it instead of raising."""

from generator.load.document import Document
from generator.load.handbook import Loaded, LoadedRevision, load_handbook

__all__ = ["Document", "Loaded", "LoadedRevision", "load_handbook"]
