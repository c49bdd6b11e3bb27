"""Model policies: templates that trusts adopt with departures, by whoever offers them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clausebook.model import ProviderRecord
from clausebook.model.merged import Revision


@dataclass(frozen=True)
class ModelPolicy:
    """Every revision of a provider's model of one kind of policy."""

    provider: str
    kind: str
    revisions: tuple[Revision, ...]
    """The newest first; one at least."""

    @property
    def newest(self) -> Revision:
        return self.revisions[0]

    @property
    def title(self) -> str:
        return self.newest.record.title


@dataclass(frozen=True)
class ModelProvider:
    """Whoever offers model policies: a company, a union, a diocese."""

    id: str
    record: ProviderRecord
    policies: tuple[ModelPolicy, ...]


@dataclass(frozen=True)
class NamedModel:
    """A revision of a model, as a text names it that was made from it."""

    provider: ModelProvider
    policy: ModelPolicy
    revision: Revision

    @property
    def name(self) -> str:
        """As a text names it: `provider/kind/revision`."""
        return f"{self.provider.id}/{self.policy.kind}/{self.revision.id}"

    @property
    def newer(self) -> Revision | None:
        """The newest revision of the model, where it is not this one."""
        return self.policy.newest if self.policy.newest is not self.revision else None

    @property
    def title(self) -> str:
        """What readers call it: “Model whistleblowing policy, September 2025 (version 3), of Example Templates”."""
        return f"{self.revision.record.title}, {self.revision.name}, of {self.provider.record.name}"


def find_model(providers: Iterable[ModelProvider], name: str | None) -> NamedModel | None:
    """The model called `name`, as `provider/kind/revision`; None where there is none of that name."""
    return next((one for one in all_models(providers) if one.name == name), None) if name else None


def all_models(providers: Iterable[ModelProvider]) -> Iterable[NamedModel]:
    """Every revision of every model, the newest of each policy first."""
    return (
        NamedModel(provider, policy, revision)
        for provider in providers
        for policy in provider.policies
        for revision in policy.revisions
    )
