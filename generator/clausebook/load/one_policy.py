"""One policy of a handbook by itself, for commands that read no other: what is wrong elsewhere is not in their way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from clausebook.load.handbook import Loaded
from clausebook.model.problems import Problem


class PolicyId(NamedTuple):
    """Which policy a command reads."""

    trust: str
    policy: str

    def reads(self, file: str) -> bool:
        """Whether a command for this policy reads the file: its revisions and its quiz, its trust, and what all share."""
        first, *rest = file.split("/")
        if first == "trusts" and rest:
            return rest[0] == self.trust and (rest[1:2] in ([], ["trust.yml"]) or rest[1] == self.policy)
        if first == "quizzes" and rest:
            return rest[0] == f"{self.policy}.yml"
        return True


def leave_out_broken(loaded: Loaded, problems: Iterable[Problem], kept: PolicyId) -> Loaded:
    """`loaded` without the files that have problems and that a command for `kept` does not read, and without what names them."""
    broken = {problem.place.file for problem in problems if not kept.reads(problem.place.file)}
    parts = [file.split("/") for file in broken]
    trusts = {part[1] for part in parts if part[0] == "trusts" and part[1] != kept.trust}
    policies = {PolicyId(part[1], part[2]) for part in parts if part[0] == "trusts" and len(part) > 3}
    naming = {policy.trust for policy in policies} | {part[1] for part in parts if part[0] == "trusts"}
    return replace(
        loaded,
        trusts={name: file for name, file in loaded.trusts.items() if name not in trusts},
        revisions=tuple(
            revision for revision in loaded.revisions
            if revision.trust not in trusts and (PolicyId(revision.trust, revision.policy) == kept or PolicyId(revision.trust, revision.policy) not in policies)
        ),
        policies={
            (trust, policy): file for (trust, policy), file in loaded.policies.items()
            if trust not in trusts and (PolicyId(trust, policy) == kept or PolicyId(trust, policy) not in policies)
        },
        quizzes={name: file for name, file in loaded.quizzes.items() if f"quizzes/{name}.yml" not in broken},
        acknowledgements={name: file for name, file in loaded.acknowledgements.items() if name not in naming},
        quizzes_of_trusts={name: file for name, file in loaded.quizzes_of_trusts.items() if name not in naming},
        keys_of_trusts={name: file for name, file in loaded.keys_of_trusts.items() if name not in naming},
        academies=tuple(
            academy for academy in loaded.academies
            if academy.trust not in trusts and not any(file.startswith((f"trusts/{academy.trust}/academies/{academy.id}.yml", f"trusts/{academy.trust}/academies/{academy.id}/")) for file in broken)
        ),
    )  # fmt: skip
