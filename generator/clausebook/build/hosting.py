"""What a web host should send with a site, told beside it in the words of each: _headers, nginx.conf, web.config."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from clausebook.looks import Looks
from clausebook.pages.templates import render_document

FILES = ("_headers", "nginx.conf", "web.config")
# Every ending that a site's files have.
TYPES = (
    ("html", "text/html"),
    ("css", "text/css"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("txt", "text/plain"),
    ("csv", "text/csv"),
    ("ics", "text/calendar"),
    ("pdf", "application/pdf"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("rtf", "application/rtf"),
    ("zip", "application/zip"),
    ("gz", "application/gzip"),
    ("pagefind", "application/octet-stream"),
    ("pf_meta", "application/octet-stream"),
    ("pf_index", "application/octet-stream"),
    ("pf_fragment", "application/octet-stream"),
)
# Named after what they hold: a file of this name never changes.
LASTING = r"/pagefind/[0-9]+/(fragment|index)/|\.[0-9a-f]{8}\.min\.(css|js)$"
FOR_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Hosting:
    """What the templates of content/pages/hosting are handed."""

    policy: Markup
    """The Content Security Policy of all pages together; each page's own, which it carries itself, is as strict or stricter."""
    lasting: tuple[str, ...]
    """The files named after what they hold, from the folder of the hub or of a trust on."""
    lasting_folders: tuple[str, ...]
    lasting_pattern: Markup
    types: tuple[tuple[str, str], ...] = TYPES
    for_a_year: str = FOR_A_YEAR

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Content-Security-Policy", self.policy),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
        )


@dataclass(frozen=True)
class HostFile:
    """hosting/_headers, hosting/nginx.conf, hosting/web.config"""

    hosting: Hosting


def render_hosting(looks: Looks, files: Iterable[str], policies: Iterable[str]) -> dict[str, str]:
    """The files for hosts, by their names, of a site that has `files` and whose pages carry `policies`."""
    kept = [name for name in files if re.search(LASTING, f"/{name}")]
    lasting = {name[name.index("assets/") :] for name in kept if "assets/" in name}
    indexed = {name.rpartition("/")[0] for name in kept if name.startswith("pagefind/")}
    policy, pattern = Markup(join_policies(policies)), Markup(LASTING)  # noqa: S704 — our pages' own, and ours
    hosting = Hosting(policy, tuple(sorted(lasting)), tuple(sorted(indexed)), pattern)
    return {name: render_document(f"hosting/{name}", looks, HostFile(hosting)) for name in FILES}


def join_policies(policies: Iterable[str]) -> str:
    """One policy that allows what any of `policies` allows, and lets no other site show a page in a frame of its own.

    A browser holds a page to this and to the page's own; `frame-ancestors` it takes from a header alone (CSP 3, 6.4.2).
    """
    joined: dict[str, dict[str, None]] = {}
    for policy in policies:
        for name, *sources in filter(None, map(str.split, policy.split(";"))):
            joined.setdefault(name, {}).update(dict.fromkeys(sources))
    return "; ".join([*(_directive(name, sources) for name, sources in joined.items()), "frame-ancestors 'self'"])


def _directive(name: str, sources: Mapping[str, None]) -> str:
    allowed = [source for source in sources if source != "'none'"] or ["'none'"]
    return " ".join([name, *allowed])
