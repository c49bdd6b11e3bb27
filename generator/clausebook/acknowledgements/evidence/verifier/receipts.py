"""What is checked of the receipts in a pack, of the links in them, and of what is told in place of what was left out."""

from __future__ import annotations

import base64
import re

from clausebook.acknowledgements.evidence.verifier.canonical import Json, canonical, read_json, sha
from clausebook.acknowledgements.evidence.verifier.ed25519 import unbase64
from clausebook.acknowledgements.evidence.verifier.pack import NOT_WRITTEN_SO, Pack
from clausebook.acknowledgements.evidence.verifier.shapes import (
    HASH,
    LINK,
    RECEIPT,
    RECEIPT_TOLD,
    REPLY,
    STATEMENTS,
    TOLD,
    fits,
)

OF_LINK = ("quiz", "quizzes", "issued", "expires", "key")  # what a link and each entry that issued it both say
SAME = ("policy", "revision", "digest")
RECEIPT_LINE = re.compile(r"ackr2\.([A-Za-z0-9_-]+)\.([0-9a-f]{16})")
SIGNED_LINE = re.compile(r"(r1|ackc1)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})")


class Receipts:
    """The receipts of a pack whose register was checked."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.lines = {sha(line): line for line in pack.lines("receipts.txt")}
        self.told: dict[str, Json] = {}
        self.redacted: dict[int, Json] = {}
        self.names: dict[int, str] = {}
        self.issued: dict[str, list[Json]] = {}
        for body in pack.bodies.values():
            if body["kind"] == "issued":
                self.issued.setdefault(body.get("ref", ""), []).append(body)
        statements = pack.read("statements.json", STATEMENTS, [])
        self.statements = {
            (statement["policy"], statement["revision"], statement["statement"]) for statement in statements
        }

    def check(self) -> None:
        self.read_told()
        named = set()
        for number, body in self.pack.bodies.items():
            named.add(body.get("receipt", ""))
            for what in self.wrong_in_entry(number, body):
                self.pack.fault(f"entry {number}: {what}")
        for receipt in sorted((set(self.lines) | set(self.told)) - named):
            self.pack.fault(f"no entry names the receipt {receipt}")

    def read_told(self) -> None:
        """What is told of receipts and of entries that are left out. HR signed it with the pack; nothing else proves it."""
        for place, line in enumerate(self.pack.lines("receipts-told.jsonl"), 1):
            one = self.parsed("receipts-told.jsonl", place, line, RECEIPT_TOLD)
            if one:
                self.told[one["receipt"]] = one["says"]
        for place, line in enumerate(self.pack.lines("redacted.jsonl"), 1):
            one = self.parsed("redacted.jsonl", place, line, TOLD)
            if one and one["number"] not in self.pack.bodiless:
                self.pack.fault(f"redacted.jsonl, line {place}: entry {one['number']} is not one that was left out")
            elif one:
                self.redacted[one["number"]] = one["body"]
        if any(not HASH.fullmatch(line) for line in self.pack.lines("receipts-left-out.txt")):
            self.pack.fault(f"receipts-left-out.txt: {NOT_WRITTEN_SO}")

    def parsed(self, name: str, place: int, line: str, shape: Json) -> Json:
        try:
            value = read_json(line)
        except ValueError:
            value = None
        if fits(value, shape):
            return value
        self.pack.fault(f"{name}, line {place}: {NOT_WRITTEN_SO}")
        return None

    def wrong_in_entry(self, number: int, body: Json) -> list[str]:
        if body["kind"] == "replied":
            return self.wrong_in_reply(body)
        if body["kind"] not in ("acknowledged", "not-understood"):
            return []
        return self.wrong_in_receipt(number, body.get("receipt", ""), body)

    def wrong_in_receipt(self, number: int, receipt: str, body: Json) -> list[str]:
        if receipt in self.lines:
            return self.wrong_in_line(number, self.lines[receipt], body)
        if receipt in self.told:
            self.names[number] = self.told[receipt]["name"]
            return self.wrong_in_says(self.told[receipt], body)
        if not receipt:
            return ["it acknowledges without a receipt"]
        may_lack = self.pack.manifest["redacted"] or body.get("channel") == "scan"
        return [] if may_lack else [f"its receipt is missing: {receipt}"]

    def wrong_in_line(self, number: int, line: str, body: Json) -> list[str]:
        """What is wrong with a whole receipt. A row of a learning platform's report begins with a brace."""
        if line.startswith("{"):
            return []
        shape = RECEIPT_LINE.fullmatch(line)
        if not shape or sha(f"ackr2.{shape[1]}")[:16] != shape[2]:
            return ["the check of its receipt does not fit: it was changed"]
        says = decoded(shape[1])
        if not fits(says, RECEIPT):
            return ["its receipt is not written as the page writes it"]
        self.names[number] = says["name"]
        wrong = self.wrong_in_says(says, body)
        return wrong if body.get("by") else [*wrong, *self.wrong_in_link(says["link"], body)]

    def wrong_in_says(self, says: Json, body: Json) -> list[str]:
        """A receipt that a person in HR decided on may be for something else than its entry says."""
        part: Json = next((one for one in says["policies"] if one["policy"] == body.get("policy")), None)
        if part is None:
            return ["its receipt is for something else than the entry says"]
        wrong = []
        if part["outcome"] != body["kind"]:
            wrong.append(f"its receipt says something else than {body['kind']}")
        if part["outcome"] == "acknowledged" and (part["policy"], body.get("revision"), says["statement"]) not in self.statements:  # fmt: skip
            wrong.append("the statement that was ticked is not among statements.json")
        if body.get("by"):
            return wrong
        same = says["trust"] == body.get("trust") and all(part[name] == body.get(name, "") for name in SAME)
        if not same or says.get("ref", body.get("ref")) != body.get("ref"):
            wrong.append("its receipt is for something else than the entry says")
        if "ref" in says and self.issued_to(says["ref"]) != body.get("person"):
            wrong.append("no entry issued this link to this person")
        return wrong

    def issued_to(self, ref: str) -> str:
        """Whose link a reference is of; empty where no entry issued it."""
        return next((str(body.get("person", "")) for body in self.issued.get(ref, ())), "")

    def wrong_in_link(self, line: str, body: Json) -> list[str]:
        link = self.link_of(line)
        if link is None:
            return ["its receipt holds no link that a key of keys.json signed"]
        wrong, key = [], self.pack.keys[link["key"]]
        asked = {one["policy"]: (one["revision"], one["digest"]) for one in link["policies"]}
        told = (body.get("revision", ""), body.get("digest", "")[:16])
        if (link["ref"], link["trust"]) != (body.get("ref"), body.get("trust")) or asked.get(
            body.get("policy", "")
        ) != told:
            wrong.append("the link in its receipt is for something else than the entry says")
        if self.issued_to(link["ref"]) != body.get("person"):
            wrong.append("no entry issued this link to this person")
        if not key["first"] <= link["issued"] <= (key["last"] or "9999"):
            wrong.append(f"its link was issued on {link['issued']}, when key {link['key']} was not in use")
        return wrong

    def link_of(self, line: str) -> Json:
        """What the link says that a receipt names, where HR's key signed it; None for any other."""
        shape = SIGNED_LINE.fullmatch(line)
        if not shape or shape[1] != "r1":
            return None
        payload = self.payload_issued(shape[2])
        link = decoded(payload)
        signed = fits(link, LINK) and self.pack.signed(link["key"], f"a2.{payload}", shape[3])
        return link if signed else None

    def payload_issued(self, ref: str) -> str:
        """The payload of the link with that reference, written again from the entries that issued it, one for each policy."""
        issued = self.issued.get(ref, [])
        facts = [body.get("facts", {}) for body in issued]
        first, said = (issued or [{}])[0], (facts or [{}])[0]
        policies = [
            {"policy": body.get("policy"), "revision": body.get("revision"), "digest": body.get("digest", "")[:16], "since": own.get("since")}
            for body, own in zip(issued, facts, strict=True)
        ]  # fmt: skip
        link = {
            "ref": ref, "trust": first.get("trust"), "campaign": first.get("campaign"), "policies": policies,
            "due": min((str(own.get("due")) for own in facts), default=""), **{name: said.get(name) for name in OF_LINK},
        }  # fmt: skip
        return base64.urlsafe_b64encode(canonical(link).encode()).rstrip(b"=").decode()

    def wrong_in_reply(self, body: Json) -> list[str]:
        line = body.get("facts", {}).get("line")
        shape = SIGNED_LINE.fullmatch(line) if isinstance(line, str) else None
        says: Json = decoded(shape[2]) if shape and shape[1] == "ackc1" else None
        fit = shape is not None and fits(says, REPLY) and self.pack.signed(says["key"], f"ackc1.{shape[2]}", shape[3])
        if fit and self.pack.hashes.get(says["entry"]) == says["hash"]:
            return []
        return ["the reply that it names was changed, or the entry that it replies to was"]


def decoded(payload: str) -> Json:
    """What stands in a link, a receipt or a reply; None where it is not in canonical form."""
    try:
        return read_json(unbase64(payload) or b"")
    except ValueError:
        return None
