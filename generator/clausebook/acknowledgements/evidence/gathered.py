"""What goes into a pack, gathered from desk and handbook before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from clausebook.acknowledgements.desk.academy_texts import AcademyTexts
from clausebook.acknowledgements.desk.paths import Desk, UnreadableFileError
from clausebook.acknowledgements.evidence.extract import Extract, Wanted, extract_register
from clausebook.acknowledgements.evidence.texts import Text, find_changesets, find_texts
from clausebook.acknowledgements.register.trust_keys import NoKeyError
from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.acknowledgements.signing.links import reference_in
from clausebook.acknowledgements.signing.receipts import FoundReceipt, read_receipt
from clausebook.build.engines.weasyprint import require_libraries
from clausebook.compare.revisions.changesets import Changeset
from clausebook.model.handbook import Handbook, Trust


@dataclass(frozen=True)
class Evidence:
    """All that a pack is made of."""

    trust: Trust
    handbook: Handbook
    wanted: Wanted
    extract: Extract
    texts: tuple[Text, ...]
    changesets: tuple[Changeset, ...]
    key: SigningKey
    """HR's, of the trust: it signs the pack."""
    lines: tuple[str, ...]
    """What people sent, in the order of their SHA-256."""
    told: tuple[FoundReceipt, ...]
    """Of these the receipts that stay on the desk: with answers of a quiz in them, or with a link that still works."""
    checkpoints: tuple[tuple[str, bytes], ...]
    lacking: tuple[str, ...]
    """What the pack cannot prove because the handbook or the desk has lost it, in words."""


def gather_evidence(desk: Desk, handbook: Handbook, wanted: Wanted, key: SigningKey) -> Evidence:
    """Raises BrokenRegisterError, MissingLibraryError, NoKeyError."""
    require_libraries()
    trust = handbook.trust(wanted.trust)
    extract = extract_register(desk.register, replace(wanted, known=known_ids(trust)))
    if key.id not in extract.keys:
        raise NoKeyError(f"the register at {desk.root} does not know the key {key.id}: make one here with clausebook acks keys {wanted.trust}")  # fmt: skip
    texts, lost = find_texts(trust, extract.signed, AcademyTexts(desk, trust.texts_of_academies))
    there = {one.revision.digest for one in texts}
    lines, missing = _read_receipts(desk, extract)
    lacking = [f"the handbook has no {one} any more: put its file back" for one in lost]
    lacking += [
        f"{one.revision.policy} {one.revision.id} was edited after it was acknowledged: put back the text with digest {digest}"
        for one in texts
        if not one.revision.academy
        for digest in sorted(extract.signed[one.revision.policy, one.revision.id] - there)
    ]
    lacking += [f"receipt {one} is not in {desk.receipts}" for one in missing]
    public = {one.id for each in handbook.trusts for one in each.keys}
    lacking += [
        f"the handbook has no key {one}, which this desk made: clausebook acks keys puts it back"
        for one in sorted(extract.keys - public)
    ]
    checkpoints = tuple((path.name, path.read_bytes()) for path in sorted(desk.checkpoints.glob("*.json"), key=_number))
    told = tuple(found for line in lines if (found := _to_tell(line, wanted.as_of, extract.expires)))
    whole = tuple(line for line in lines if line not in {receipt.line for receipt in told})
    return Evidence(
        trust, handbook, wanted, extract, texts, find_changesets(trust, texts), key, whole, told, checkpoints, tuple(lacking)
    )  # fmt: skip


def known_ids(trust: Trust) -> frozenset[str]:
    """The ids of all revisions, of all their clauses and of all academies."""
    every = [revision for policy in trust.policies for revision in policy.revisions]
    return frozenset((
        *(revision.id for revision in every), *(academy.id for academy in trust.academies),
        *(clause.id for revision in (*every, *trust.texts_of_academies) for clause in revision.clauses),
    ))  # fmt: skip


def _to_tell(line: str, day: str, expires: Mapping[str, str]) -> FoundReceipt | None:
    """The receipt where it is one that is told and not handed over."""
    found = read_receipt(line)
    if isinstance(found, str):
        return None
    has_answers = found.receipt.quiz or any(part.quiz for part in found.receipt.policies)
    return found if has_answers or expires.get(ref_of(found), "") >= day else None


def ref_of(found: FoundReceipt) -> str:
    """The reference of the link that a receipt names; empty where it was made without one."""
    return reference_in(found.receipt.link)


def _number(path: Path) -> tuple[int, str]:
    return (int(path.stem) if path.stem.isdecimal() else 0), path.name


def _read_receipts(desk: Desk, extract: Extract) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines, and the ids of those that are not there."""
    found, missing = [], []
    for receipt in sorted(extract.receipts):
        line = _read_receipt(desk, receipt)
        if line is not None and hashlib.sha256(line).hexdigest() == receipt:
            found.append(line.decode())
        else:
            missing.append(receipt)
    return tuple(found), tuple(missing)


def _read_receipt(desk: Desk, receipt: str) -> bytes | None:
    try:
        return desk.read(desk.receipt_file(receipt)).rstrip(b"\n")
    except (FileNotFoundError, UnreadableFileError):
        return None
