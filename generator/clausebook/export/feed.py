"""The Atom feed of a trust (RFC 4287): an entry for each revision that its policies have had.

Where the trust says at which address its site is published the links are whole, because several readers take relative ones for
addresses of their own host; elsewhere they are relative. The names are made from the texts' digests.
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from clausebook.compare.revisions.changesets import Changeset, neighbour_changesets
from clausebook.model.handbook import Policy, Revision, Trust

FEED = "feed.xml"
ATOM = "http://www.w3.org/2005/Atom"


def render_feed(trust: Trust, address: str = "") -> str:
    """The feed as XML text, the newest entry first. `address` is that of the trust's site, with a slash at its end, where it is known."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    entries = [(_day(revision), policy, revision) for policy in trust.policies for revision in policy.revisions]
    entries.sort(key=lambda entry: entry[0], reverse=True)
    _add(feed, "title", f"{trust.record.name}: policies")
    _add(feed, "id", _name(trust.id))
    _add(feed, "updated", entries[0][0])
    _add(_add(feed, "author"), "name", trust.record.name)
    if address:
        _link(feed, f"{address}{FEED}", "self", "application/atom+xml")
    _link(feed, f"{address}index.html", "alternate", "text/html")
    changesets = {
        (changeset.new.policy, changeset.new.id): changeset
        for policy in trust.policies
        for changeset in neighbour_changesets(policy)
    }
    for day, policy, revision in entries:
        _entry(feed, day, policy, revision, address, changesets.get((revision.policy, revision.id)))
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _entry(
    feed: ET.Element, day: str, policy: Policy, revision: Revision, address: str, changeset: Changeset | None
) -> None:
    entry = _add(feed, "entry")
    is_now = revision is policy.shown
    _add(entry, "title", f"{revision.record.title}, {revision.id}")
    _add(entry, "id", _name(revision.trust, revision.policy, revision.id, revision.digest))
    _add(entry, "updated", day)
    changes = "changes" if is_now else changeset.path if changeset else ""
    path = (
        f"{revision.policy}/{changes}"
        if changeset
        else revision.policy
        if is_now
        else f"{revision.policy}/{revision.id}"
    )
    _link(entry, f"{address}{path}/index.html", "alternate", "text/html")
    _add(entry, "summary", changeset.summary if changeset else "The first revision that we hold.")


def _link(above: ET.Element, address: str, leads: str, kind: str) -> None:
    ET.SubElement(above, f"{{{ATOM}}}link", {"rel": leads, "type": kind, "href": address})


def _add(above: ET.Element, name: str, text: str | None = None) -> ET.Element:
    made = ET.SubElement(above, f"{{{ATOM}}}{name}")
    made.text = text
    return made


def _name(*parts: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(('clausebook', *parts)))}"


def _day(revision: Revision) -> str:
    """The first day that the revision's beginning can mean; a text without any date counts as the oldest."""
    _, starts = revision.record.dates.starts or ("", "1970")
    return f"{(starts + '-01-01')[:10]}T00:00:00Z"
