"""A long line that was broken on its way: what mail servers, mail programs and readers of PDFs put into it is taken out again.

It is safe to try several ways because whoever reads such a line can tell a whole one, by its check or by its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 20_000  # signs of a line; ten questions make about 1,200
GAP = r"[=!]?[^\S\n]*\r?\n[^\S\n]*(?:[A-Za-z]{0,8}[>|:#*][^\S\n]*)*"
"""A line end, with what may stand around it: the `=` of quoted-printable, the `!` of a server, and quoting such as `> ` or `AL> `."""
BETWEEN = rf"(?:[\u00ad\u200b-\u200d\u2060\ufeff]|[^\S\n]|{GAP})?"
LEAD = re.compile(r"(?m)^[^\S\n]*(?:[A-Za-z]{0,8}[>|:#*][^\S\n]*)+")
TAIL = re.compile(r"(?m)[=!][^\S\n]*$")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
HYPHENS = dict.fromkeys(map(ord, "\u0002\ufffe\u00ad\u2010\u2011\u2012\u2212"), "-")
"""What a reader of PDFs makes of a hyphen at the end of a line, and programs of any hyphen."""
WAYS: tuple[dict[int, str | None], ...] = (
    UNSEEN,
    {**UNSEEN, **HYPHENS, ord("–"): "-", ord("—"): "-"},
    {**UNSEEN, **HYPHENS, ord("–"): "--", ord("—"): "--"},  # which a word processor makes of two
)


def begins(start: str) -> re.Pattern[str]:
    """What finds `start` in a text, however it was broken."""
    return re.compile(BETWEEN.join(re.escape(sign) for sign in start))


def mended(text: str) -> Iterator[str]:
    """The line that `text` may have been before it was broken, and all that follows it; the likeliest first."""
    seen = set()
    for way in WAYS:
        whole = text[: 2 * LONGEST].translate(way)
        line = "".join(TAIL.sub("", LEAD.sub("", whole)).split())
        if line not in seen:
            seen.add(line)
            yield line
