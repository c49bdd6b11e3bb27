"""A small learning platform for the tests: scorm-again in a page of its own, with a package in a frame of that page.

It refuses what a real Moodle was seen to refuse: in SCORM 2004 an id of other signs than letters, digits, underscores and dots. Where
it is to be like Moodle in all, an attempt that has failed (1.2) or is completed (2004) is over, and is only opened to look at again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import FrameLocator, Page, expect

from browser_kit import Silent, answering

NODE = Path(__file__).parents[1] / "node_modules"
APIS = {
    "scorm-1.2": ("API", "Scorm12API", "scorm12.min.js"),
    "scorm-2004": ("API_1484_11", "Scorm2004API", "scorm2004.min.js"),
}
# Every call of the package is written down with what it got back, and with the error that the platform then has.
PLATFORM = """<!doctype html><html lang="en"><title>Platform</title><script src="/again.js"></script><script>
const real = new %(kind)s({autocommit: false, logLevel: 5, mastery_override: false});
const calls = [];
const lastError = real.LMSGetLastError ? "LMSGetLastError" : "GetLastError";
window.%(name)s = new Proxy({}, {get: (_, method) => typeof real[method] === "function" ? (...given) => {
    if (method === "SetValue" && refuses(...given)) {
        calls.push([method, ...given.map(String), "false", "406"]);
        return "false";
    }
    const answer = real[method](...given);
    calls.push([method, ...given.map(String), String(answer), String(real[lastError]())]);
    return answer;
} : undefined, has: () => true});
function refuses(element, value) {
    const ids = /[.]id$/.test(element) ? [value] : /(pattern|learner_response)$/.test(element) ? value.split("[,]") : [];
    return ids.some(id => !/^[\\w.]{1,250}$/.test(id));
}
function launch(kept, likeMoodle, lesson = "") {
    if (kept) { real.loadFromJSON(kept.cmi); }
    const status = kept && (kept.cmi.core ? kept.cmi.core.lesson_status : kept.cmi.completion_status);
    if (likeMoodle && ["passed", "failed", "completed"].includes(status)) {
        real.loadFromJSON(kept.cmi.core ? {core: {lesson_mode: "review"}} : {mode: "review"});
    }
    const frame = document.createElement("iframe");
    frame.src = `/packages/%(folder)s/${lesson}index.html`;
    frame.title = "Course";
    frame.style = "width: 100%%; height: 800px";
    document.body.appendChild(frame);
}
function close() { document.querySelector("iframe").remove(); return real.renderCommitCMI(true); }
</script><body></body></html>"""


class _Host(Silent):
    """Packages as they were unpacked, and the platform's own two files."""

    def do_GET(self) -> None:  # noqa: N802 — the name that the standard library calls
        version = self.server.version  # type: ignore[attr-defined]
        name, kind, script = APIS.get(version, ("", "", ""))
        if self.path == "/platform.html":
            self._send(PLATFORM % {"name": name, "kind": kind, "folder": version}, "text/html")
        elif self.path == "/again.js":
            self._send((NODE / "scorm-again" / "dist" / script).read_text(), "text/javascript")
        else:
            self.path = self.path.removeprefix("/packages")
            super().do_GET()

    def _send(self, text: str, kind: str) -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def host(folder: Path, version: str = "") -> Iterator[str]:
    """The address of a host of the packages in `folder`, which is a platform for one of them."""
    with answering(partial(_Host, directory=str(folder))) as server:
        server.version = version  # type: ignore[attr-defined]
        yield f"http://127.0.0.1:{server.server_port}/"


class Platform:
    """One launch of a package by scorm-again, from what an earlier launch left."""

    def __init__(
        self,
        page: Page,
        address: str,
        kept: dict[str, Any] | None = None,
        *,
        like_moodle: bool = False,
        lesson: str = "",
    ) -> None:
        self.page = page
        page.goto(f"{address}platform.html")
        page.evaluate("given => launch(...given)", [kept, like_moodle, lesson])
        self.course: FrameLocator = page.frame_locator("iframe")
        ready(self.course)

    def close(self) -> dict[str, Any]:
        """What the platform has when the reader has gone."""
        return self.page.evaluate("close()")

    def calls(self) -> list[list[str]]:
        return self.page.evaluate("calls")

    def was_told(self) -> dict[str, str]:
        """The last value of each element that the package set."""
        return {element: value for method, element, value, *_ in self.calls_of("SetValue")}

    def calls_of(self, name: str) -> list[list[str]]:
        return [call for call in self.calls() if call[0].removeprefix("LMS") == name]

    def refused(self) -> list[list[str]]:
        """The calls that left an error behind, but for reading what is not there yet."""
        return [call for call in self.calls() if call[-1] not in ("0", "403") and "GetLastError" not in call[0]]


def ready(course: FrameLocator | Page) -> None:
    """The lesson has met its platform, and its quiz, if it has one, is laid out."""
    expect(course.get_by_role("status").first).not_to_be_empty()
    if course.locator("form[data-cb-quiz]").count():
        expect(course.locator("form[data-steps] [data-cb-needs-script]:not([hidden])").first).to_be_attached()


def tick(course: FrameLocator | Page) -> None:
    """In the last part of the lesson."""
    course.locator(".cb-parts a[href='#Say']").click()
    course.get_by_role("checkbox", name="I have read").check()


def record(course: FrameLocator | Page) -> str:
    return course.get_by_role("status").first.inner_text()
