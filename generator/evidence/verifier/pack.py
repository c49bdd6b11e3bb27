"""What is checked of an evidence pack, and each fault in words."""

from __future__ import annotations

import base64
import json

from generator.evidence.verifier.canonical import Json, canonical, lines_of, sha
from generator.evidence.verifier.ed25519 import Key, unbase64

SIGNS = ("acknowledged", "on-behalf", "carried")
ISSUED = ("since", "quiz", "due", "issued", "expires", "key")  # what a link and the entry that issued it both say
SAME = ("ref", "trust", "policy", "revision", "digest")


def link_issued(ref: str, source: Json) -> str:
    """The signed part of a link, `a1.<payload>`, written again from the entry that issued it."""
    facts = source.get("facts", {})
    link = {name: source.get(name, "") for name in SAME} | {name: facts.get(name, "") for name in ISSUED} | {"ref": ref}
    payload = base64.urlsafe_b64encode(canonical(link).encode()).rstrip(b"=").decode()
    return f"a1.{payload}"


class Pack:
    """The files of a pack, and what is found."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.faults: list[str] = []
        self.manifest: Json = json.loads(files["manifest.json"])
        self.redacted: bool = self.manifest["redacted"]
        self.keys = {one["id"]: one for one in json.loads(files["keys.json"])}
        self.checkers = {name: Key(one["public"]) for name, one in self.keys.items()}
        self.hashes: dict[int, str] = {}
        self.bodies: dict[int, Json] = {}
        self.receipts = {sha(line): line for line in lines_of(files.get("receipts.txt", b""))}

    def fault(self, what: str) -> None:
        self.faults.append(what)

    def check(self) -> None:
        self.check_files()
        self.check_register()
        self.check_keys()
        self.check_checkpoints()
        self.check_texts()
        self.check_receipts()
        for number, body in self.bodies.items():
            if body["kind"] == "replied":
                self.check_reply(number, str(body.get("facts", {}).get("line", "")))

    def check_files(self) -> None:
        told = self.manifest["files"]
        for name in sorted(set(told) | set(self.files)):
            if name not in self.files:
                self.fault(f"{name}: it is missing")
            elif name not in told and name != "manifest.json":
                self.fault(f"{name}: it does not belong to the pack")
            elif name != "manifest.json" and sha(self.files[name]) != told[name]:
                self.fault(f"{name}: it was changed or damaged since the pack was made")

    def check_register(self) -> None:
        before, number, bodiless = "0" * 64, 0, set()
        for place, line in enumerate(lines_of(self.files["register.jsonl"]), 1):
            try:
                entry = json.loads(line)
                head = entry["head"]
                told = head["number"], head["before"], head["body"]
            except (ValueError, KeyError, TypeError):
                self.fault(f"register.jsonl, line {place}: this is no entry: it was changed")
                continue
            if told[0] != number + 1:
                self.fault(f"register.jsonl, line {place}: entry {told[0]} stands where entry {number + 1} should: one was cut out, put in or moved")  # fmt: skip
            elif told[1] != before:
                self.fault(f"register.jsonl, line {place}: entry {told[0]} does not hang from the one before it: one of the two was changed")  # fmt: skip
            if "body" not in entry:
                bodiless.add(told[0])
            elif sha(entry["salt"] + canonical(entry["body"])) != told[2]:
                self.fault(f"register.jsonl, line {place}: entry {told[0]} does not say what it said when it was written")  # fmt: skip
            else:
                self.bodies[told[0]] = entry["body"]
            number, before = told[0], sha(canonical(head))
            self.hashes[number] = before
        if (number, before) != (self.manifest["entries"], self.manifest["hash"]):
            self.fault(f"register.jsonl ends with entry {number}, and the manifest knows entry {self.manifest['entries']}: its end was changed or cut off")  # fmt: skip
        self.check_bodiless(bodiless)

    def check_bodiless(self, bodiless: set[int]) -> None:
        """Bodies are purged as the law asks, or left out of this pack: the manifest says how many and why."""
        purged = {one for body in self.bodies.values() if body["kind"] == "purged" for one in body["facts"]["entries"]}
        left_out = sum(self.manifest["left_out"].values())
        if len(bodiless - purged) != left_out:
            self.fault(f"register.jsonl: {len(bodiless - purged)} entries say nothing and were not purged, and the manifest knows {left_out}")  # fmt: skip

    def check_keys(self) -> None:
        for name, key in self.keys.items():
            if sha(unbase64(key["public"]) or b"")[:12] != name:
                self.fault(f"keys.json: key {name} does not fit its id")
        for number, body in self.bodies.items():
            told = body.get("facts", {})
            if body["kind"] == "key" and self.keys.get(told.get("id"), {}).get("public") != told.get("public"):
                self.fault(
                    f"keys.json: entry {number} made key {told.get('id')}, and it is not there, or another one is"
                )

    def signed(self, key: str, data: str, signature: str) -> bool:
        return key in self.checkers and self.checkers[key].signed(data.encode(), signature)

    def check_checkpoints(self) -> None:
        noted = {body["about"] for body in self.bodies.values() if body["kind"] == "checkpoint"}
        for name in sorted(name for name in self.files if name.startswith("checkpoints/")):
            try:
                one = json.loads(self.files[name])
                told, signature = one["checkpoint"], str(one["signature"])
                number = told["number"]
            except (ValueError, KeyError, TypeError):
                self.fault(f"{name}: this is no checkpoint: it was changed")
                continue
            noted.discard(number)
            if not self.signed(str(told["key"]), canonical(told), signature):
                self.fault(f"{name}: its signature does not fit: it was changed, or forged")
            if self.hashes.get(number) != told["hash"]:
                self.fault(f"{name}: entry {number} is not the one that was signed on {told['at']}: it, or one before it, was written anew or cut off")  # fmt: skip
        for number in sorted(noted):
            self.fault(f"checkpoints/{number}.json: the register says that it was made, and it is missing")

    def check_texts(self) -> None:
        for one in self.manifest["revisions"]:
            if sha(self.files.get(one["text"], b"")) != one["digest"]:
                self.fault(f"{one['text']}: this is not the text with the digest of {one['policy']} {one['revision']}")
        told = {(one["policy"], one["revision"]): one["digest"] for one in self.manifest["revisions"]}
        for number, body in self.bodies.items():
            if body["kind"] in SIGNS and told.get((body["policy"], body["revision"])) != body["digest"]:
                self.fault(f"entry {number} acknowledges {body['policy']} {body['revision']}, and its text is not in the pack: its digest is {body['digest']}")  # fmt: skip

    def check_receipts(self) -> None:
        statements = {(one["policy"], one["revision"], one["statement"]) for one in json.loads(self.files["statements.json"])}  # fmt: skip
        issued = {body["ref"]: body for body in self.bodies.values() if body["kind"] == "issued"}
        named: set[str] = set()
        for number, body in self.bodies.items():
            receipt = body.get("receipt", "")
            named.add(receipt)
            if body["kind"] not in ("acknowledged", "not-understood") or not receipt or self.redacted:
                continue
            if receipt not in self.receipts:
                if body.get("channel") != "scan":
                    self.fault(f"receipts.txt: the receipt of entry {number} is missing: {receipt}")
            elif self.receipts[receipt].startswith("ackr1."):
                for what in self.wrong_in(self.receipts[receipt], body, issued, statements):
                    self.fault(f"entry {number}: {what}")
        for receipt in sorted(set(self.receipts) - named):
            self.fault(f"receipts.txt: a line that no entry names: {receipt}")

    def wrong_in(
        self, line: str, body: Json, issued: dict[str, Json], statements: set[tuple[str, str, str]]
    ) -> list[str]:
        """What is wrong with the receipt of an entry. One that a person in HR decided on may say what it says."""
        _, payload, check = line.split(".", 2)
        if sha(f"ackr1.{payload}")[:16] != check:
            return ["the check of its receipt does not fit: it was changed"]
        says = json.loads(unbase64(payload) or b"{}")
        wrong = [] if canonical(says) == (unbase64(payload) or b"").decode() else ["its receipt is not written as the page writes it"]  # fmt: skip
        if says["outcome"] != body["kind"]:
            wrong.append(f"its receipt says {says['outcome']}, and the entry {body['kind']}")
        if (
            says["outcome"] == "acknowledged"
            and (body["policy"], body["revision"], says["statement"]) not in statements
        ):
            wrong.append("the statement that was ticked is not among statements.json")
        return wrong if body.get("by") else [*wrong, *self.wrong_in_link(says, body, issued)]

    def wrong_in_link(self, says: Json, body: Json, issued: dict[str, Json]) -> list[str]:
        begun, _, signature = says["link"].rpartition(".")
        if begun.startswith("r1."):  # the link by its reference: the entry that issued it says the rest
            begun = link_issued(begun[3:], issued.get(begun[3:], {}))
        link = json.loads(unbase64(begun[3:]) or b"{}") if begun.startswith("a1.") else {}
        if not self.signed(link.get("key", ""), begun, signature):
            return ["its receipt holds no link that a key of keys.json signed"]
        wrong, source, key = [], issued.get(link["ref"], {}), self.keys[link["key"]]
        facts = source.get("facts", {})
        if any(link[name] != body.get(name, "") for name in SAME) or any(says[name] != body[name] for name in SAME[1:]):
            wrong.append("its receipt, or the link in it, is for something else than the entry says")
        if any(link[name] != facts.get(name) for name in ISSUED) or source.get("person") != body["person"]:
            wrong.append("no entry issued this link to this person")
        if not key["first"] <= link["issued"] <= (key.get("last") or "9999"):
            wrong.append(f"its link was issued on {link['issued']}, when key {link['key']} was not in use")
        return wrong

    def check_reply(self, number: int, line: str) -> None:
        begun, _, signature = line.rpartition(".")
        says = json.loads(unbase64(begun[6:]) or b"{}") if begun.startswith("ackc1.") else {}
        if not self.signed(says.get("key", ""), begun, signature) or self.hashes.get(says["entry"]) != says["hash"]:
            self.fault(f"entry {number}: the reply that it names was changed, or its entry {says.get('entry')} was")
