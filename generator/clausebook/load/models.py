"""Model policies: the folder models/ of a handbook, and its texts joined into providers with their models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from clausebook import model
from clausebook.load.names import stands
from clausebook.load.reader import Authored, HandbookReader, LoadedRevision
from clausebook.model.merged import Revision
from clausebook.model.model_policy import ModelPolicy

FOLDER = "models"
PROVIDER = "provider.yml"


@dataclass(frozen=True)
class LoadedModels:
    """What stands in models/: nothing where a handbook has no such folder."""

    providers: dict[str, Authored[model.ProviderRecord]] = field(default_factory=dict)
    revisions: tuple[LoadedRevision, ...] = ()
    """Of each the provider stands as its trust, and the kind as its policy."""

    @property
    def files(self) -> Iterator[Authored[model.ProviderRecord] | Authored[model.RevisionRecord]]:
        yield from self.providers.values()
        yield from (one.file for one in self.revisions)


def name_of_model(revision: LoadedRevision) -> str:
    """As a text names the model that it was made from."""
    return f"{revision.trust}/{revision.policy}/{revision.id}"


def read_models(reader: HandbookReader) -> LoadedModels:
    """Read models/, which need not be there."""
    providers: dict[str, Authored[model.ProviderRecord]] = {}
    revisions: list[LoadedRevision] = []
    if not stands(reader.root / FOLDER):
        return LoadedModels()
    for provider in reader.folders(FOLDER, frozenset({"README.md"}), frozenset()):
        name = f"{FOLDER}/{provider}/{PROVIDER}"
        if not stands(reader.root / name):
            reader.note(name, "P702", "this file is missing", "readers are told whose model a policy was made from",
                        "write it, with the lines `name: …` and `short_name: …`")  # fmt: skip
        elif written := reader.read(name, model.ProviderRecord):
            providers[provider] = written
        for kind in reader.folders(f"{FOLDER}/{provider}", frozenset({PROVIDER}), frozenset()):
            revisions += _revisions(reader, provider, kind)
    return LoadedModels(providers, tuple(revisions))


def _revisions(reader: HandbookReader, provider: str, kind: str) -> Iterator[LoadedRevision]:
    for name in reader.files(f"{FOLDER}/{provider}/{kind}"):
        if file := reader.read(f"{FOLDER}/{provider}/{kind}/{name}", model.RevisionRecord):
            yield LoadedRevision(provider, kind, name.removesuffix(".yml"), file)


def models_in_order(provider: str, merged: Iterable[Revision]) -> Iterator[ModelPolicy]:
    """The models of one provider, each with its revisions, the newest first: `replaces` leads from each to the one before it."""
    by_kind: dict[str, dict[str, Revision]] = {}
    for one in merged:
        by_kind.setdefault(one.policy, {})[one.id] = one
    for kind, revisions in sorted(by_kind.items()):
        replaced = {one.record.replaces for one in revisions.values()}
        line = [next(one for one in revisions.values() if one.id not in replaced)]
        while before := revisions.get(line[-1].record.replaces or ""):
            line.append(before)
        yield ModelPolicy(provider, kind, tuple(line))
