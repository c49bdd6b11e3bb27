"""The commands that look and write nothing but what they say: audit, schema."""

from __future__ import annotations

from pathlib import Path

import click

from clausebook.cli.options import CONTENT, handbook_option
from clausebook.compare.coverage import audit_policy, render_audit
from clausebook.files import write_files
from clausebook.load import load_handbook
from clausebook.load.merge import merge_revision
from clausebook.model.problems import RENDERERS
from clausebook.model.schemas import author_schemas


@click.command("audit", epilog="Example:  clausebook audit att social-media --source ../shared/sources/att.txt")
@click.argument("trust")
@click.argument("policy")
@click.option("--source", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True, metavar="FILE",
              help="The source's text, in which the lines were counted.")  # fmt: skip
@click.option("--revision", metavar="ID", help="Which revision.  [default: the one in force]")
@handbook_option
def audit_command(trust: str, policy: str, source: Path, revision: str | None, handbook_folder: Path) -> None:
    """Hold a restated revision against its source: lines nothing accounts for, lines told twice, another file."""
    loaded, problems = load_handbook(handbook_folder.resolve())
    found = [
        one for one in loaded.revisions
        if (one.trust, one.policy) == (trust, policy)
        and (one.id == revision if revision else one.file.record.status == "in-force")
    ]  # fmt: skip
    if not found:
        if problems:
            click.echo(RENDERERS["text"](problems))
            raise click.exceptions.Exit(CONTENT)
        raise click.UsageError(
            f"there is no {f'revision {revision}' if revision else 'revision in force'} of {trust}/{policy} in {handbook_folder.resolve() / 'trusts'}"
        )
    one = found[0]
    if one.file.record.source is None:
        raise click.UsageError(
            f"{one.file.document.file} is the trust's own text and names no source to hold it against"
        )
    audit = audit_policy(merge_revision(one.trust, one.policy, one.id, one.file.record), source.read_bytes())
    click.echo(render_audit(audit, one.file.document.file, source.name))
    raise click.exceptions.Exit(0 if audit.is_clean else CONTENT)


@click.command("schema", epilog="Example:  clausebook schema .schemas")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path(".schemas"))
def schema_command(folder: Path) -> None:
    """Write the JSON Schemas of the files that authors write into FOLDER (default .schemas/).

    Editors that know YAML schemas then complete field names and explain them. To bind one to a file, let the file's
    first line be:  # yaml-language-server: $schema=../../../.schemas/revision.schema.json
    """
    schemas = author_schemas()
    write_files(folder, schemas)
    click.echo("\n".join(str(folder / name) for name in schemas))
