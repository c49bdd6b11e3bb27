"""P212: a subject that policy.yml says the policy deals with, and on which no clause of the revision in force is."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.model.problems import Problem


def check_subjects_covered(loaded: Loaded) -> Iterator[Problem]:
    covered = {
        (revision.trust, revision.policy): revision.file.record.topics_covered
        for revision in loaded.revisions
        if revision.file.record.status == "in-force"
    }
    for key, file in loaded.policies.items():
        for index, name in enumerate(file.record.subjects if key in covered else ()):
            subject = loaded.subjects.get(name)
            topics = {topic.id for group in subject.record.groups for topic in group.topics} if subject else set()
            if subject and not topics & covered[key]:
                yield from file.problem(
                    ("subjects", index), "P212", f"no clause of the revision in force is on the subject `{name}`",
                    "readers would look here for what the policy does not say",
                    f"take `{name}` out, give a clause one of its topics, or add one to `covers` where the policy deals with it by its silence",
                )  # fmt: skip
