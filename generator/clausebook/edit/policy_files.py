"""What HR's commands write into policy.yml: text in, text out; every line that is not changed stays, comments and all."""

from __future__ import annotations

import json

from clausebook.edit.field_lines import FieldLines
from clausebook.model import Approval


def add_approval(text: str, approval: Approval) -> str:
    """The text with another approval, the last of its list; `text` may be empty. Raises NotInFieldsError."""
    told = approval.model_dump(exclude_none=True)
    entry = f"{{{', '.join(f'{name}: {_written(name, value)}' for name, value in told.items())}}}"
    if not text.strip():
        return f"approvals:\n  - {entry}\n"
    file = FieldLines(text)
    if not file.has("approvals"):
        end = len(file.document.lines)
        return file.written([((end, end), ["approvals:", f"  - {entry}"])])
    first, end = file.lines_of("approvals")
    if not file.has("approvals", 0):
        return file.written([((first, end), ["approvals:", f"  - {entry}"])])
    return file.written([((end, end), [f"{file.lead('approvals', 0)}{entry}"])])


def _written(name: str, value: str) -> str:
    return json.dumps(value, ensure_ascii=False) if name in ("by", "minute") else value
