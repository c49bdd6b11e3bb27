"""An evidence pack: every file of it by its name, in an order and with bytes that follow from the desk and the handbook alone."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from clausebook.acknowledgements.evidence.gathered import Evidence, ref_of
from clausebook.acknowledgements.evidence.page import render_page, render_readme
from clausebook.acknowledgements.evidence.texts import print_texts, redline_name
from clausebook.acknowledgements.evidence.verifier.source import render_program
from clausebook.acknowledgements.register.checkpoints import read_checkpoint
from clausebook.acknowledgements.signing.receipts import FoundReceipt, read_receipt
from clausebook.looks import Looks
from clausebook.model.identity import canonical_json

FORMAT = "clausebook-evidence-3"


def render_pack(evidence: Evidence, root: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, the manifest last because it knows the SHA-256 of all others; `root` is the handbook's folder."""
    digests: dict[str, str] = {}
    for name, content in _files(evidence, root):
        digests[name] = hashlib.sha256(content).hexdigest()
        yield name, content
    manifest = _manifest(evidence) | {"files": digests}
    signature = evidence.key.sign(canonical_json(manifest))
    yield "manifest.json", canonical_json({"manifest": manifest, "signature": signature})


def _files(evidence: Evidence, root: Path) -> Iterator[tuple[str, bytes]]:
    statements, redacted = _statements(evidence), evidence.wanted.redacted
    yield "README.txt", render_readme(evidence, root).encode()
    yield "verify.html", render_page(evidence.trust, root).encode()
    yield "verify.py", render_program().encode()
    yield "register.jsonl", _lines(evidence.extract.lines)
    if redacted:
        yield "redacted.jsonl", _lines(evidence.extract.told)
        yield "receipts-left-out.txt", _lines(sorted(evidence.extract.receipts))
    else:
        yield "receipts.txt", _lines(evidence.lines)
        yield "receipts-told.jsonl", _lines(map(_told, evidence.told))
    yield "statements.json", canonical_json(statements)
    yield "keys.json", canonical_json(_keys(evidence))
    for name, content in evidence.checkpoints:
        yield f"checkpoints/{name}", content
    for text in evidence.texts:
        yield text.canonical, text.render()
    yield from print_texts(evidence.trust, evidence.handbook, evidence.texts, evidence.changesets, Looks(root))


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _told(found: FoundReceipt) -> str:
    """A receipt without its link and its answers."""
    answers: Any = {"link": True, "quiz": True, "policies": {"__all__": {"quiz"}}}
    says = found.receipt.model_dump(exclude=answers) | {"ref": ref_of(found)}
    return canonical_json({"receipt": found.id, "says": says}).decode()


def _statements(evidence: Evidence) -> list[dict[str, object]]:
    """Each statement in the words that were ticked, and how often."""
    found = [read_receipt(line) for line in evidence.lines]
    receipts = [receipt.receipt for receipt in (*found, *evidence.told) if isinstance(receipt, FoundReceipt)]
    count = Counter(
        (part.policy, part.revision, receipt.statement)
        for receipt in receipts
        for part in receipt.policies
        if part.outcome == "acknowledged"
    )
    return [
        {"policy": policy, "revision": revision, "statement": statement, "receipts": number}
        for (policy, revision, statement), number in sorted(count.items())
    ]


def _keys(evidence: Evidence) -> list[dict[str, str | None]]:
    """The public keys of the desk, of whatever trust: a checkpoint may be signed with any."""
    return [
        {"trust": trust.id, "id": key.id, "public": key.public, "first": key.first, "last": key.last}
        for trust in evidence.handbook.trusts
        for key in trust.keys
        if key.id in evidence.extract.keys
    ]


def _manifest(evidence: Evidence) -> dict[str, Any]:
    wanted, extract = evidence.wanted, evidence.extract
    return {
        "format": FORMAT, "trust": wanted.trust, "trust_name": evidence.trust.record.name, "policy": wanted.policy, "as_of": wanted.as_of,
        "redacted": wanted.redacted, "entries": extract.last, "hash": extract.hash, "checkpoint": _newest(evidence),
        "left_out": dict(extract.left_out), "key": evidence.key.id,
        "revisions": [
            {"policy": one.revision.policy, "revision": one.revision.id, "title": one.revision.record.title, "digest": one.revision.digest}
            | ({"academy": one.revision.academy} if one.revision.academy else {})
            for one in evidence.texts
        ],
        "redlines": [redline_name(changeset) for changeset in evidence.changesets],
        "lacking": list(evidence.lacking),
    }  # fmt: skip


def _newest(evidence: Evidence) -> dict[str, object] | None:
    """The newest checkpoint, by which an auditor sees that none was taken away."""
    told = [one.checkpoint for _, raw in evidence.checkpoints if (one := read_checkpoint(raw))]
    newest = max(told, key=lambda checkpoint: checkpoint.number, default=None)
    return {"number": newest.number, "hash": newest.hash} if newest else None
