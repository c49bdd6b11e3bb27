"""The command that brings in documents: import."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from clausebook.check.waiting import waits_for_somebody
from clausebook.cli.options import CONTENT, day, handbook_option, known, show
from clausebook.edit.importers.blocks import UnreadableError
from clausebook.edit.importers.bring_in import Brought, bring_in
from clausebook.edit.importers.report import counts_of, report_json
from clausebook.edit.importers.review_page import render_review
from clausebook.edit.journal import RefusedError
from clausebook.edit.trial import write_tried
from clausebook.load import Loaded, PolicyId, load_handbook
from clausebook.model.values import DRAFTS

ENDINGS = (".docx", ".docm", ".odt", ".pdf", ".md", ".markdown", ".html", ".htm", ".txt", ".rst", ".xlsx", ".csv")
REPORTS = "build/imports"


class _NotNowError(Exception):
    """Why a file is not brought in, and what to do."""


@click.command(
    "import",
    epilog="Examples:  clausebook import policies/ --trust larkhill-example   ·   clausebook import conduct.docx --trust larkhill-example --kind code-of-conduct",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, path_type=Path))
@click.option("--trust", required=True, metavar="TRUST", help="Whose policies they are.")
@click.option(
    "--policy", metavar="POLICY", help="Which policy it is; only for one file.  [default: its kind, else its title]"
)
@click.option("--revision", metavar="ID", help="What the draft is called, such as 2026-09.  [default: its date]")
@click.option("--kind", metavar="KIND", help="What it is compared as, from content/kinds.yml.  [default: by its title]")
@click.option(
    "--report", "report_folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Where the report goes, as JSON and as a page.  [default: build/imports/ in the handbook]",
)  # fmt: skip
@handbook_option
def import_command(
    files: tuple[Path, ...], trust: str, policy: str | None, revision: str | None, kind: str | None, report_folder: Path | None,
    handbook_folder: Path,
) -> None:  # fmt: skip
    """Bring in documents as drafts: Word, OpenDocument, PDF with text, Markdown, HTML, plain text, reStructuredText.

    FILE is a document or a folder of them; each becomes the draft of one policy, in the trust's own words. No word and no printed number
    is lost: what is in no clause is listed with the reason. What a program suggests, and what it was not sure of, is marked in the
    draft, and `clausebook review` goes through it. Nothing in a document is run, fetched or followed.
    """
    root = handbook_folder.resolve()
    found = _files(files)
    if policy and len(found) > 1:
        raise click.UsageError(
            "--policy is for one file: leave it out, and each file is named by its kind or its title"
        )
    failed = 0
    for file in found:
        loaded, _ = load_handbook(root)
        known(trust, "trust", sorted(loaded.trusts))
        if kind and loaded.kinds:
            known(kind, "kind of policy", [one.id for one in loaded.kinds.record.kinds])
        try:
            _bring_in(root, loaded, file, trust, policy, revision, kind, report_folder)
        except UnreadableError as error:
            failed += 1
            click.echo(f"{file}: {error.what}\n  = why: {error.why}\n  = fix: {error.fix}", err=True)
        except _NotNowError as error:
            failed += 1
            click.echo(f"{file}: {error}", err=True)
        except RefusedError as error:
            failed += 1
            click.echo(f"{file}: the handbook would then have these problems:", err=True)
            show(error.problems)
    if failed:
        click.echo(
            f"{failed} of {len(found)} {'files were' if len(found) > 1 else 'file was'} not brought in.", err=True
        )
        raise click.exceptions.Exit(CONTENT)


def _bring_in(
    root: Path, loaded: Loaded, file: Path, trust: str, policy: str | None, revision: str | None, kind: str | None, reports: Path | None
) -> None:  # fmt: skip
    brought = bring_in(file, loaded, trust=trust, policy=policy, kind=kind, revision=revision, today=day(None))
    name = f"trusts/{trust}/{brought.policy}"
    there = [one for one in loaded.revisions if (one.trust, one.policy) == (trust, brought.policy)]
    draft = next((one for one in there if one.file.record.status in DRAFTS), None)
    if draft:
        raise _NotNowError(
            f"{name}/{draft.id}.yml is a draft already: adopt it or take it out, or say with --policy which policy this is"
        )
    if any(one.id == brought.revision for one in there) or (root / f"{name}/{brought.revision}.yml").exists():
        raise _NotNowError(
            f"{name}/{brought.revision}.yml is there already: say with --revision what this one is called"
        )
    texts: dict[str, str | bytes] = {f"{name}/{brought.revision}.yml": brought.text}
    if brought.kind and brought.kind != brought.policy and not (root / name / "policy.yml").exists():
        texts[f"{name}/policy.yml"] = f"kind: {brought.kind}\n"
    texts |= {f"{name}/files/{picture}": data for picture, data in brought.pictures.items()}
    write_tried(root, texts, waits_for_somebody, PolicyId(trust, brought.policy))
    folder = (reports or root / REPORTS) / trust / brought.policy / brought.revision
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(report_json(brought), encoding="utf-8", newline="\n")
    (folder / "index.html").write_text(render_review(brought, trust, loaded, root), encoding="utf-8", newline="\n")
    kinds = [one.id for one in loaded.kinds.record.kinds] if loaded.kinds else []
    _tell(file, f"{name}/{brought.revision}.yml", trust, brought, folder, kinds)


def _tell(file: Path, path: str, trust: str, brought: Brought, folder: Path, kinds: Sequence[str]) -> None:
    count = counts_of(brought)
    click.echo(f"{file.name}: wrote {path}, a draft of “{brought.record.title}”.")
    parts = (
        (count.sections, "section"),
        (count.clauses, "clause"),
        (count.items, "list item"),
        (count.tables, "table"),
    )
    click.echo(f"  {', '.join(_counted(*part) for part in parts)}.")
    if count.lost:
        click.echo(
            f"  {count.lost} of {count.words} words found no place: they are under `left_out`. Put them where they belong."
        )
    else:
        click.echo(
            f"  All {count.words} words are accounted for; {count.left_out} of them were left out, with the reason."
        )
    click.echo(
        f"  {_counted(count.doubts, 'doubt')} and {_counted(count.suggestions, 'suggestion')} to look at: clausebook review {trust} {brought.policy}"
    )
    click.echo(f"  Side by side with the document: {folder / 'index.html'}")
    if kinds and brought.kind is None:
        click.echo(
            "  Its title names no kind of policy, so only topics that any policy has are suggested. The review asks for the kind; "
            "for suggestions by it, take the draft out and import it again with --kind."
        )


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' if number != 1 else ''}"


def _files(given: Sequence[Path]) -> list[Path]:
    """The documents that are named, and those in the folders that are named."""
    found: list[Path] = []
    for path in given:
        inside = (
            sorted(one for one in path.rglob("*") if one.suffix.lower() in ENDINGS and not re.match(r"[.~]", one.name))
            if path.is_dir()
            else [path]
        )
        if not inside:
            raise click.UsageError(f"there is no document in {path}: it may be {', '.join(ENDINGS)}")
        found += inside
    return list(dict.fromkeys(found))
