"""The site on this machine while somebody edits: a plain file server, a watcher, and a page that reloads itself.

What was just made is shown before the whole site is published: the page that somebody edits need not wait for the hub and the
PDFs. The reload asks this server alone, and only the pages as served here carry it: what is published has no trace of it.
"""

from __future__ import annotations

import errno
import mimetypes
import os
import re
import signal
import threading
from collections.abc import Callable, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from clausebook.build.incremental import BuildCancelledError, BuildListener
from clausebook.build.publish import BusyError
from clausebook.files import digest
from clausebook.layout import INPUTS

RELOAD = '<script src="/__reload.js" data-shown="{shown}"></script></body>'
SCRIPT = b"""(function () {
  var shown = document.currentScript.dataset.shown;
  setInterval(function () {
    fetch("/__shown" + location.pathname).then(function (answer) { return answer.ok ? answer.text() : shown; })
      .then(function (now) { if (now !== shown) { location.reload(); } }, function () {});
  }, 250);
})();
"""
LOOKS = re.compile(r'(?:href|src)="([^":?#]+\.(?:css|js))"')
TRY_AGAIN = 1  # second


class PortError(Exception):
    """The port is not to be had: another program listens there, or it is not for everybody."""


class Shown:
    """The site as it is served: what is published in `site`, and over it what was just made."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._fresh: dict[str, bytes] = {}

    def show(self, files: Mapping[str, bytes]) -> None:
        self._fresh.update(files)

    def forget_fresh(self) -> None:
        self._fresh.clear()

    def read(self, name: str) -> bytes | None:
        """The file at `name` below the site, None where there is none."""
        if (fresh := self._fresh.get(name)) is not None:
            return fresh
        path = self._site / name
        return path.read_bytes() if path.is_file() else None

    def mark(self, name: str) -> str | None:
        """What changes when the page at `name` looks different: by itself, or by its stylesheets and scripts."""
        page = self.read(name)
        if page is None:
            return None
        looks = (urlsplit(urljoin(f"/{name}", one)).path[1:] for one in LOOKS.findall(page.decode("utf-8", "replace")))
        return digest(page + b"".join(self.read(one) or b"" for one in looks))


class _Handler(SimpleHTTPRequestHandler):
    shown: Shown

    def do_GET(self) -> None:
        address = urlsplit(self.path).path
        if address == "/__reload.js":
            return self._send(SCRIPT, "text/javascript")
        if address.startswith("/__shown/"):
            mark = self.shown.mark(self._name(address.removeprefix("/__shown")))
            return self._send(mark.encode(), "text/plain") if mark else self.send_error(404)
        name = self._name(address)
        content = self.shown.read(name)
        if content is None:
            return super().do_GET()
        if name.endswith(".html"):
            reload = RELOAD.format(shown=self.shown.mark(name)).encode()
            return self._send(content.replace(b"</body>", reload), "text/html; charset=utf-8")
        return self._send(content, mimetypes.guess_type(name)[0] or "application/octet-stream")

    def _name(self, address: str) -> str:
        """The file that an address asks for, by its path below the site; never one outside it."""
        path = Path(self.translate_path(address)).relative_to(Path(self.directory).absolute())
        return (path / "index.html" if address.endswith("/") else path).as_posix()

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request: the terminal is for problems."""


def serve(
    root: Path, site: Path, port: int, rebuild: Callable[[bool, BuildListener], bool], say: Callable[[str], None]
) -> None:
    """Serve `site` on 127.0.0.1:`port` and call `rebuild` once, and again after each change below `root`, until stopped.

    `rebuild` gets whether something changed, and who waits for it; it returns whether the site is new. Where it raises
    BusyError it is called again until the other build has ended, where it raises BuildCancelledError at once. Port 0 takes a free one.
    Raises PortError, before anything is built, where the port is not to be had.
    Ctrl+C stops it once a build that is under way has ended, because an interrupted pool of processes may never end; a second
    one at once.
    """
    stopped, changed = threading.Event(), threading.Event()

    def stop(*_: object) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        stopped.set()
        changed.set()

    signal.signal(signal.SIGINT, stop)
    shown = Shown(site)
    handler = type("Handler", (_Handler,), {"shown": shown})
    server = _listen(port, partial(handler, directory=str(site)))
    watcher = threading.Thread(target=_watch, args=(root, changed, stopped), daemon=True)
    watcher.start()
    rebuild(False, BuildListener())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"Serving {site} on http://127.0.0.1:{server.server_port}/ (stop with Ctrl+C)")
    is_told = False  # that another build is under way
    try:
        while changed.wait() and not stopped.is_set():
            changed.clear()
            try:
                if rebuild(True, BuildListener(shown.show, changed.is_set)):
                    say("Built again.")
                is_told = False
            except BuildCancelledError:
                continue  # what was made so far is still newer than what is published
            except BusyError as error:
                if not is_told:
                    say(f"Not built yet: {error}.")
                is_told = True
                stopped.wait(TRY_AGAIN)
                changed.set()
            shown.forget_fresh()
    finally:
        server.shutdown()
        stopped.set()
        watcher.join()


def _listen(port: int, handler: Callable[..., _Handler]) -> ThreadingHTTPServer:
    try:
        return _Server(("127.0.0.1", port), handler)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortError(f"port {port} is taken: stop what listens there, or name another with --port") from error
        raise PortError(f"port {port} cannot be had ({error.strerror}): name another with --port") from error


class _Server(ThreadingHTTPServer):
    allow_reuse_address = os.name == "posix"  # on Windows it would share a port that another program has


def _watch(root: Path, changed: threading.Event, stopped: threading.Event) -> None:
    from watchfiles import watch  # noqa: PLC0415 — a compiled library that only this needs

    places = (root / name for name in INPUTS if (root / name).exists())
    for _ in watch(*places, stop_event=stopped, rust_timeout=300, raise_interrupt=False):
        changed.set()
