"""The command that takes an edited Word file back: take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from clausebook.check.waiting import waits_for_somebody
from clausebook.cli.options import CONTENT, content_or_exit, day, handbook_option
from clausebook.cli.revising import as_of_option, edited_file, file_of, policy_of
from clausebook.compare.revisions.changesets import changeset_between
from clausebook.compare.revisions.clause_diffs import render_text, say_all
from clausebook.edit.field_lines import NotInFieldsError
from clausebook.edit.importers.blocks import UnreadableError
from clausebook.edit.revision_files import begin_draft
from clausebook.edit.take.align import Doubtful
from clausebook.edit.take.returned import Returned, read_returned
from clausebook.edit.take.sheet import FORMATS, take_sheet
from clausebook.edit.take.taking import NotThisPolicyError, Taken, take_back
from clausebook.edit.take.told import Told, tell
from clausebook.edit.trial import edit_file, try_edits, write_tried
from clausebook.findings.stale_answers import find_doubts
from clausebook.load import PolicyId
from clausebook.load.policy_files import FILES
from clausebook.model.handbook import Handbook, Policy, Revision, Trust
from clausebook.model.word_identity import word_medium


@dataclass(frozen=True)
class Begun:
    """The draft that something is taken into."""

    path: str
    text: str
    """As it is, or as `revise` begins it."""
    revision: Revision
    """The draft, or the revision that a new one begins from."""
    is_new: bool


@click.command(
    "take",
    epilog="Example:  clausebook take grievance-edited.docx --trust larkhill-example --policy grievance --revision 2027-01",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--trust", required=True, metavar="TRUST", help="Whose policy it is.")
@click.option("--policy", required=True, metavar="POLICY", help="Which policy it is.")
@click.option("--revision", metavar="NEW-ID",
              help="What a new draft is called, such as 2027-01.  [default: this month]")  # fmt: skip
@click.option("--yes", is_flag=True, help="Write without asking; refused where something must be asked.")
@as_of_option
@handbook_option
def take_command(
    file: Path, trust: str, policy: str, revision: str | None, yes: bool, as_of: datetime | None, handbook_folder: Path
) -> None:
    """Take an edited Word file or spreadsheet back: it becomes the draft of the policy, and every clause keeps its id.

    You first see what changed, who changed it, and what to look at. Nothing is written before you say yes. Where it is not certain
    which clause a paragraph is, you are asked.
    """
    root, only = handbook_folder.resolve(), PolicyId(trust, policy)
    handbook = content_or_exit(root, only=only, may_wait=waits_for_somebody)
    chosen = policy_of(handbook, trust, policy)
    returned = _read(file, trust, policy)
    begun = begin(root, chosen, revision, day(as_of))
    if returned.document.format in FORMATS:
        _take_rows(root, file, returned, begun, chosen, yes=yes, only=only)
        return
    taken = _take(returned, begun, chosen, handbook.trust(trust), yes=yes)
    if taken.overtaken.conflicts:
        told = "; ".join(taken.overtaken.conflicts)
        raise click.UsageError(
            f"{file.name} does not fit the draft any more: {told}. Make a new file with `clausebook word {trust} {policy}`, and make the changes there"
        )
    if taken.text == begun.text:
        click.echo(f"{file.name} says what {begun.revision.id} says: nothing was written.")
        return
    text = taken.text if begun.is_new else edit_file(root / begun.path, lambda _: taken.text)
    pictures = {f"{begun.path.rpartition('/')[0]}/{FILES}/{name}": data for name, data in taken.pictures.items()}
    texts: dict[str, str | bytes] = {begun.path: text, **pictures}
    after, _ = try_edits(root, texts, waits_for_somebody, only)
    click.echo(f"{file.name}, as it would be the draft {begun.path}:\n")
    _show(returned, taken, begun, after, day(as_of))
    if not (yes or click.confirm("Write this?")):
        click.echo("Nothing was written.")
        return
    write_tried(root, texts, waits_for_somebody, only)
    _say_written(begun, only, to_review="suggested:" in text or bool(pictures))


def _say_written(begun: Begun, only: PolicyId, *, to_review: bool) -> None:
    steps = [*(["review"] if to_review else []), "confirm-changes", "adopt"]
    then = " · ".join(f"clausebook {step} {only.trust} {only.policy}" for step in steps)
    click.echo(f"Wrote {begun.path}. Then: {then}")


def _read(file: Path, trust: str, policy: str) -> Returned:
    try:
        returned = read_returned(file)
    except UnreadableError as error:
        click.echo(f"{file.name}: {error.what}\n  = why: {error.why}\n  = fix: {error.fix}", err=True)
        raise click.exceptions.Exit(CONTENT) from error
    made_of = returned.exported.revision if returned.exported else None
    if made_of and (made_of.trust, made_of.policy) != (trust, policy):
        raise click.UsageError(
            f"{file.name} was made of another policy: say --trust {made_of.trust} --policy {made_of.policy}"
        )
    if made_of and made_of.academy:
        raise click.UsageError(
            f"{file.name} is the text of one academy: edit the trust's own text (clausebook word {trust} {policy}), or the academy's "
            f"part in trusts/{trust}/academies/{made_of.academy}.yml and its appendix"
        )
    return returned


def _take_rows(
    root: Path, file: Path, returned: Returned, begun: Begun, policy: Policy, *, yes: bool, only: PolicyId
) -> None:
    """Take a spreadsheet: changed cells, new rows, and rows that are gone."""
    try:
        sheet = take_sheet(returned.document, begun.text, begun.revision.record, _ids(policy))
    except NotInFieldsError as error:
        raise not_in_fields(begun) from error
    for line in sheet.left:
        click.echo(f"Not taken: {line}")
    if sheet.text == begun.text:
        click.echo(f"{file.name} says what {begun.revision.id} says: nothing was written.")
        return
    text = sheet.text if begun.is_new else edit_file(root / begun.path, lambda _: sheet.text)
    after, _ = try_edits(root, {begun.path: text}, waits_for_somebody, only)
    new = after.trust(begun.revision.trust).policy(begun.revision.policy).draft
    assert new
    changeset = changeset_between(begun.revision, new)
    click.echo(f"{file.name}, as it would be the draft {begun.path}:\n")
    click.echo(render_text(changeset.to_discuss, after.role_labels, changeset.addresses) + "\n")
    for line in sheet.told:
        click.echo(f"  - {line}")
    if not (yes or click.confirm("Write this?")):
        click.echo("Nothing was written.")
        return
    write_tried(root, {begun.path: text}, waits_for_somebody, only)
    _say_written(begun, only, to_review="suggested:" in text)


def begin(root: Path, policy: Policy, new_id: str | None, today: date) -> Begun:
    """The draft that there is; else a new one, which is not written yet."""
    if policy.draft:
        path = file_of(policy.draft)
        if new_id not in (None, policy.draft.id):
            raise click.UsageError(
                f"there is a draft already: {path}. Leave --revision out, and it is taken into that one"
            )
        return Begun(path, _lines_of(root, policy.draft), policy.draft, is_new=False)
    old, name = policy.revisions[0], new_id or f"{today:%Y-%m}"
    path = f"trusts/{old.trust}/{old.policy}/{name}.yml"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or (root / path).exists():
        raise click.UsageError(
            f"{name!r} cannot be the name of a new draft, or is there already: say --revision, such as 2027-01"
        )
    text = edited_file(root, old, lambda text: begin_draft(text, old.record, old.id, name, today))
    return Begun(path, text.removeprefix("\ufeff").replace("\r\n", "\n"), old, is_new=True)


def _lines_of(root: Path, revision: Revision) -> str:
    text = (root / file_of(revision)).read_text(encoding="utf-8-sig")
    return text if text.endswith("\n") else f"{text}\n"


def _take(returned: Returned, begun: Begun, policy: Policy, trust: Trust, *, yes: bool) -> Taken:
    """What the file makes of the draft, after every question is answered."""
    exported = returned.exported
    base = exported.revision.record if exported else begun.revision.record
    ids = _ids(policy)
    answers: dict[str, int | None] = {}
    while True:
        try:
            taken = take_back(
                returned,
                begun.text,
                begun.revision.record,
                base,
                ids,
                word_medium(trust.address, policy.id),
                answers,
                trust.record.name,
            )
        except NotInFieldsError as error:
            raise not_in_fields(begun) from error
        except NotThisPolicyError as error:
            click.echo(
                "This file is not that policy: hardly any of its clauses were found in it. "
                f"Bring a new document in with `clausebook import FILE --trust {trust.id}`. Nothing was written.",
                err=True,
            )
            raise click.exceptions.Exit(CONTENT) from error
        if not taken.alignment.questions:
            return taken
        if yes:
            _refuse_to_guess(taken)
        answers |= {one.part.of: _ask(one) for one in taken.alignment.questions}


def _ids(policy: Policy) -> set[str]:
    """Of all its revisions: none of them may come to stand for something else."""
    revisions = policy.by_id.values()
    return {name for one in revisions for name in (*one.by_id, *(gap.id for gap in one.record.gaps))}


def not_in_fields(begun: Begun) -> click.UsageError:
    return click.UsageError(f"{begun.path} is not written as one field a line: write it as trusts/README.md shows")


def _refuse_to_guess(taken: Taken) -> None:
    click.echo("It is not certain which clause these are; without --yes you are asked:", err=True)
    for one in taken.alignment.questions:
        click.echo(f"  {_named(one)}", err=True)
    click.echo("Nothing was written.", err=True)
    raise click.exceptions.Exit(CONTENT)


def _ask(one: Doubtful) -> int | None:
    click.echo(f"{_named(one)}\nWhich of these is it now?")
    for number, line in enumerate(one.lines, 1):
        click.echo(f"  {number}  {line.block.in_full}")
    click.echo("  0  none of them: it is gone, and they are new")
    answer: int = click.prompt("Number", type=click.IntRange(0, len(one.lines)))
    return answer - 1 if answer else None


def _named(one: Doubtful) -> str:
    return f"Before: {one.part.number or '•'} {one.part.text}"


def _show(returned: Returned, taken: Taken, begun: Begun, after: Handbook, today: date) -> None:
    """The changes, then what else is to be known."""
    old = begun.revision
    new = after.trust(old.trust).policy(old.policy).draft
    assert new
    changeset = changeset_between(old, new)
    click.echo(render_text(changeset.to_discuss, after.role_labels, changeset.addresses) + "\n")
    placed = Told("Only moved or renumbered", tuple(say_all(one, after.role_labels) for one in changeset.only_placed))
    base = returned.exported.revision.record if returned.exported else old.record
    doubts = [one for one in find_doubts(after, today) if (one.trust, one.policy) == (new.trust, new.policy)]
    answers = Told("Answers to read again", tuple(one.what for one in doubts))
    for told in (placed, *tell(returned, taken, base, new), answers):
        if not told.lines:
            continue
        click.echo(told.heading)
        for line in told.lines:
            click.echo(f"  - {line}")
        click.echo()
