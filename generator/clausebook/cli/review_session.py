"""A review of a draft that is going on in a terminal: the draft as it is now, how it is written, and which key was pressed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from clausebook.check.waiting import waits_for_somebody
from clausebook.cli.options import content_or_exit
from clausebook.cli.revising import edited_file, file_of, policy_of
from clausebook.edit.importers.suggestions.topics import TopicFinder
from clausebook.edit.trial import edit_file, write_tried
from clausebook.load import PolicyId
from clausebook.model import PolicyKind
from clausebook.model.handbook import Handbook, Revision

WIDTH = 96


@dataclass
class Review:
    """A review that is going on."""

    root: Path
    trust: str
    policy: str
    handbook: Handbook
    revision: Revision
    finder: TopicFinder

    def write(self, edit: Callable[[str], str]) -> None:
        """Write the draft's file, and read it again. Raises RefusedError where the handbook would have a problem."""
        only = PolicyId(self.trust, self.policy)
        write_tried(
            self.root, {file_of(self.revision): edited_file(self.root, self.revision, edit)}, waits_for_somebody, only
        )
        self.read_again()

    def read_again(self) -> None:
        """The handbook as it is now."""
        only = PolicyId(self.trust, self.policy)
        self.handbook = content_or_exit(self.root, only=only, may_wait=waits_for_somebody)
        self.revision = policy_of(self.handbook, self.trust, self.policy).by_id[self.revision.id]

    def write_kind(self, kind: str) -> None:
        """Say in policy.yml what the policy is compared as."""
        only, name = PolicyId(self.trust, self.policy), f"trusts/{self.trust}/{self.policy}/policy.yml"
        path = self.root / name
        line = f"kind: {kind}\n"
        text = edit_file(path, lambda text: line + text) if path.is_file() else line
        write_tried(self.root, {name: text}, waits_for_somebody, only)
        self.read_again()

    @property
    def file(self) -> str:
        """The draft's file, by its path in the handbook."""
        return file_of(self.revision)

    @property
    def kind(self) -> PolicyKind | None:
        """What the policy is compared as."""
        return self.handbook.trust(self.trust).policy(self.policy).kind

    @property
    def topics(self) -> dict[str, str]:
        return {topic.id: topic.label for subject in self.handbook.subjects for topic in subject.topics}


def pressed(keys: str) -> str:
    """The next key of these that is pressed; where no terminal is there, the next sign that is piped in. Its end leaves."""
    while True:
        key = click.getchar() if sys.stdin.isatty() else sys.stdin.read(1)
        if key in ("\x04", ""):
            return "q"
        key = "\r" if key in ("\r", "\n") else key.lower()
        if key in keys:
            return key
