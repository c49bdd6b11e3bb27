"""Whether a staged site is whole: each page is there, and each link within it leads to a file and an anchor that are there."""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Iterable, Iterator

from clausebook.build.page_facts import PageFacts

FOR_NO_FOLDER = "404.html"  # a host shows it at any address, so that its links begin at the host's root
MOST_TOLD = 20


class BrokenSiteError(Exception):
    """The site that was built is not whole: our mistake, not the author's. It says which links or pages."""


def check_links(names: Iterable[str], promised: Iterable[str], pages: Iterable[PageFacts]) -> tuple[str, ...]:
    """The Content Security Policies that `pages` carry, each once; `names` are all files of their site.

    Raises BrokenSiteError where one of the files `promised` is missing, a link leads nowhere, or a page carries no policy.
    """
    files = set(names)
    broken = [f"{name} is missing" for name in sorted(set(promised) - files)]
    wanted: dict[str, dict[str, str]] = {}
    policies: dict[str, None] = {}
    for page in pages:
        if page.policy:
            policies[page.policy] = None
        else:
            broken.append(f"{page.name} has no Content Security Policy")
        if posixpath.basename(page.name) != FOR_NO_FOLDER:
            broken += _follow(page, files, wanted)
    for page in pages:
        known = set(page.anchors)
        broken += [
            f"{by} links to {page.name}#{one}: there is no such anchor"
            for one, by in wanted.get(page.name, {}).items()
            if one not in known
        ]
    if broken:
        more = [f"and {len(broken) - MOST_TOLD} more"] if len(broken) > MOST_TOLD else []
        raise BrokenSiteError("\n".join(["the site that was built is not whole:", *broken[:MOST_TOLD], *more]))
    return tuple(policies)


def _follow(page: PageFacts, files: set[str], wanted: dict[str, dict[str, str]]) -> Iterator[str]:
    """The links of a page that lead to no file; the anchors that the others lead to are added to `wanted`."""
    for path, anchor in page.leads:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path)) if path else page.name
        if target not in files:
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        if target not in files:
            yield f"{page.name} links to {path}, which is not there"
        elif anchor:
            wanted.setdefault(target, {}).setdefault(sys.intern(anchor), page.name)
