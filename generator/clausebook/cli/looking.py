"""The command that goes through what nobody has looked at in a draft, with one key each: review."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from clausebook.check.library import read_handbook
from clausebook.check.waiting import waits_for_somebody
from clausebook.cli.answering import answer_questions, ask_kind, open_questions
from clausebook.cli.options import content_or_exit, handbook_option, show
from clausebook.cli.review_session import WIDTH, Review, pressed
from clausebook.cli.revising import policy_of
from clausebook.edit.importers.suggestions.topics import topic_finder
from clausebook.edit.looked_at import Step, repeated_doubts, settle, settle_doubt, steps_of
from clausebook.load import PolicyId, load_handbook
from clausebook.model import Item
from clausebook.model.dates import in_words
from clausebook.model.labels import FACTS, FORCE
from clausebook.model.structures import words_around_items
from clausebook.model.text import as_read

FORCES = tuple(FORCE)
MOST = 9  # choices that have a key


@click.command("review", epilog="Example:  clausebook review larkhill-example code-of-conduct")
@click.argument("trust")
@click.argument("policy")
@handbook_option
def review_command(trust: str, policy: str, handbook_folder: Path) -> None:
    """Go through what a program suggested in a draft, what the importer was not sure of, and the key questions: one key each.

    A doubt that comes often in the same words is asked once, with a sample. Each decision is written at once, so that you can leave with q
    and go on later. When nothing is left, `clausebook adopt` can put the draft in force.
    """
    root = handbook_folder.resolve()
    only = PolicyId(trust, policy)
    handbook = content_or_exit(root, only=only, may_wait=waits_for_somebody)
    draft = policy_of(handbook, trust, policy).draft
    if draft is None:
        raise click.UsageError(
            f"{trust}/{policy} has no draft: bring one in with clausebook import, or begin one with clausebook revise {trust} {policy} NEW-ID"
        )
    loaded, _ = load_handbook(root)
    review = Review(root, trust, policy, handbook, draft, topic_finder(loaded, loaded.kind_of(trust, policy)))
    steps, questions = steps_of(draft.record), open_questions(review)
    click.echo(
        f"{draft.record.title}: {len(steps)} places to look at, {len(questions)} questions to answer. "
        "Enter says that all is right; q leaves, and you can go on later.\n"
    )
    if _repeated(review) and _each(review) and ask_kind(review) and answer_questions(review):
        _tell_what_is_next(review)
        return
    places, questions = len(steps_of(review.revision.record)), open_questions(review)
    click.echo(
        f"Left with {places} places to look at and {len(questions)} questions to answer: go on with clausebook review {trust} {policy}"
    )


def _tell_what_is_next(review: Review) -> None:
    """What comes next; what `adopt` would refuse is told now, with the way to mend it."""
    if review.kind is None:
        click.echo(
            f"Nothing is left to look at, but nothing says what kind of policy it is: clausebook review {review.trust} {review.policy} asks again. "
            "Then it asks the key questions of that kind."
        )
        return
    _, problems = read_handbook(review.root, may_wait=waits_for_somebody, only=PolicyId(review.trust, review.policy))
    if left := [problem for problem in problems if problem.asks and problem.place.file == review.file]:
        show(left)
        click.echo(
            f"Nothing is left to look at but this, which adopt would refuse: mend the text in Word (clausebook word {review.trust} {review.policy}) and take the file back."
        )
    else:
        click.echo(f"Nothing is left to look at. Next: clausebook adopt {review.trust} {review.policy}")


def _repeated(review: Review) -> bool:
    """Ask once about each doubt that comes often; False where the reader left."""
    for doubt, steps in repeated_doubts(steps_of(review.revision.record)):
        click.echo(f"{len(steps)} times: {doubt}")
        sample = steps[0]
        if sample.item:
            _show_text(sample.item, sample.above)
        click.echo("[Enter] right everywhere   [l] look at each   [q] leave")
        key = pressed("\rlq")
        if key == "q":
            return False
        if key == "\r":
            found = [step for step in steps_of(review.revision.record) if doubt in step.doubts]
            review.write(lambda text, found=found, doubt=doubt: settle_doubt(text, found, doubt))  # type: ignore[misc]
        click.echo()
    return True


def _each(review: Review) -> bool:
    """Go through the places one by one; False where the reader left."""
    skipped: set[tuple[str | int, ...]] = set()
    while steps := [step for step in steps_of(review.revision.record) if step.path not in skipped]:
        step = steps[0]
        fields = _ask(review, step, len(steps))
        if fields is None:
            return False
        if fields == {"skip": None}:
            skipped.add(step.path)
        else:
            review.write(lambda text, step=step, fields=fields: settle(text, step.path, fields))  # type: ignore[misc]
        click.echo()
    return not skipped


def _ask(review: Review, step: Step, left: int) -> Mapping[str, str | None] | None:
    """What is to be written of a place; None where the reader leaves."""
    click.echo(f"{'─' * 4} {left} left {'─' * 4} {_heading(review, step)}")
    if step.item:
        _show_text(step.item, step.above)
    chosen: dict[str, str | None] = {}
    while True:
        _show_suggestions(review, step, chosen)
        has_picture = step.item is not None and step.item.figure is not None
        keys = "\rsq" + ("ftwm" if step.item else "" if step.section else "w") + ("p" if has_picture else "")
        click.echo(
            "[Enter] right"
            + (
                "   [f] force   [t] topics   [w] who it applies to   [m] must know"
                if step.item
                else ""
                if step.section
                else "   [w] who it applies to"
            )
            + ("   [p] what the picture says" if has_picture else "")
            + "   [s] skip   [q] leave"
        )
        key = pressed(keys)
        if key == "\r":
            return chosen
        if key == "q":
            return None
        if key == "s":
            return {"skip": None}
        chosen |= CHANGES[key](review, step, chosen)


def _heading(review: Review, step: Step) -> str:
    if step.section is None:
        return f"the document “{review.revision.record.title}”"
    return f"{step.section.number or ''} {step.section.heading}".strip()


def _show_text(item: Item, above: tuple[Item, ...]) -> None:
    for one in above:
        click.echo(click.wrap_text(f"{one.number or ''} {as_read(one.text or '')}".strip(), WIDTH, "      ", "      "))
    before, after = words_around_items(item.structures, has_items=bool(item.items))
    for words in (f"{item.number or ''} {as_read(item.text or '')}".strip(), *map(as_read, before)):
        click.echo(click.wrap_text(words, WIDTH, "   ", "   "))
    for below in item.items:
        click.echo(click.wrap_text(f"{below.number or '•'} {as_read(below.said)}", WIDTH, "      ", "        "))
    for words in after:
        click.echo(click.wrap_text(as_read(words), WIDTH, "   ", "   "))


def _show_suggestions(review: Review, step: Step, chosen: Mapping[str, str | None]) -> None:
    for doubt in step.doubts:
        click.echo(click.wrap_text(f"? {doubt}", WIDTH, "   ", "     "))
    if step.item is None:
        record = review.revision.record
        for name in step.suggested:
            dated, value = getattr(record.dates, name, None), getattr(record, name, None)
            shown = in_words(dated) if dated else value if isinstance(value, str) else "as in the file"
            click.echo(f"   {FACTS.get(name, name)}: {shown}")
        if step.section is None:
            roles = _list(chosen, "binds", record.binds)
            click.echo(f"   applies to: {', '.join(review.handbook.role_labels.get(name, name) for name in roles)}")
        return
    told = {
        "force": _force_in_words(chosen.get("modality") or step.item.modality),
        "topics": ", ".join(review.topics.get(name, name) for name in _list(chosen, "topics", step.item.topics)) or "as its lead-in",
        "applies to": ", ".join(review.handbook.role_labels.get(name, name) for name in _list(chosen, "binds", step.item.binds)) or "all that the policy applies to",
        "must know": "yes" if (chosen.get("must_know", "true" if step.item.must_know else None)) else "no",
    }  # fmt: skip
    click.echo("   " + " · ".join(f"{name}: {value}" for name, value in told.items()))


def _force_in_words(force: str | None) -> str:
    return next((words for name, words in FORCE.items() if name == force), "as its lead-in")


def _list(chosen: Mapping[str, str | None], name: str, otherwise: tuple[str, ...] | None) -> list[str]:
    return json.loads(chosen[name] or "[]") if name in chosen else list(otherwise or ())


def _change_force(_: Review, __: Step, ___: Mapping[str, str | None]) -> dict[str, str | None]:
    click.echo("   " + "   ".join(f"[{number}] {FORCE[force]}" for number, force in enumerate(FORCES, 1)))
    key = pressed("123456q")
    return {} if key == "q" else {"modality": FORCES[int(key) - 1]}


def _change_topics(review: Review, step: Step, chosen: Mapping[str, str | None]) -> dict[str, str | None]:
    assert step.item
    now = _list(chosen, "topics", step.item.topics)
    near = list(
        dict.fromkeys([*now, *review.finder.ranked(step.item.said, step.section.heading if step.section else "")])
    )[:MOST]
    while True:
        for number, name in enumerate(near, 1):
            click.echo(f"   [{number}] {'✓' if name in now else ' '} {review.topics.get(name, name)}")
        click.echo("   A number puts a topic in or takes it out; [/] finds another by a word; [Enter] done")
        key = pressed("\r/q" + "123456789"[: len(near)])
        if key == "q":
            return {}
        if key == "\r" and now:
            return {"topics": json.dumps(now)}
        if key == "/":
            word = click.prompt("   Word", default="", show_default=False).lower()
            found = [name for name, label in review.topics.items() if word in label.lower() or word in name]
            near = list(dict.fromkeys([*now, *found]))[:MOST]
        elif key != "\r":
            name = near[int(key) - 1]
            now = [one for one in now if one != name] if name in now else [*now, name]


def _change_binds(review: Review, step: Step, chosen: Mapping[str, str | None]) -> dict[str, str | None]:
    now = _list(chosen, "binds", step.item.binds if step.item else review.revision.record.binds)
    roles = list(review.handbook.role_labels.items())
    keys = "123456789abcdefghijklmnop"[: len(roles)]
    while True:
        for letter, (name, label) in zip(keys, roles, strict=False):
            click.echo(f"   [{letter}] {'✓' if name in now else ' '} {label}")
        click.echo("   A key puts a role in or takes it out; [Enter] done; none: all that the policy applies to")
        key = pressed("\r" + keys)
        if key in ("\r", "q"):
            return {"binds": json.dumps(now)} if now else {"binds": None} if step.item else {}
        name = roles[keys.index(key)][0]
        now = [one for one in now if one != name] if name in now else [*now, name]


def _change_must_know(_: Review, step: Step, chosen: Mapping[str, str | None]) -> dict[str, str | None]:
    assert step.item
    now = chosen.get("must_know", "true" if step.item.must_know else None)
    return {"must_know": None if now else "true"}


def _change_picture(_: Review, __: Step, ___: Mapping[str, str | None]) -> dict[str, str | None]:
    told = click.prompt("   What the picture says, for whoever cannot see it", default="", show_default=False).strip()
    return {"figure/alternative": json.dumps(told, ensure_ascii=False)} if told else {}


CHANGES: Mapping[str, Callable[[Review, Step, Mapping[str, str | None]], dict[str, str | None]]] = {
    "f": _change_force, "t": _change_topics, "w": _change_binds, "m": _change_must_know, "p": _change_picture,
}  # fmt: skip
