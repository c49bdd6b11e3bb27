"""How a piece comes about that the cache has not: jobs for workers, and what is put together of what they made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Files = Mapping[str, bytes]
Kept = Mapping[str, str]
"""Files that the cache has, each by its digest there."""


@dataclass(frozen=True)
class Plan:
    """Files by their paths below the site: what is known before any job, what each makes, what all of them give together."""

    jobs: Iterable[Callable[[], Any]] = field(repr=False)
    """One after the other: what a job needs is worked out when its turn comes."""
    take: Callable[[Any], Files] = field(repr=False)
    """The files of what a job made; called once for each, in no order."""
    before: Callable[[], Files] = field(default=dict, repr=False)
    kept: Callable[[], Kept] = field(default=dict, repr=False)
    """Files that need not be made, because they are as they were; known when all jobs have been given out."""
    after: Callable[[], Files] = field(default=dict, repr=False)
    """What can only be made when every job has been taken."""
    remember: Callable[[Kept], None] = field(default=lambda _: None, repr=False)
    """Called with what the cache then has of it all, where it has all."""
    promises: tuple[str, ...] = ()
    """Files that must be among those it gives."""


def plan_of(make: Callable[[], Files], promises: tuple[str, ...] = ()) -> Plan:
    """One job that makes every file."""
    return Plan([make], lambda files: files, promises=promises)
