"""Who offers model policies."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from clausebook.model.campaign import WebAddress
from clausebook.model.values import Record, Text


class ProviderRecord(Record):
    """models/PROVIDER/provider.yml: who offers the models in this folder."""

    name: Text = Field(description="The provider's full name.")
    short_name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    """What trusts call it, in 40 characters at most."""
    about: Text | None = Field(default=None, description="One line about the provider.")
    link: WebAddress | None = Field(default=None, description="Where its models can be read.")
