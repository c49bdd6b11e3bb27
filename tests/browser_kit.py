"""Chromium and web hosts for every test that looks at a page: one way to start them, whatever is looked at."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, BrowserType

from clock import at_now

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
# Chromium without its windows, whose tool bars are pages of their own: a page opens in a third of the time.
BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
EXECUTABLE = next((path for path in BROWSERS if Path(path).exists()), BROWSERS[0])
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def launch(chromium: BrowserType, *flags: str) -> Browser:
    return chromium.launch(executable_path=EXECUTABLE, args=[*FLAGS, *flags])


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A browser that has never seen a page before, at desk size where `options` say nothing else."""
    context = at_now(browser.new_context(**{"viewport": DESK, "reduced_motion": "reduce", **options}))
    context.set_default_timeout(10_000)
    yield context
    context.close()


class Silent(SimpleHTTPRequestHandler):
    """Serves a folder as it is."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass


class Published(Silent):
    """Serves 404.html for what it does not have, as web hosts do."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            return super().send_error(code, message, explain)
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        return self.wfile.write(page)


@contextmanager
def served(folder: Path, host: type[SimpleHTTPRequestHandler] = Published) -> Iterator[str]:
    """The address of a web host that has `folder`, with a slash at its end."""
    with answering(partial(host, directory=str(folder))) as server:
        yield f"http://127.0.0.1:{server.server_port}/"


@contextmanager
def answering(host: partial[Any] | type[BaseHTTPRequestHandler]) -> Iterator[ThreadingHTTPServer]:
    """A server on this machine whose requests `host` answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
