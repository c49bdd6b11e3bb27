"""P901, P902: a rule of a checklist that judges by nothing or by several things at once, or that leaves an answer out.

A rule goes by a key question and what each answer means for the point, by clauses (on a topic, with words), or by a fact
that the document states. An answer that a trust gives and no list names would pass for silence.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.reader import Authored
from clausebook.model import Checklist, ChecklistRule
from clausebook.model.problems import Problem


def check_checklists(loaded: Loaded) -> Iterator[Problem]:
    for checklist in loaded.checklists.values():
        for i, point in enumerate(checklist.record.points):
            for j, rule in enumerate(point.rules):
                path = ("points", i, "rules", j)
                kinds = [name for name in ("question", "topic", "stated") if getattr(rule, name)]
                kinds += ["words"] if rule.words and not rule.topic else []
                if len(kinds) != 1:
                    found = " and ".join(f"`{kind}`" for kind in kinds) or "none of them"
                    yield from checklist.problem(
                        path, "P901", f"a rule of `{point.id}` goes by {found}",
                        "a rule goes by one thing: `question`, `topic`, `words` or `stated`",
                        "split it into a rule for each" if kinds else "add `question:` with `met:`, or `topic:`, or `stated:`",
                    )  # fmt: skip
                elif rule.question:
                    yield from _left_out(checklist, path, rule, loaded)


def _left_out(checklist: Authored[Checklist], path: Path, rule: ChecklistRule, loaded: Loaded) -> Iterator[Problem]:
    placed = {*rule.met, *rule.partly, *rule.contradicted, "silent", "unreadable"}
    for revision in loaded.revisions:
        kind = loaded.kind_of(revision.trust, revision.policy)
        if kind is None or kind.id != checklist.record.kind:
            continue
        position = revision.file.record.positions.get(rule.question or "")
        if revision.file.record.status == "in-force" and position and position.answer not in placed:
            yield from checklist.problem(
                path, "P902", f"this rule does not say what {position.answer} means", f"{revision.trust} gives that answer to `{rule.question}`",
                f"add `{position.answer}` to `met`, `partly` or `contradicted`",
            )  # fmt: skip
