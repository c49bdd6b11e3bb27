"""Which topics a clause may be about: by the clauses of the handbook that read like it, and by the subjects' own words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from clausebook.check.walk import walk_clauses
from clausebook.load import Loaded
from clausebook.model import PolicyKind, Question, SubjectRecord
from clausebook.model.subject import ANY_POLICY
from clausebook.model.text import as_read

NEIGHBOURS = 12
"""How many of the clauses that read most like it speak for a topic."""
OWN_WORDS = 0.8
"""How much the subject's own words for a topic speak for it, beside one clause."""
HEADING = 0.6
SECOND = 0.62
"""A second topic is suggested where it fits nearly as well as the first."""
FOR_QUESTION = 3
SMALL = frozenset(
    [
        "that",
        "this",
        "with",
        "from",
        "have",
        "been",
        "will",
        "must",
        "should",
        "their",
        "they",
        "them",
        "your",
        "which",
        "what",
        "when",
        "where",
        "there",
        "than",
        "into",
        "such",
        "only",
        "also",
        "other",
        "used",
        "using",
        "upon",
        "about",
        "would",
        "could",
        "shall",
        "being",
        "more",
        "most",
        "some",
        "these",
        "those",
        "whether",
        "within",
        "without",
        "staff",
        "policy",
        "trust",
        "school",
        "academy",
    ]
)

Bag = Mapping[str, float]


@dataclass(frozen=True)
class _Known:
    """A text whose topics are known: a clause of the handbook, or a subject's own words for a topic."""

    topics: tuple[str, ...]
    bag: Bag
    weight: float


@dataclass(frozen=True)
class TopicFinder:
    """Texts whose topics are known, by their words."""

    known: tuple[_Known, ...]
    topics: tuple[str, ...]
    own: frozenset[str]
    """Those of the kind's first subject: they go first."""

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        found = Counter(word for one in self.known for word in one.bag)
        return {word: math.log(1 + len(self.known) / count) for word, count in found.items()}

    @cached_property
    def _holders(self) -> Mapping[str, Sequence[tuple[int, float]]]:
        """For each word the texts that hold it, each with its share of the text."""
        holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, one in enumerate(self.known):
            weighed = {word: math.log1p(count) * self._rarity[word] for word, count in one.bag.items()}
            length = math.sqrt(sum(value**2 for value in weighed.values())) or 1
            for word, value in weighed.items():
                holders[word].append((place, value / length))
        return holders

    def find(self, text: str, around: str = "") -> tuple[str, ...]:
        """One or two topics for a text, the nearest first; `around` (its heading) weighs less. None where no word is known."""
        scores = self._scores(text, around)
        best = sorted(scores, key=lambda name: (-scores[name], name))[:2]
        return tuple(name for name in best if scores[name] >= SECOND * scores[best[0]])

    def ranked(self, text: str, around: str = "") -> list[str]:
        """All topics for a text that any word speaks for, the nearest first."""
        scores = self._scores(text, around)
        return sorted(scores, key=lambda name: (-scores[name], name))

    def _scores(self, text: str, around: str) -> Mapping[str, float]:
        bag = Counter[str]()
        for word in words_of(text):
            bag[word] += 1
        shares = {word: math.log1p(count) for word, count in bag.items()}
        for word in words_of(around):
            shares[word] = shares.get(word, 0) + HEADING
        alike: dict[int, float] = defaultdict(float)
        for word, share in shares.items():
            for place, held in self._holders.get(word, ()):
                alike[place] += share * self._rarity[word] * held
        scores: dict[str, float] = defaultdict(float)
        for place in sorted(alike, key=lambda place: (-alike[place], place))[:NEIGHBOURS]:
            one = self.known[place]
            for topic in one.topics:
                scores[topic] += (
                    one.weight * alike[place] ** 2 / math.sqrt(len(one.topics)) * (1.2 if topic in self.own else 1)
                )
        return scores


def subjects_for(loaded: Loaded, kind: PolicyKind | None) -> dict[str, SubjectRecord]:
    """The subjects that a policy of this kind may speak of.

    Where the kind is not known, those are the topics that any policy has: a guess among all others would leave HR with the key questions
    of policies that have nothing to do with this one.
    """
    subjects = {name: one.record for name, one in loaded.subjects.items()}
    wanted = {*(kind.subjects if kind else ()), ANY_POLICY}
    return {name: record for name, record in subjects.items() if name in wanted} or subjects


def topic_finder(loaded: Loaded, kind: PolicyKind | None) -> TopicFinder:
    """A finder among the topics of a policy of this kind."""
    subjects = subjects_for(loaded, kind)
    topics = [topic for record in subjects.values() for group in record.groups for topic in group.topics]
    own = kind.subjects[0] if kind else ""
    of_own = (
        frozenset(topic.id for group in subjects[own].groups for topic in group.topics)
        if own in subjects
        else frozenset()
    )
    everyday: dict[str, list[str]] = defaultdict(list)
    for word in loaded.everyday_words.record.words if loaded.everyday_words else ():
        for name in word.topics:
            everyday[name] += words_of(word.word)
    asked: dict[str, list[str]] = defaultdict(list)
    for record in subjects.values():
        for question in record.questions:
            asked[question.topic] += words_of(question.ask)
    known = [
        _Known((topic.id,), Counter([*words_of(topic.label) * 2, *words_of(topic.about), *everyday[topic.id], *asked[topic.id]]), OWN_WORDS)
        for topic in topics
    ]  # fmt: skip
    names = {topic.id for topic in topics}
    for revision in loaded.revisions:
        if revision.file.record.suggested:  # nobody has looked at its topics yet
            continue
        for written in walk_clauses(revision.file.record):
            if told := tuple(name for name in written.item.topics or () if name in names):
                words = " ".join(
                    (written.item.said, *(item.said for item in written.item.items), written.section.heading)
                )
                known.append(_Known(told, Counter(words_of(words)), 1))
    return TopicFinder(tuple(known), tuple(sorted(names)), of_own)


def words_of(text: str) -> list[str]:
    """The telling words of a text, without the endings that a plural or a verb adds."""
    found = re.findall(r"[a-z]{3,}", as_read(text).lower())
    return [_stem(word) for word in found if word not in SMALL]


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|es|s|ing|ed|y)$", "", word) if len(word) > 5 else word.removesuffix("s")


def find_evidence(
    questions: Sequence[Question], clauses: Iterable[tuple[str, str, tuple[str, ...]]]
) -> dict[str, tuple[str, ...]]:
    """For each question the clauses on its topic that share most words with it: `clauses` are ids, words and topics."""
    by_topic: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for name, text, topics in clauses:
        for topic in topics:
            by_topic[topic].append((name, set(words_of(text))))
    found = {}
    for question in questions:
        asked = set(words_of(f"{question.ask} {question.act or ''}"))
        ranked = sorted(by_topic.get(question.topic, ()), key=lambda one: -len(asked & one[1]))
        if told := tuple(name for name, words in ranked[:FOR_QUESTION] if asked & words):
            found[question.id] = told
    return found
