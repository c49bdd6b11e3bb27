"""What goes into a pack, gathered from desk and handbook before anything is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from generator.acknowledgements.desk import Desk
from generator.evidence.extract import Extract, Wanted, extract_register
from generator.evidence.texts import Text, find_steps, find_texts
from generator.merge import Handbook, Library
from generator.pdf import require_libraries
from generator.steps import Step


@dataclass(frozen=True)
class Evidence:
    """All that a pack is made of."""

    handbook: Handbook
    library: Library
    wanted: Wanted
    extract: Extract
    texts: tuple[Text, ...]
    steps: tuple[Step, ...]
    lines: tuple[str, ...]
    """What people sent, in the order of their SHA-256."""
    checkpoints: tuple[tuple[str, bytes], ...]
    lacking: tuple[str, ...]
    """What the pack cannot prove because the handbook or the desk has lost it, in words."""


def gather_evidence(desk: Desk, library: Library, wanted: Wanted) -> Evidence:
    """Raises BrokenRegisterError, MissingLibraryError."""
    require_libraries()
    handbook = next(one for one in library.handbooks if one.id == wanted.trust)
    extract = extract_register(desk.register, wanted)
    texts, lost = find_texts(handbook, extract.signed)
    lines, missing = _read_receipts(desk, extract)
    lacking = [f"the handbook has no {one} any more: put its file back" for one in lost]
    lacking += [
        f"{one.policy.id} {one.policy.revision_id} was edited after it was acknowledged: put back the text with digest {digest}"
        for one in texts
        for digest in sorted(extract.signed[one.policy.id, one.policy.revision_id] - {one.policy.digest})
    ]
    lacking += [f"receipt {one} is not in {desk.receipts}" for one in missing]
    checkpoints = tuple((path.name, path.read_bytes()) for path in sorted(desk.checkpoints.glob("*.json"), key=_number))
    return Evidence(
        handbook, library, wanted, extract, texts, find_steps(handbook, texts), lines, checkpoints, tuple(lacking)
    )


def _number(path: Path) -> tuple[int, str]:
    return (int(path.stem) if path.stem.isdecimal() else 0), path.name


def _read_receipts(desk: Desk, extract: Extract) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines, and the ids of those that are not there."""
    found, missing = [], []
    for receipt in sorted(extract.receipts):
        path = desk.receipt_file(receipt)
        line = path.read_text(encoding="utf-8").rstrip("\n") if path.is_file() else None
        if line is not None and hashlib.sha256(line.encode()).hexdigest() == receipt:
            found.append(line)
        else:
            missing.append(receipt)
    return tuple(found), tuple(missing)
