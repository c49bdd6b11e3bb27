"""What is checked of an evidence pack as a whole: its files, its signature, its keys and its register; each fault in words."""

from __future__ import annotations

from clausebook.acknowledgements.evidence.verifier.canonical import Json, canonical, lines_of, read_json, sha
from clausebook.acknowledgements.evidence.verifier.ed25519 import Key
from clausebook.acknowledgements.evidence.verifier.shapes import (
    CHECKPOINT,
    CHECKPOINT_NAME,
    ENTRY,
    KEY_FACTS,
    MANIFEST,
    PUBLIC_KEYS,
    PURGED_FACTS,
    Shape,
    fits,
)

ALWAYS = ("README.txt", "verify.html", "verify.py", "register.jsonl", "statements.json", "keys.json", "manifest.json")
OF_NAMES = ("receipts.txt", "receipts-told.jsonl")
OF_NO_NAMES = ("redacted.jsonl", "receipts-left-out.txt")
NOT_WRITTEN_SO = "this is not written as our program writes it: it was changed"


class Pack:
    """The files of a pack, and what is found. The manifest and the keys can be read, or nothing else can be checked."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.faults: list[str] = []
        self.manifest: Json = {}
        self.signature = ""
        self.keys: dict[str, Json] = {}
        self.checkers: dict[str, Key] = {}
        self.hashes: dict[int, str] = {}
        self.heads: dict[int, Json] = {}
        self.bodies: dict[int, Json] = {}
        self.bodiless: set[int] = set()
        self.covered = 0

    def fault(self, what: str) -> None:
        self.faults.append(what)

    def read(self, name: str, shape: Shape, instead: Json) -> Json:
        """What a file of JSON says."""
        try:
            value = read_json(self.files[name])
            if fits(value, shape):
                return value
        except KeyError:
            return instead  # that it is missing is said once
        except ValueError:
            pass
        self.fault(f"{name}: {NOT_WRITTEN_SO}")
        return instead

    def lines(self, name: str) -> list[str]:
        try:
            return lines_of(self.files.get(name, b""))
        except ValueError:
            self.fault(f"{name}: {NOT_WRITTEN_SO}")
            return []

    def open(self) -> bool:
        """Whether there is a manifest by which the rest can be checked."""
        whole = self.read("manifest.json", MANIFEST, None)
        if whole is None:
            if not self.faults:
                self.fault("manifest.json: it is missing")
            return False
        self.manifest, self.signature = whole["manifest"], whole["signature"]
        return True

    def check_files(self) -> None:
        """Names are a closed list: what no pack holds is no file of it, whatever the manifest says."""
        told, wanted = self.manifest["files"], self.names_wanted()
        for name in sorted(wanted | set(told) | set(self.files)):
            if name not in wanted:
                self.fault(f"{name}: it does not belong to the pack")
            elif name not in self.files:
                self.fault(f"{name}: it is missing")
            elif name != "manifest.json" and sha(self.files[name]) != told.get(name):
                self.fault(f"{name}: it was changed or damaged since the pack was made")

    def names_wanted(self) -> set[str]:
        revisions = [text_name(one) for one in self.manifest["revisions"]]
        policies = {one["policy"] for one in self.manifest["revisions"]}
        return {
            *ALWAYS,
            *(OF_NO_NAMES if self.manifest["redacted"] else OF_NAMES),
            *(f"texts/{revision}.json" for revision in revisions),
            *(f"policies/{revision}.pdf" for revision in revisions),
            *(one for one in self.manifest["redlines"] if one.split("/")[1] in policies),
            *(name for name in self.files if CHECKPOINT_NAME.fullmatch(name)),
        }

    def check_keys(self) -> None:
        for one in self.read("keys.json", PUBLIC_KEYS, []):
            key = Key(one["public"])
            if sha(key.raw)[:12] != one["id"]:
                self.fault(f"keys.json: key {one['id']} does not fit its id")
            elif key.wrong:
                self.fault(f"keys.json: {one['id']} {key.wrong}")
            elif one["id"] in self.keys:
                self.fault(f"keys.json: key {one['id']} is there twice")
            else:
                self.keys[one["id"]], self.checkers[one["id"]] = one, key

    def check_signature(self) -> None:
        key = self.manifest["key"]
        if self.keys.get(key, {}).get("trust") != self.manifest["trust"]:
            self.fault(f"manifest.json: the pack names the key {key}, which is no key of {self.manifest['trust']} in keys.json")  # fmt: skip
        elif not self.signed(key, canonical(self.manifest), self.signature):
            self.fault("manifest.json: the signature of the pack does not fit: something in it was changed after HR signed it")  # fmt: skip

    def signed(self, key: str, data: str, signature: str) -> bool:
        return key in self.checkers and self.checkers[key].signed(data.encode(), signature)

    def check_register(self) -> None:
        before, number = "0" * 64, 0
        for place, line in enumerate(self.lines("register.jsonl"), 1):
            at = f"register.jsonl, line {place}: "
            try:
                entry = read_json(line)
            except ValueError:
                entry = None
            if not fits(entry, ENTRY):
                self.fault(f"{at}{NOT_WRITTEN_SO}")
                continue
            head = entry["head"]
            if head["number"] != number + 1:
                self.fault(f"{at}entry {head['number']} is where entry {number + 1} should: one was cut out, put in or moved")  # fmt: skip
            elif head["before"] != before:
                self.fault(f"{at}entry {head['number']} does not follow from the one before it: one of the two was changed")  # fmt: skip
            number, before = head["number"], sha(canonical(head))
            self.heads[number], self.hashes[number] = head, before
            if "body" not in entry:
                self.bodiless.add(number)
            elif sha(entry["salt"] + canonical(entry["body"])) != head["body"]:
                self.fault(f"{at}entry {number} does not say what it said when it was written")
            else:
                self.bodies[number] = entry["body"]
        if (number, before) != (self.manifest["entries"], self.manifest["hash"]):
            self.fault(f"register.jsonl ends with entry {number}, and the manifest knows entry {self.manifest['entries']}: its end was changed or cut off")  # fmt: skip

    def check_made_keys(self) -> None:
        """Each key that the register says was made is there, and none besides."""
        made = set()
        for number, body in self.bodies.items():
            if body["kind"] != "key":
                continue
            facts = body.get("facts", {})
            if fits(facts, KEY_FACTS) and self.keys.get(facts["id"], {}).get("public") == facts["public"]:
                made.add(facts["id"])
            else:
                self.fault(f"keys.json: entry {number} made a key, and it is not there, or another one is")
        for key in sorted(set(self.keys) - made):
            self.fault(f"keys.json: no entry of the register made the key {key}")

    def check_checkpoints(self) -> None:
        noted = {body.get("about", 0) for body in self.bodies.values() if body["kind"] == "checkpoint"}
        newest = None
        for name in sorted(name for name in self.files if CHECKPOINT_NAME.fullmatch(name)):
            one = self.read(name, CHECKPOINT, None)
            if one is None:
                continue
            told, wrong = one["checkpoint"], len(self.faults)
            number = told["number"]
            if name != f"checkpoints/{number}.json":
                self.fault(f"{name}: this is the checkpoint of entry {number}: it was renamed, or copied")
            if not self.signed(told["key"], canonical(told), one["signature"]):
                self.fault(f"{name}: its signature does not fit: it was changed, or forged")
            if self.hashes.get(number) != told["hash"]:
                self.fault(f"{name}: entry {number} is not the one that was signed on {told['at']}: it, or one before it, was written anew or cut off")  # fmt: skip
            if len(self.faults) == wrong:
                noted.discard(number)
                if number > self.covered:
                    self.covered, newest = number, {"number": number, "hash": told["hash"]}
        for number in sorted(noted):
            self.fault(f"checkpoints/{number}.json: the register says that it was made, and it is missing or does not hold")  # fmt: skip
        if newest != self.manifest["checkpoint"]:
            self.fault("manifest.json: the newest checkpoint that it knows is not the newest that holds")

    def check_bodiless(self) -> None:
        """Bodies are purged as the law asks, or left out of this pack: the manifest says how many and why."""
        purged: set[int] = set()
        for number, body in self.bodies.items():
            if body["kind"] != "purged":
                continue
            if what := self.wrong_in_purge(number, body):
                self.fault(f"entry {number}: {what}")
            else:
                purged.update(body["facts"]["entries"])
        left_out = sum(self.manifest["left_out"].values())
        if len(self.bodiless - purged) != left_out:
            self.fault(f"register.jsonl: {len(self.bodiless - purged)} entries say nothing and were not purged, and the manifest knows {left_out}")  # fmt: skip

    def wrong_in_purge(self, number: int, body: Json) -> str:
        """One that HR's key did not sign counts under a checkpoint only: earlier programs did not sign them."""
        facts = body.get("facts", {})
        if not fits(facts, PURGED_FACTS) or any(not 0 < one < number for one in facts["entries"]):
            return "it says that entries were purged, and not as our program writes it"
        if "signature" not in facts:
            return "" if number <= self.covered else "it says that entries were purged, and no one signed it"
        told = body | {"facts": {name: value for name, value in facts.items() if name != "signature"}}
        if not self.signed(facts.get("key", ""), canonical({"before": self.heads[number]["before"], "body": told}), facts["signature"]):  # fmt: skip
            return "it says that entries were purged, and its signature does not fit"
        whole = body.get("by") and body.get("says") and len(facts.get("kinds", ())) == len(facts["entries"])
        return "" if whole else "it says that entries were purged, and not who, why or what"

    def check_texts(self) -> None:
        told = {(one["policy"], one["revision"], one["digest"]) for one in self.manifest["revisions"]}
        for one in self.manifest["revisions"]:
            name = f"texts/{text_name(one)}.json"
            if sha(self.files.get(name, b"")) != one["digest"]:
                self.fault(f"{name}: this is not the text with the digest of {one['policy']} {one['revision']}")
        for number, body in self.bodies.items():
            policy, revision, digest = body.get("policy", ""), body.get("revision", ""), body.get("digest", "")
            if body["kind"] in SIGNS and (policy, revision, digest) not in told:
                self.fault(f"entry {number} acknowledges {policy} {revision}, and its text is not in the pack: its digest is {digest}")  # fmt: skip

    def unproven(self) -> list[int]:
        """The entries after the newest checkpoint that holds; the one that notes it says nothing of its own."""
        return [one for one in sorted(self.hashes) if one > self.covered and not self.notes_newest(one)]

    def notes_newest(self, number: int) -> bool:
        body = self.bodies.get(number, {})
        return number == self.covered + 1 and body.get("kind") == "checkpoint" and body.get("about") == self.covered


def text_name(one: Json) -> str:
    """Where a text stands: an academy's by its digest too, because it may have had several of one revision."""
    own = f"-{one['academy']}-{one['digest'][:12]}" if one.get("academy") else ""
    return f"{one['policy']}/{one['revision']}{own}"


SIGNS = ("acknowledged", "on-behalf", "carried")
