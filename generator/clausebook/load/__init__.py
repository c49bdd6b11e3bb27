"""From files to records: read a handbook's YAML, and return what is wrong with it instead of raising.

What may enter: whatever reads an author's file; the only room that knows PyYAML. Files flow in; records, each with the place where its
author wrote it, and Problems flow out. `merge` joins them into one Handbook.
"""

from clausebook.load.academies import LoadedAcademy, LoadedAppendix
from clausebook.load.document import Document
from clausebook.load.handbook import Loaded, LoadedText, load_handbook
from clausebook.load.one_policy import PolicyId, leave_out_broken
from clausebook.load.reader import LoadedRevision
from clausebook.load.yaml_events import parse_document

__all__ = [
    "Document",
    "Loaded",
    "LoadedAcademy",
    "LoadedAppendix",
    "LoadedRevision",
    "LoadedText",
    "PolicyId",
    "leave_out_broken",
    "load_handbook",
    "parse_document",
]
