"""P811 to P814: a campaign that asks for what is not there, for a thing twice, in several ways, or in the law's name.

No statute asks for a yearly signature on a policy: it is the employer's choice, and no page may say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.reader import Authored
from clausebook.model import Acknowledgements, Campaign
from clausebook.model.problems import Problem, nearest
from clausebook.model.values import DRAFTS

WAYS = ("mail", "form", "file")
ON_ONE_PAGE = ("statement", "quiz", "receipts", "site")
LAW = re.compile(
    r"(?<!no )(?<!not )\b(statutory (?:duty|requirement|obligation)|required by law|legally required"
    r"|legal (?:duty|requirement|obligation)|the law requires)\b",
    re.IGNORECASE,
)


def check_campaigns(loaded: Loaded) -> Iterator[Problem]:
    for trust, file in loaded.acknowledgements.items():
        policies = {
            revision.policy
            for revision in loaded.revisions
            if revision.trust == trust and revision.file.record.status == "in-force"
        }
        academies = _academies(trust, loaded)
        for i, campaign in enumerate(file.record.campaigns):
            path: Path = ("campaigns", i)
            yield from _asks_for(file, path, campaign, trust, policies, loaded)
            yield from _asks_at(file, path, campaign, academies)
            for earlier in file.record.campaigns[:i]:
                yield from _beside(file, path, campaign, earlier, academies)
            yield from _says(file, path, campaign)


def _asks_for(
    file: Authored[Acknowledgements], path: Path, campaign: Campaign, trust: str, in_force: set[str], loaded: Loaded
) -> Iterator[Problem]:
    all_read = not any(name.startswith(f"trusts/{trust}/") for name in loaded.unread)
    for i, policy in enumerate(campaign.policies):
        if policy in campaign.policies[:i]:
            yield from file.problem(
                (*path, "policies", i), "P811", f"`{policy}` is in the list already", "a person signs each policy once",
                "take it out here",
            )  # fmt: skip
        elif policy not in in_force and all_read:
            yield from file.problem(
                (*path, "policies", i), "P811", f"`{policy}` is no policy that is in force here", "a person can only acknowledge what there is",
                _instead(policy, trust, in_force, loaded),
            )  # fmt: skip
    if in_force.issuperset(campaign.policies) and campaign.quiz != "none":
        yield from _has_quiz(file, path, campaign, trust, loaded)


def _academies(trust: str, loaded: Loaded) -> dict[str, str]:
    """What the academies of a trust may be called, in lower case, with their full names; of a trust that has none, nothing."""
    records = {one.id: one.file.record for one in loaded.academies_of(trust)}
    return {name.casefold(): one.name for id_, one in records.items() for name in (id_, one.name, one.short)}


def _asks_at(
    file: Authored[Acknowledgements], path: Path, campaign: Campaign, academies: dict[str, str]
) -> Iterator[Problem]:
    for i, name in enumerate(campaign.academies):
        if academies and name.casefold() not in academies:
            names = sorted(set(academies.values()))
            near = nearest(name, [*academies, *names])
            yield from file.problem(
                (*path, "academies", i), "P811", f"`{name}` is no academy of this trust", "no one works there, and no one would be asked",
                f"write `{academies.get(near.casefold(), near)}`" if near else f"write one of: {', '.join(names)}",
            )  # fmt: skip


def _has_quiz(
    file: Authored[Acknowledgements], path: Path, campaign: Campaign, trust: str, loaded: Loaded
) -> Iterator[Problem]:
    """Of several policies some may have none: then only the others are asked about."""
    unread = {f"trusts/{trust}/quizzes.yml", *(f"quizzes/{policy}.yml" for policy in campaign.policies)} & loaded.unread
    if unread or not _taken(trust, loaded).isdisjoint(campaign.policies):
        return
    named = " or ".join(f"`{policy}`" for policy in campaign.policies)
    policy = next((one for one in campaign.policies if one in loaded.quizzes), None)
    yield from file.problem(
        (*path, "quiz"), "P811", f"{trust} takes no quiz on {named}", "people would be asked to pass a quiz that is not there",
        f"run `clausebook quiz review {trust} {policy}`, or write `quiz: none`" if policy
        else f"write quizzes/{campaign.policies[0]}.yml, or `quiz: none`",
    )  # fmt: skip


def _instead(policy: str, trust: str, in_force: set[str], loaded: Loaded) -> str:
    """What to write where a campaign asks for a policy that is not in force."""
    until = "take the campaign out until then"
    if any(
        (revision.trust, revision.policy) == (trust, policy) and revision.file.record.status in DRAFTS
        for revision in loaded.revisions
    ):
        return f"put its draft in force first, with `clausebook adopt {trust} {policy}`; {until}"
    if (trust, policy) in loaded.policies:
        return f"put its text into trusts/{trust}/{policy}/ first, as a revision that is in force; {until}"
    near = nearest(policy, sorted(in_force))
    return (
        f"write `{near}`"
        if near
        else f"write one of: {', '.join(sorted(in_force))}"
        if in_force
        else "put the policy in force first"
    )


def _beside(
    file: Authored[Acknowledgements], path: Path, campaign: Campaign, earlier: Campaign, academies: dict[str, str]
) -> Iterator[Problem]:
    """Two campaigns on one policy ask different people; what one page or one quiz says to both is the same."""
    shared = [policy for policy in campaign.policies if policy in earlier.policies]
    if not shared:
        return
    named = " and ".join(f"`{policy}`" for policy in shared)
    for place, role in enumerate(campaign.roles):
        if role in earlier.roles and _share_academies(campaign, earlier, academies):
            yield from file.problem(
                (*path, "roles", place), "P812", f"`{earlier.id}` asks `{role}` for {named} already", "no one can be asked twice for one text at a time",
                "name other roles or academies, or take out the campaign that is over",
            )  # fmt: skip
    on_one_page = campaign.path == earlier.path
    for field in ON_ONE_PAGE if on_one_page else ("quiz",):
        if getattr(campaign, field) != getattr(earlier, field):
            yield from file.problem(
                (*path, field) if field in campaign.model_fields_set else path, "P812", f"`{earlier.id}`, which asks for {named} too, has another `{field}`",
                "people of both campaigns sign on one page" if on_one_page else "people of both campaigns take one quiz",
                f"write the same `{field}` in both",
            )  # fmt: skip


def _share_academies(one: Campaign, other: Campaign, academies: dict[str, str]) -> bool:
    names = [
        {academies.get(name.casefold(), name.casefold()) for name in campaign.academies} for campaign in (one, other)
    ]
    return not all(names) or not names[0].isdisjoint(names[1])


def _taken(trust: str, loaded: Loaded) -> set[str]:
    taken = loaded.quizzes_of_trusts.get(trust)
    return {quiz.policy for quiz in taken.record.quizzes} if taken else set()


def _says(file: Authored[Acknowledgements], path: Path, campaign: Campaign) -> Iterator[Problem]:
    ways = [way for way in WAYS if getattr(campaign.receipts, way)]
    if len(ways) != 1:
        found = " and ".join(f"`{way}`" for way in ways) or "none of them"
        yield from file.problem(
            (*path, "receipts"), "P813", f"receipts go by {found}", "a person must know the one way",
            "give one of `mail`, `form` and `file`",
        )  # fmt: skip
    if len(campaign.due) < len("2025-10-31"):
        yield from file.problem((*path, "due"), "P813", "`due` is not a day", "people must know by which day",
                                "write year, month and day: 2025-10-31")  # fmt: skip
    for name in ("statement", "on_expiry"):
        if law := LAW.search(getattr(campaign, name)):
            yield from file.problem_with(
                (*path, name), law[0], "P814", f"`{law[0]}` is not true of an acknowledgement", "no statute asks for it; it is the employer's choice",
                "say that the trust asks for it",
            )  # fmt: skip
