"""Whether a staged site is whole: each page is there, and each link within it leads to a file and an anchor that are there."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from clausebook.files import digest

# What may lead somewhere; a text of a page has no bare `<`.
TAG = re.compile(r"<(?:a|area|link|script|img|iframe|source|form)\s[^<>]*>", re.IGNORECASE)
# One attribute after the other, so that what a title says of `src=` is no attribute.
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
LEADS = frozenset({"href", "src", "action"})
POLICY = re.compile(
    r"""<meta\s[^<>]*http-equiv=["']?Content-Security-Policy["']?\s+content="([^"<>]+)""", re.IGNORECASE
)
ANCHOR = re.compile(r"""\s(?:id|name)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
FOR_NO_FOLDER = "404.html"  # a host shows it at any address, so that its links begin at the host's root
MOST_TOLD = 20
MOST_KNOWN = 500  # pages whose links are remembered for the next build of the same process
_known: dict[str, Scanned] = {}


class BrokenSiteError(Exception):
    """The site that was built is not whole: our mistake, not the author's. It says which links or pages."""


@dataclass(frozen=True)
class Scanned:
    """Where the links of a page lead, each a path and an anchor, the anchors that it has, and the policy that it carries."""

    leads: frozenset[tuple[str, str]]
    anchors: frozenset[str]
    policy: str | None


def check_links(site: Path, promised: Iterable[str]) -> tuple[str, ...]:
    """The Content Security Policies that pages carry, each once.

    Raises BrokenSiteError where one of the files `promised` is missing, a link leads nowhere, or a page carries no policy.
    """
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    broken = [f"{name} is missing" for name in sorted(set(promised) - files)]
    wanted: dict[str, dict[str, str]] = {}
    anchors: dict[str, frozenset[str]] = {}
    policies: dict[str, None] = {}
    for page in sorted(name for name in files if name.endswith(".html")):
        scanned = _scan_file(site / page)
        anchors[page] = scanned.anchors
        if scanned.policy:
            policies[scanned.policy] = None
        else:
            broken.append(f"{page} has no Content Security Policy")
        if posixpath.basename(page) != FOR_NO_FOLDER:
            broken += _follow(page, scanned, files, wanted)
    for page, known in anchors.items():
        broken += [
            f"{by} links to {page}#{one}: there is no such anchor"
            for one, by in wanted.get(page, {}).items()
            if one not in known
        ]
    if len(_known) >= MOST_KNOWN:
        _known.clear()
    if broken:
        more = [f"and {len(broken) - MOST_TOLD} more"] if len(broken) > MOST_TOLD else []
        raise BrokenSiteError("\n".join(["the site that was built is not whole:", *broken[:MOST_TOLD], *more]))
    return tuple(policies)


def _follow(page: str, scanned: Scanned, files: set[str], wanted: dict[str, dict[str, str]]) -> Iterator[str]:
    """The links of a page that lead to no file; the anchors that the others lead to are added to `wanted`."""
    for path, anchor in sorted(scanned.leads):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
        if target not in files:
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        if target not in files:
            yield f"{page} links to {path}, which is not there"
        elif anchor:
            wanted.setdefault(target, {}).setdefault(anchor, page)


def _scan_file(path: Path) -> Scanned:
    content = path.read_bytes()
    known = digest(content)
    scanned = _known.get(known) or scan(content.decode("utf-8", "replace"))
    if len(_known) < MOST_KNOWN:
        _known[known] = scanned
    return scanned


def scan(html: str) -> Scanned:
    """The links and anchors of a page; links to other hosts are left out."""
    written = (found.groups() for tag in TAG.findall(html) for found in ATTRIBUTE.finditer(tag))
    leads = (_split(unescape(next(filter(None, value), ""))) for name, *value in written if name.lower() in LEADS)
    anchors = (sys.intern(unescape(next(filter(None, found.groups()), ""))) for found in ANCHOR.finditer(html))
    return Scanned(
        frozenset(one for one in leads if one),
        frozenset(anchors),
        sys.intern(unescape(found[1])) if (found := POLICY.search(html)) else None,
    )


def _split(address: str) -> tuple[str, str] | None:
    parts = urlsplit(address)
    place = unquote(parts.fragment).partition("=")[0]  # of a view of the page, such as #differ=1, the field
    return None if parts.scheme or parts.netloc else _once(unquote(parts.path), place)


def _once(path: str, anchor: str) -> tuple[str, str]:
    """The same two words in many pages, held in memory once."""
    return sys.intern(path), sys.intern(anchor)
