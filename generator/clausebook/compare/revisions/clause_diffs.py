"""The changes between two revisions, clause by clause with the redline of each, as text, Markdown, HTML or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from clausebook.compare.revisions import NEVER_MATERIAL, Change, Run, redline
from clausebook.compare.revisions.materiality import is_material
from clausebook.model.clause import Clause
from clausebook.model.handbook import Revision
from clausebook.model.labels import CHANGE
from clausebook.model.text import plain_words


@dataclass(frozen=True)
class ClauseDiff:
    """All that happened to one clause, and the old words and the new ones as one text."""

    clause: str
    changes: tuple[Change, ...]
    runs: tuple[Run, ...]
    material: bool
    because: str | None
    """Why HR decided otherwise than the kind of change suggests."""
    with_it: int = 0
    """How many items changed by nothing but this change of their lead-in; they are not told again."""
    of_items: tuple[str, ...] = ()
    """Whom the items bind that came or went with it; their words stand in `runs`."""

    @property
    def roles(self) -> tuple[str, ...]:
        """Whom either side binds."""
        clauses = (one for change in self.changes for one in (*change.before, *change.after))
        return tuple(dict.fromkeys((*(role for clause in clauses for role in clause.binds), *self.of_items)))

    @property
    def place(self) -> Clause:
        """The clause, heading or title as it stands, or as it stood where it was removed."""
        return (self.changes[0].after or self.changes[0].before)[0]

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(change.kind for change in self.changes))


def diff_clauses(changes: Sequence[Change], new: Revision) -> tuple[ClauseDiff, ...]:
    """The changes gathered by clause, in their order; `new` is the revision that they lead to, with HR's decisions.

    What has nothing but a new address is not among them: see count_addresses.
    """
    confirmations = new.record.changes
    reasons = {confirmation.change: confirmation.because for confirmation in confirmations}
    diffs = []
    folded = _folded(changes)
    for clause, found in groupby(changes, key=lambda change: (change.clause, change.kind == "removed")):
        group = tuple(found)
        if all(change.through or change.is_only_address for change in group):
            continue
        widest = max(group, key=lambda change: len(change.before) + len(change.after))
        items = folded.get(clause[0], [])
        came, went = (
            [one for change in items if change.kind == kind for one in (*change.before, *change.after)]
            for kind in ("added", "removed")
        )
        diffs.append(ClauseDiff(
            clause[0], group, redline(_text(widest.text_before, went), _text(widest.text_after, came)), any(is_material(one, confirmations) for one in group),
            next((reason for one in group if (reason := reasons.get(one.id))), None),
            len({change.clause for change in items if change.kind not in ("added", "removed")}),
            tuple(dict.fromkeys(role for clause in (*came, *went) for role in clause.binds)),
        ))  # fmt: skip
    return tuple(diffs)


def count_addresses(changes: Sequence[Change]) -> int:
    """How many clauses have the very same words and nothing new but their address."""
    told = Counter(change.clause for change in changes)
    return sum(1 for change in changes if change.is_only_address and told[change.clause] == 1)


def _folded(changes: Sequence[Change]) -> dict[str, list[Change]]:
    """The changes of items that are told with their lead-in alone, by the lead-in's id."""
    by_clause: dict[tuple[str, bool], list[Change]] = {}
    for change in changes:
        by_clause.setdefault((change.clause, change.kind == "removed"), []).append(change)
    folded: dict[str, list[Change]] = {}
    for group in by_clause.values():
        if group[0].through and all(change.through for change in group):
            folded.setdefault(group[0].through, []).extend(group)
    return folded


def _text(own: str, items: Sequence[Clause]) -> str:
    """The words of a side as a reader sees them, with those of the items that came or went with it."""
    return plain_words(" ".join((own, *(item.said for item in items))))


def render_text(diffs: tuple[ClauseDiff, ...], roles: Mapping[str, str], addresses: int = 0) -> str:
    """Plain text: removed words in [-…-], added ones in {+…+}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return _render(
        diffs,
        roles,
        "{number}. {kinds}{material}\n   {said}\n   {redline}",
        lambda run: marks[run.kind].format(run.text),
        addresses,
    )


def render_markdown(diffs: tuple[ClauseDiff, ...], roles: Mapping[str, str], addresses: int = 0) -> str:
    marks = {"same": "{}", "removed": "~~{}~~", "added": "**{}**"}
    return _render(
        diffs,
        roles,
        "{number}. **{kinds}**{material}: {said}\n\n   > {redline}",
        lambda run: _tight(run, marks[run.kind]),
        addresses,
    )


def _tight(run: Run, mark: str) -> str:
    """Markdown's marks hold only where they touch the words."""
    inner = run.text.strip()
    return run.text.replace(inner, mark.format(inner), 1) if inner else run.text


def _render(
    diffs: tuple[ClauseDiff, ...], roles: Mapping[str, str], form: str, show: Callable[[Run], str], addresses: int
) -> str:
    blocks = [
        form.format(
            number=number, kinds=", ".join(CHANGE[kind] for kind in diff.kinds), material="" if diff.material else " (no one signs again)",
            said=say_all(diff, roles),
            redline=" ".join("".join(show(run) for run in diff.runs).split()),
        )
        for number, diff in enumerate(diffs, 1)
    ]  # fmt: skip
    return "\n\n".join([*blocks, count_in_words(diffs, addresses)])


def count_in_words(diffs: Sequence[ClauseDiff], addresses: int) -> str:
    """How many clauses changed, and how many only have a new address; a heading and the title count as clauses do."""
    changed = f"{len(diffs)} clause{'s' if len(diffs) != 1 else ''} changed"
    return f"{changed}. {addresses_in_words(addresses)}" if addresses else changed


def addresses_in_words(addresses: int) -> str:
    """What is said of those that are not told one by one; nothing where there are none."""
    one = (
        "One clause has a new id and the same words."
        if addresses == 1
        else f"{addresses} clauses have a new id and the same words."
    )
    return one if addresses else ""


def say_all(diff: ClauseDiff, roles: Mapping[str, str]) -> str:
    """All that happened to the clause, in sentences."""
    items = {0: "", 1: " Its item changes with it."}.get(diff.with_it, f" Its {diff.with_it} items change with it.")
    return " ".join(_said(change, roles) for change in diff.changes) + items


def _said(change: Change, roles: Mapping[str, str]) -> str:
    return f"{change.in_words(roles)} {change.doubt_in_words()}".strip()


def render_redline(runs: Iterable[Run]) -> Markup:
    """The runs as HTML: `del` and `ins`, each with words for those who do not see how it is drawn."""
    marks = {
        "same": Markup("{}"),
        "removed": Markup('<del><span class="cb-sr">[removed: </span>{}<span class="cb-sr">]</span></del>'),
        "added": Markup('<ins><span class="cb-sr">[added: </span>{}<span class="cb-sr">]</span></ins>'),
    }
    return Markup("").join(marks[run.kind].format(escape(run.text)) for run in runs)


def render_html(diffs: tuple[ClauseDiff, ...], roles: Mapping[str, str], addresses: int = 0) -> str:
    """A list of the changes, for a mail or another page."""
    items = [
        Markup("<li><p><strong>{}</strong>{}: {}</p><blockquote>{}</blockquote></li>").format(
            ", ".join(CHANGE[kind] for kind in diff.kinds), "" if diff.material else " (no one signs again)",
            say_all(diff, roles), render_redline(diff.runs),
        )
        for diff in diffs
    ]  # fmt: skip
    told = Markup("\n<p>{}</p>").format(addresses_in_words(addresses)) if addresses else ""
    return Markup("<ol>\n{}\n</ol>{}").format(Markup("\n").join(items), told)


def render_json(diffs: tuple[ClauseDiff, ...], roles: Mapping[str, str], addresses: int = 0) -> str:
    rows = [
        {"clause": diff.clause, "kind": change.kind, "change": change.id, "material": change.kind not in NEVER_MATERIAL and diff.material, "doubtful": change.doubtful,
         "says": change.in_words(roles), "before": change.text_before or None, "after": change.text_after or None}
        for diff in diffs for change in diff.changes
    ]  # fmt: skip
    return json.dumps({"count": len(diffs), "new_ids": addresses, "changes": rows}, ensure_ascii=False, indent=1)


RENDERERS = {"text": render_text, "markdown": render_markdown, "html": render_html, "json": render_json}
