"""A small learning record store for the tests: what cmi5 asks of a platform, with every statement judged as it comes in.

ralph-malph judges a statement by xAPI 1.0.3; the rules of cmi5 (9.2 to 9.7) are judged here, by session and by registration.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from ralph.models.xapi.base.statements import BaseXapiStatement

from browser_kit import answering

CMI5 = "https://w3id.org/xapi/cmi5/context/"
SESSION, MASTERY = f"{CMI5}extensions/sessionid", f"{CMI5}extensions/masteryscore"
CATEGORY, MOVE_ON = f"{CMI5}categories/cmi5", f"{CMI5}categories/moveon"
VERBS = "http://adlnet.gov/expapi/verbs/"
DEFINED = ("initialized", "completed", "passed", "failed", "terminated")
ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "1625378"}}
REGISTRATION = "ee6b7a3c-6a5b-4f0a-9f0e-0d1f0f1d2b3c"
ACTIVITY = "https://lms.example/activities/17"
PUBLISHER = "urn:clausebook:sample:social-media:2024-01:read-and-answer"


@dataclass
class Records:
    """What the platform has: its states, its statements in the order in which they came, and what it found wrong."""

    launch: dict[str, Any] = field(default_factory=dict)
    states: dict[str, Any] = field(default_factory=dict)
    statements: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    profiles_asked: int = 0
    sessions: int = 0
    tokens: dict[str, str] = field(default_factory=dict)
    address: str = ""
    answers_after: float = 0
    """Seconds between taking statements and saying so."""
    one_at_a_time: threading.Lock = field(default_factory=threading.Lock)
    """A page that is left sends on another connection what it may have sent already."""

    def begin(self, launch_mode: str = "Normal", mastery: float | None = 0.8, back: str = "") -> str:
        """Prepare a session, as a platform does before a launch; returns what the address of the page ends with."""
        self.sessions += 1
        session = f"session-{self.sessions}"
        self.launch = {
            "contextTemplate": {
                "contextActivities": {"grouping": [{"objectType": "Activity", "id": PUBLISHER}]},
                "extensions": {SESSION: session, "https://lms.example/extensions/course": "staff"},
            },
            "launchMode": launch_mode,
            "launchMethod": "AnyWindow",
            "moveOn": "CompletedAndPassed",
        }
        if mastery is not None:
            self.launch["masteryScore"] = mastery
        if back:
            self.launch["returnURL"] = back
        return urlencode({
            "endpoint": f"{self.address}xapi/", "fetch": f"{self.address}fetch?of={session}", "actor": json.dumps(ACTOR),
            "registration": REGISTRATION, "activityId": ACTIVITY,
        })  # fmt: skip

    def verbs(self, session: int | None = None) -> list[str]:
        """The verbs of a session, or of all."""
        return [verb(one) for one in self.statements if session in (None, session_of(one))]

    def of(self, name: str) -> list[dict[str, Any]]:
        return [one for one in self.statements if verb(one) == name]


def verb(statement: dict[str, Any]) -> str:
    return str(statement["verb"]["id"]).removeprefix(VERBS)


def session_of(statement: dict[str, Any]) -> int:
    return int(statement["context"]["extensions"][SESSION].removeprefix("session-"))


def judge(statement: dict[str, Any], records: Records) -> Iterator[str]:
    """What is wrong with one statement by the rules of cmi5, given those before it."""
    name, context, result = verb(statement), statement["context"], statement.get("result", {})
    categories = [one["id"] for one in context["contextActivities"].get("category", [])]
    before = [one for one in records.statements if session_of(one) == session_of(statement)]
    if statement["actor"] != ACTOR or context["registration"] != REGISTRATION:
        yield "not the actor or the registration of the launch"
    template = records.launch["contextTemplate"]
    if context["contextActivities"].get("grouping") != template["contextActivities"]["grouping"]:
        yield "the template's grouping is not kept"
    if not template["extensions"].items() <= context["extensions"].items():
        yield "the template's extensions are not kept"
    if not statement["timestamp"].endswith("Z"):
        yield "no timestamp in UTC"
    if not before and name != "initialized":
        yield "initialized is not the first"
    if any(verb(one) == "terminated" for one in before):
        yield "something after terminated"
    if name not in DEFINED:
        if {CATEGORY, MOVE_ON} & set(categories):
            yield "an allowed statement in a category of cmi5"
        return
    yield from _judge_defined(statement, records, before, result, categories)


def _judge_defined(
    statement: dict[str, Any],
    records: Records,
    before: list[dict[str, Any]],
    result: dict[str, Any],
    categories: list[str],
) -> Iterator[str]:
    name, ever = verb(statement), records.verbs()
    if statement["object"]["id"] != ACTIVITY:
        yield "not about the unit"
    if CATEGORY not in categories or (MOVE_ON in categories) is not bool({"success", "completion"} & set(result)):
        yield "not in its categories"
    if name in [verb(one) for one in before]:
        yield f"{name} twice in a session"
    if name in ("passed", "failed") and {"passed", "failed"} & {verb(one) for one in before}:
        yield "passed or failed twice in a session"
    if (name in ("completed", "passed") and name in ever) or (name == "failed" and "passed" in ever):
        yield f"{name} again in a registration"
    if ("score" in result) is not (name in ("passed", "failed")):
        yield "a score where there may be none, or none"
    yield from _judge_result(statement, records, result)


def _judge_result(statement: dict[str, Any], records: Records, result: dict[str, Any]) -> Iterator[str]:
    name, mastery = verb(statement), records.launch.get("masteryScore")
    if name != "initialized" and "duration" not in result:
        yield f"{name} without its duration"
    if result.get("success") is not {"passed": True, "failed": False}.get(name):
        yield "success does not fit the verb"
    if result.get("completion") is not (True if name == "completed" else None):
        yield "completion does not fit the verb"
    if name in ("passed", "failed") and mastery is not None:
        if statement["context"]["extensions"].get(MASTERY) != mastery:
            yield "the mastery score is not repeated"
        if (result["score"]["scaled"] >= mastery) is not (name == "passed"):
            yield "the score does not fit the verb"
    if records.launch["launchMode"] != "Normal" and name not in ("initialized", "terminated"):
        yield f"{name} although only looked at"


class _Store(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def records(self) -> Records:
        return self.server.records  # type: ignore[attr-defined]

    def log_message(self, *args: Any) -> None:
        pass

    def _answer(self, code: int, content: Any = None) -> None:
        body = b"" if content is None else json.dumps(content).encode()
        self.send_response(code)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Methods", "GET, PUT, POST")
        self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Experience-API-Version")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        with suppress(BrokenPipeError, ConnectionResetError):  # the page is gone
            self.end_headers()
            self.wfile.write(body)

    def _is_allowed(self) -> bool:
        allowed = self.headers["Authorization"] == f"Basic token-of-session-{self.records.sessions}"
        if not allowed or self.headers["X-Experience-API-Version"] != "1.0.3":
            self.records.wrong.append(f"{self.path}: no authorization, or no version")
        return allowed

    def _asked(self) -> tuple[str, dict[str, str]]:
        parts = urlsplit(self.path)
        return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}

    def _content(self) -> Any:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or "null")

    def do_OPTIONS(self) -> None:
        self._answer(204)

    def do_GET(self) -> None:
        path, query = self._asked()
        if not path.startswith("/xapi/"):
            return self._answer(200)
        if not self._is_allowed() or json.loads(query["agent"]) != ACTOR:
            return self._answer(403)
        if path == "/xapi/agents/profile" and query["profileId"] == "cmi5LearnerPreferences":
            self.records.profiles_asked += 1
            return self._answer(404)
        if path != "/xapi/activities/state" or (query["registration"], query["activityId"]) != (REGISTRATION, ACTIVITY):
            return self._answer(400)
        if query["stateId"] == "LMS.LaunchData":
            return self._answer(200, self.records.launch)
        state = self.records.states.get(query["stateId"])
        return self._answer(404 if state is None else 200, state)

    def do_PUT(self) -> None:
        path, query = self._asked()
        content = self._content()
        if path != "/xapi/activities/state" or query["stateId"] == "LMS.LaunchData" or not self._is_allowed():
            self.records.wrong.append(f"PUT {self.path}")
            return self._answer(400)
        self.records.states[query["stateId"]] = content
        return self._answer(204)

    def do_POST(self) -> None:
        path, query = self._asked()
        content = self._content()
        if path == "/fetch":
            if query["of"] in self.records.tokens:
                return self._answer(200, {"error-code": "1", "error-text": "The token has been returned."})
            self.records.tokens[query["of"]] = f"token-of-{query['of']}"
            return self._answer(200, {"auth-token": self.records.tokens[query["of"]]})
        if path != "/xapi/statements" or not self._is_allowed():
            return self._answer(400)
        with self.records.one_at_a_time:
            for statement in content:
                # A page that is left before it has the answer sends them again.
                if statement not in self.records.statements:
                    take(statement, self.records)
        time.sleep(self.records.answers_after)
        return self._answer(200, [one["id"] for one in content])


def take(statement: dict[str, Any], records: Records) -> None:
    """Judge a statement, by xAPI and then by cmi5, and keep it."""
    try:
        BaseXapiStatement.model_validate(statement)
        if statement["id"] in [one["id"] for one in records.statements]:
            records.wrong.append(f"{verb(statement)}: another statement with the same id")
        records.wrong += [f"{verb(statement)}: {what}" for what in judge(statement, records)]
    except (ValueError, KeyError) as error:
        records.wrong.append(f"{statement['verb']['id']}: {error!r}")
    records.statements.append(statement)


@contextmanager
def record_store() -> Iterator[Records]:
    """A store on a host of its own."""
    with answering(_Store) as server:
        records = Records(address=f"http://127.0.0.1:{server.server_port}/")
        server.records = records  # type: ignore[attr-defined]
        yield records
