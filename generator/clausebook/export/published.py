"""What every record of site/data/ shares."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Published(BaseModel):
    """What every published record shares."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True, extra="forbid")
