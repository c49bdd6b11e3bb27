"""What `issue` writes for HR to hand out: links.csv, a mail for each person, and paper forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from clausebook.acknowledgements.campaigns.invitations import Ask
from clausebook.acknowledgements.campaigns.letters import invite
from clausebook.acknowledgements.campaigns.paper import PaperForm, paper_form
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.private_files import write_private_folder
from clausebook.export.tables import Sheet, csv_file
from clausebook.looks import Looks

HEADINGS = ("Staff number", "Name", "Mail", "Policies", "Due", "Link")
PrintForm = Callable[[PaperForm], bytes]
"""Lays a form out as a PDF; whoever calls knows how."""


def write_outgoing(desk: Desk, day: date, asks: Sequence[Ask], print_form: PrintForm | None, looks: Looks) -> Path:
    """Write the folder of a run in one step; returns where. `asks` stand person by person."""
    return write_private_folder(desk.outgoing(day, "issue"), _files(asks, print_form, looks))


def _files(asks: Sequence[Ask], print_form: PrintForm | None, looks: Looks) -> Iterator[tuple[str, bytes]]:
    rows = tuple(
        (
            ask.person.number,
            ask.person.name,
            ask.person.mail,
            ", ".join(one.policy for one in ask.link.policies),
            ask.link.due,
            ask.address,
        )
        for ask in asks
    )
    yield "links.csv", csv_file(Sheet("Links", HEADINGS, rows))
    for number, found in groupby(asks, key=lambda ask: ask.person.number):
        group = list(found)
        if group[0].person.mail:
            yield f"mails/{file_name(number)}.eml", invite(group, looks)
        for ask in group if print_form else ():
            assert print_form
            yield f"paper/{file_name(number)}-{ask.link.campaign}.pdf", print_form(paper_form(ask))


def file_name(number: str) -> str:
    """A staff number as a file's name, however it is written."""
    return quote(number, safe=" ").lstrip(".") or "_"
