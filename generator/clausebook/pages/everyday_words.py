"""What the search of a site knows of everyday words: which topics each leads to, and where the policies deal with them.

It is a script, because a page that is opened from a folder may load a script, but fetch no data: see overrides/scripts/site/everyday-words.js.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from clausebook.compare.matrix import STRONGEST_FIRST, PolicyTopic, policy_topic
from clausebook.compare.strictness import SAYS_NOTHING
from clausebook.model import Question
from clausebook.model.citation import name_of
from clausebook.model.handbook import Handbook, Revision, Trust
from clausebook.pages.script_data import render_script

FILE = "search/everyday-words.js"


class Named(NamedTuple):
    """A policy in force, as a link to it names it."""

    revision: Revision
    title: str
    folder: str
    trust: str


def words_of_trust(trust: Trust, handbook: Handbook) -> str:
    """For the site of one trust: it leads to that trust's policies."""
    policies = [Named(one, one.record.title, f"{one.policy}/", trust.record.name) for one in trust.in_force]
    rest = ("All policies", "policies/index.html")
    if policies:
        rest = ("All questions and answers", f"{policies[0].folder if len(policies) == 1 else ''}questions/index.html")
    return _script(handbook, policies, {}, rest)


def words_of_hub(handbook: Handbook) -> str:
    """For the hub: it leads to the policies of all trusts, and to the pages that compare them."""
    policies = [
        Named(one, f"{trust.record.short_name}, {one.record.title}", f"{trust.id}/{one.policy}/", trust.record.name)
        for trust in handbook.trusts for one in trust.in_force
    ]  # fmt: skip
    pages = {topic: f"compare/topics/{topic}/index.html" for topic in handbook.compared_topics}
    return _script(handbook, policies, pages, ("All topics", "compare/topics/index.html"))


def _script(handbook: Handbook, policies: list[Named], pages: dict[str, str], rest: tuple[str, str]) -> str:
    """`pages` are those that compare a topic; `rest` is where to look on where nothing is near."""
    words = [(one, [topic for topic in one.topics if topic in handbook.topics]) for one in handbook.everyday_words]
    revisions = [one.revision for one in policies]
    topics = {topic for _, topics in words for topic in topics}.union(*(one.covers for one in revisions))
    return render_script(
        "everyday words",
        {
            "policies": [(one.title, one.folder, one.trust) for one in policies],
            "rest": rest,
            "topics": {
                topic.id: (topic.label, pages.get(topic.id, ""), list(_places(topic.id, revisions, handbook)))
                for topic in handbook.topics.values() if topic.id in topics
            },
            "words": [(one.word, one.letters, topics) for one, topics in words if topics],
        },
    )  # fmt: skip


def _places(topic: str, revisions: list[Revision], handbook: Handbook) -> Iterator[tuple[int, str, str, bool]]:
    """Where the policies deal with `topic`: the policy by its number, the address below it, how the place is called, whether it states anything.

    Those that state something come first.
    """
    found = [
        (place, *_where(policy_topic(handbook, topic, one), handbook.questions_on.get(topic, ())))
        for place, one in enumerate(revisions) if topic in one.covers
    ]  # fmt: skip
    yield from sorted(found, key=lambda one: not one[3])


def _where(said: PolicyTopic, questions: tuple[Question, ...]) -> tuple[str, str, bool]:
    """The first of its strongest clauses; else an answer, which clauses on another topic may give; else that it does not say."""
    if said.clauses:
        clause = min(said.clauses, key=lambda one: STRONGEST_FIRST.index(one.modality))
        name = name_of(clause)
        return f"index.html#{clause.id}", name[0].lower() + name[1:] if clause.number else name, True
    if said.front_matter:
        return "index.html", "its first page", True
    given = said.revision.record.positions
    answers = {one.id: given[one.id].answer for one in questions if one.id in given}
    stated = next((name for name, answer in answers.items() if answer not in SAYS_NOTHING), None)
    if stated:
        return f"questions/index.html#{stated}", "its answer", True
    missing, called = ("unreadable", "can't be read") if said.is_hidden else ("silent", "not stated")
    address = next(
        (f"questions/index.html#{name}" for name, answer in answers.items() if answer == missing), "index.html"
    )
    return address, f"{called}, ask first", False
