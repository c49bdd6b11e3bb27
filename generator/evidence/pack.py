"""An evidence pack: every file of it by its name, in an order and with bytes that follow from the desk and the handbook alone."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generator.acknowledgements.receipts import FoundReceipt, read_receipt
from generator.evidence.gathered import Evidence
from generator.evidence.page import render_page, render_readme
from generator.evidence.texts import print_texts, redline_name
from generator.evidence.verifier.source import render_program
from generator.merge import Library

FORMAT = "clausebook-evidence-1"


def render_pack(evidence: Evidence, root: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, the manifest last because it knows the SHA-256 of all others; `root` is the handbook's folder."""
    digests: dict[str, str] = {}
    for name, content in _files(evidence, root):
        digests[name] = hashlib.sha256(content).hexdigest()
        yield name, content
    yield "manifest.json", _json(_manifest(evidence) | {"files": dict(sorted(digests.items()))})


def _files(evidence: Evidence, root: Path) -> Iterator[tuple[str, bytes]]:
    statements, redacted = _statements(evidence.lines), evidence.wanted.redacted
    yield "README.txt", render_readme(evidence, root).encode()
    yield "verify.html", render_page(evidence.handbook, root).encode()
    yield "verify.py", render_program().encode()
    yield "register.jsonl", _lines(evidence.extract.lines)
    if redacted:
        yield "redacted.jsonl", _lines(evidence.extract.told)
        yield "receipts-left-out.txt", _lines(sorted(evidence.extract.receipts))
    else:
        yield "receipts.txt", _lines(evidence.lines)
    yield "statements.json", _json(statements)
    yield "keys.json", _json(_keys(evidence.library))
    for name, content in evidence.checkpoints:
        yield f"checkpoints/{name}", content
    for text in evidence.texts:
        yield text.canonical, text.render()
    yield from print_texts(
        evidence.handbook, evidence.library, evidence.texts, evidence.steps, root / "overrides/print"
    )


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _statements(lines: Iterable[str]) -> list[dict[str, object]]:
    """Each statement in the words that were ticked, and how often."""
    found = (read_receipt(line) for line in lines if line.startswith("ackr1."))
    receipts = [one.receipt for one in found if isinstance(one, FoundReceipt)]
    count = Counter((one.policy, one.revision, one.statement) for one in receipts if one.outcome == "acknowledged")
    return [
        {"policy": policy, "revision": revision, "statement": statement, "receipts": number}
        for (policy, revision, statement), number in sorted(count.items())
    ]


def _keys(library: Library) -> list[dict[str, str | None]]:
    """The public keys of every trust: a checkpoint may be signed with any."""
    return [
        {"trust": handbook.id, "id": key.id, "public": key.public, "first": key.first, "last": key.last}
        for handbook in library.handbooks
        for key in handbook.keys
    ]


def _manifest(evidence: Evidence) -> dict[str, Any]:
    wanted, extract = evidence.wanted, evidence.extract
    return {
        "format": FORMAT, "trust": wanted.trust, "trust_name": evidence.handbook.trust.name, "policy": wanted.policy, "as_of": wanted.as_of,
        "redacted": wanted.redacted, "entries": extract.last, "hash": extract.hash, "left_out": dict(sorted(extract.left_out.items())),
        "revisions": [
            {"policy": one.policy.id, "revision": one.policy.revision_id, "title": one.policy.revision.title, "digest": one.policy.digest,
             "text": one.canonical, "pdf": one.pdf}
            for one in evidence.texts
        ],
        "redlines": [redline_name(step) for step in evidence.steps],
        "lacking": list(evidence.lacking),
    }  # fmt: skip
