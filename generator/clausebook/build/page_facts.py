"""What a build must know of each page of a staged site: where it leads, what anchors and which policy it has, whether it may be found.

What was seen of a page is kept beside the build, a line a page in the order of their names. The next build looks again only at pages
that are no longer the same, and holds one of them at a time.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from clausebook.build.toolchain import own_source
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
FINDABLE = "data-pagefind-body"


@dataclass(frozen=True)
class PageFacts:
    """A page by its path below the site and the digest of what it holds, with what was seen in it."""

    name: str
    digest: str
    leads: Sequence[Sequence[str]]
    """Where its links lead within the site, each a path and an anchor."""
    anchors: Sequence[str]
    policy: str | None
    findable: bool


@dataclass(frozen=True)
class KeptPages(Iterable[PageFacts]):
    """What was seen of every page of a site, read from `file` one page at a time."""

    file: Path

    def __iter__(self) -> Iterator[PageFacts]:
        with self.file.open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("{"):  # the last one is the seal
                    yield PageFacts(**json.loads(line))


def read_pages(
    site: Path, names: Iterable[str], file: Path, known_digests: Mapping[str, str] = MappingProxyType({})
) -> KeptPages:
    """See what is in the pages among `names`, which come in their order, and keep it in `file`; what that has of the same page is used.

    A page whose digest is known is not even read for that.
    """
    made = file.with_name(f"{file.name}.{os.getpid()}")
    made.parent.mkdir(parents=True, exist_ok=True)
    seal = _new_seal()
    with made.open("wb") as lines, closing(_kept_before(file)) as before:
        known = next(before, None)
        for name in names:
            if name.endswith(".html"):
                while known and known.name < name:
                    known = next(before, None)
                now = known_digests.get(name) or digest((site / name).read_bytes())
                same = known if known and (known.name, known.digest) == (name, now) else None
                line = _line(same or scan(name, (site / name).read_bytes()))
                seal.update(line)
                lines.write(line)
        lines.write(seal.hexdigest().encode())
    made.replace(file)
    return KeptPages(file)


def scan(name: str, content: bytes) -> PageFacts:
    """What is in the page `name`; links to other hosts are left out."""
    html = content.decode("utf-8", "replace")
    written = (found.groups() for tag in TAG.findall(html) for found in ATTRIBUTE.finditer(tag))
    leads = {_split(unescape(next(filter(None, value), ""))) for where, *value in written if where.lower() in LEADS}
    anchors = {unescape(next(filter(None, found.groups()), "")) for found in ANCHOR.finditer(html)}
    policy = unescape(found[1]) if (found := POLICY.search(html)) else None
    within = sorted(one for one in leads if one)
    return PageFacts(name, digest(content), within, sorted(anchors), policy, FINDABLE in html)


def _split(address: str) -> tuple[str, str] | None:
    parts = urlsplit(address)
    place = unquote(parts.fragment).partition("=")[0]  # of a view of the page, such as #differ=1, the field
    return None if parts.scheme or parts.netloc else (unquote(parts.path), place)


def _kept_before(file: Path) -> Generator[PageFacts]:
    """What the build before this one kept; nothing where it kept none, or it is damaged, or another version wrote it."""
    try:
        with file.open("rb") as lines:
            seal, last = _new_seal(), b""
            for line in lines:
                seal.update(last)
                last = line
    except OSError:
        return
    if last == seal.hexdigest().encode():
        yield from KeptPages(file)


def _new_seal() -> hashlib._Hash:
    return hashlib.sha256(own_source().encode())


def _line(facts: PageFacts) -> bytes:
    return f"{json.dumps(vars(facts), ensure_ascii=False)}\n".encode()
