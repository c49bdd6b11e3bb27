"""The site on this machine while somebody edits: a plain file server, a watcher, and a page that reloads itself.

The reload asks this server alone, and only the pages as served here carry it: what is published has no trace of it.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

RELOAD = b"""<script>(function(){var seen=null;setInterval(function(){fetch("/__built").then(function(r){return r.text()})
.then(function(t){if(seen!==null&&seen!==t){location.reload()}seen=t},function(){})},700)})()</script></body>"""
WATCHED = ("content", "trusts", "quizzes", "overrides", "mkdocs.yml")


class _Handler(SimpleHTTPRequestHandler):
    built: list[int]

    def do_GET(self) -> None:
        if self.path == "/__built":
            return self._send(str(self.built[0]).encode(), "text/plain")
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            return self._send(path.read_bytes().replace(b"</body>", RELOAD), "text/html; charset=utf-8")
        return super().do_GET()

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request: the terminal is for problems."""


def serve(root: Path, site: Path, port: int, rebuild: Callable[[bool], bool], say: Callable[[str], None]) -> None:
    """Serve `site` on 127.0.0.1:`port` and call `rebuild` once, and again after each change below `root`, until stopped.

    `rebuild` gets whether something changed, and returns whether the site is new. Port 0 takes a free one. Ctrl+C stops it
    once a build that is under way has ended, because an interrupted pool of processes may never end; a second one at once.
    """
    from watchfiles import watch  # noqa: PLC0415 — a compiled library that only this needs

    stopped = threading.Event()

    def stop(*_: object) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        stopped.set()

    signal.signal(signal.SIGINT, stop)
    built = [0]
    handler = type("Handler", (_Handler,), {"built": built})
    rebuild(False)
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"Serving {site} on http://127.0.0.1:{server.server_port}/ (stop with Ctrl+C)")
    try:
        for _ in watch(
            *(root / name for name in WATCHED if (root / name).exists()), stop_event=stopped, rust_timeout=300
        ):
            if rebuild(True):
                built[0] += 1
                say("Built again.")
    finally:
        server.shutdown()
