"""An mbox: many mails in one file, read one at a time (RFC 4155; a `From ` within a mail is quoted with `>`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

BEGIN = b"From "
QUOTED = re.compile(rb"(?m)^>(>*From )")


def mails_in(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Each mail of an mbox without its first line."""
    mail: list[bytes] | None = None
    after_blank = True
    for line in lines:
        if after_blank and line.startswith(BEGIN):
            if mail is not None:
                yield _unquoted(mail)
            mail = []
        elif mail is not None:
            mail.append(line)
        after_blank = not line.strip()
    if mail is not None:
        yield _unquoted(mail)


def _unquoted(lines: list[bytes]) -> bytes:
    return QUOTED.sub(rb"\1", b"".join(lines))
