"""An evidence pack checked by somebody who has its README and no code of ours: returns what is wrong, one word each."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def hex256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")


def rows(data: bytes) -> list[bytes]:
    return [row for row in data.split(b"\n") if row]


def verify(files: dict[str, bytes]) -> set[str]:  # noqa: C901, PLR0912, PLR0915 — one go through the README, from its top
    wrong: set[str] = set()
    whole = json.loads(files["manifest.json"])
    about = whole["manifest"]
    if any(name not in files or hex256(files[name]) != digest for name, digest in about["files"].items()) or set(files) - set(about["files"]) != {"manifest.json"}:  # fmt: skip
        wrong.add("files")

    keys: dict[str, Any] = {}
    for key in json.loads(files["keys.json"]):
        raw = from_base64url(key["public"])
        if hex256(raw)[:12] != key["id"]:
            wrong.add("keys")
        keys[key["id"]] = key | {"opens": Ed25519PublicKey.from_public_bytes(raw)}

    def is_signed(key: str, message: bytes, signature: str) -> bool:
        try:
            keys[key]["opens"].verify(from_base64url(signature), message)
        except (InvalidSignature, KeyError, ValueError):
            return False
        return True

    if not is_signed(about["key"], rfc8785.dumps(about), whole["signature"]):
        wrong.add("signature")

    # The register: heads hang together, bodies fit their heads.
    entries = [json.loads(row) for row in rows(files["register.jsonl"])]
    if [rfc8785.dumps(entry) for entry in entries] != rows(files["register.jsonl"]):
        wrong.add("form")
    hashes = ["0" * 64]
    bodies: dict[int, Any] = {}
    silent = 0
    for place, entry in enumerate(entries, 1):
        if (entry["head"]["number"], entry["head"]["before"]) != (place, hashes[-1]):
            wrong.add("chain")
        hashes.append(hex256(rfc8785.dumps(entry["head"])))
        if "body" not in entry:
            silent += 1
        elif hex256(entry["salt"].encode() + rfc8785.dumps(entry["body"])) != entry["head"]["body"]:
            wrong.add("body")
        else:
            bodies[place] = entry["body"]
    purged = {one for body in bodies.values() if body["kind"] == "purged" for one in body["facts"]["entries"]}
    if silent - len(purged) != sum(about["left_out"].values()):
        wrong.add("silent")
    if (len(entries), hashes[-1]) != (about["entries"], about["hash"]):
        wrong.add("end")
    if any(body["kind"] == "key" and keys.get(body["facts"]["id"], {}).get("public") != body["facts"]["public"] for body in bodies.values()):  # fmt: skip
        wrong.add("keys")

    # Checkpoints.
    there = set()
    for name, data in files.items():
        if name.startswith("checkpoints/"):
            one = json.loads(data)
            said = one["checkpoint"]
            if name == f"checkpoints/{said['number']}.json":
                there.add(said["number"])
            if not is_signed(said["key"], rfc8785.dumps(said), one["signature"]):
                wrong.add("checkpoint")
            if said["number"] >= len(hashes) or hashes[said["number"]] != said["hash"]:
                wrong.add("checkpoint")
    if {body["about"] for body in bodies.values() if body["kind"] == "checkpoint"} - there:
        wrong.add("checkpoint")

    if max(there, default=None) != (about["checkpoint"] or {}).get("number"):
        wrong.add("checkpoint")
    for place, body in bodies.items():
        if body["kind"] == "purged":
            facts = {name: value for name, value in body["facts"].items() if name != "signature"}
            message = rfc8785.dumps({"before": hashes[place - 1], "body": body | {"facts": facts}})
            if not is_signed(body["facts"]["key"], message, body["facts"]["signature"]):
                wrong.add("purge")

    # Texts.
    digests = {hex256(data) for name, data in files.items() if name.startswith("texts/")}
    for body in bodies.values():
        if body["kind"] in ("acknowledged", "on-behalf", "carried") and body["digest"] not in digests:
            wrong.add("text")
    if {one["digest"] for one in about["revisions"]} - digests:
        wrong.add("text")

    # Receipts and the links in them.
    lines = {hex256(row): row.decode() for row in rows(files.get("receipts.txt", b""))}
    instead = {one["receipt"]: one["says"] for one in map(json.loads, rows(files.get("receipts-told.jsonl", b"")))}
    statements = {(one["policy"], one["revision"], one["statement"]) for one in json.loads(files["statements.json"])}
    issued: dict[str, list[Any]] = {}
    for body in bodies.values():
        if body["kind"] == "issued":
            issued.setdefault(body["ref"], []).append(body)
    for body in bodies.values():
        if about["redacted"] or body["kind"] not in ("acknowledged", "not-understood"):
            continue
        line = lines.get(body["receipt"])
        if line is None and body["receipt"] in instead:
            said = instead[body["receipt"]]
            part = next(one for one in said["policies"] if one["policy"] == body["policy"])
            if part["outcome"] != body["kind"] or (
                not body.get("by") and issued[said["ref"]][0]["person"] != body["person"]
            ):
                wrong.add("receipt")
            continue
        if line is None and body["channel"] != "scan":
            wrong.add("receipt")
        if line is None or not line.startswith("ackr2."):
            continue
        start, payload, check = line.split(".")
        said = json.loads(from_base64url(payload))
        if body.get("by"):  # somebody in HR decided on it, whatever it says
            continue
        named, _, signature = said["link"].rpartition(".")
        kind, told = named.split(".")
        parts = [one for one in said["policies"] if one["policy"] == body["policy"]]
        own = issued.get(told, [])
        if kind != "r1" or not own or not parts:
            wrong.add("receipt")
            continue
        # The reference alone: the payload follows from the entries that issued the link, one for each policy.
        link = {name: own[0][name] for name in ("ref", "trust", "campaign")}
        link |= {name: own[0]["facts"][name] for name in ("quiz", "quizzes", "issued", "expires", "key")}
        link["due"] = min(one["facts"]["due"] for one in own)
        link["policies"] = [
            {"policy": one["policy"], "revision": one["revision"], "digest": one["digest"][:16], "since": one["facts"]["since"]} for one in own
        ]  # fmt: skip
        begun = "a2." + base64.urlsafe_b64encode(rfc8785.dumps(link)).rstrip(b"=").decode()
        asked = [one for one in own if one["policy"] == body["policy"]]
        if (
            start != "ackr2"
            or hex256(f"ackr2.{payload}".encode())[:16] != check
            or rfc8785.dumps(said) != from_base64url(payload)
            or not is_signed(link["key"], begun.encode(), signature)
            or told != body["ref"]
            or own[0]["person"] != body["person"]
            or parts[0]["outcome"] != body["kind"]
            or not asked
            or any(one[name] != body[name] for name in ("policy", "revision", "digest") for one in (parts[0], asked[0]))
        ):
            wrong.add("receipt")
        if body["kind"] == "acknowledged" and (body["policy"], body["revision"], said["statement"]) not in statements:
            wrong.add("statement")
    for body in bodies.values():
        if body["kind"] == "replied":
            begun, _, signature = body["facts"]["line"].rpartition(".")
            said = json.loads(from_base64url(begun.split(".")[1]))
            if not is_signed(said["key"], begun.encode(), signature) or hashes[said["entry"]] != said["hash"]:
                wrong.add("reply")
    if (set(lines) | set(instead)) - {body.get("receipt") for body in bodies.values()}:
        wrong.add("receipt")
    return wrong
