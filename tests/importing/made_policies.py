"""Policies made up by lot, as Word files of the shapes that real ones have, each with the truth beside it: what a perfect importer would find.

The words say nothing that any trust says. Shapes: automatic numbers under Word's heading styles; typed numbers under bold lines; no numbers,
bold lines and bullets. In each: lead-ins with and without a colon, entries that begin with a capital, second paragraphs, tables.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Literal

from importing.documents import SPACED, lists, lvl, p, r, ruled, table, word_file

Shape = Literal["styled", "typed", "bullets"]
SHAPES: tuple[Shape, ...] = ("styled", "typed", "bullets")
TOPICS = (
    "Keys",
    "Visitors",
    "Parking",
    "Meeting rooms",
    "Plants",
    "Post",
    "Bicycles",
    "Lost property",
    "Kitchens",
    "Heating",
    "Noise",
    "Uniforms",
    "Ladders",
    "Lifts",
)
WHO = ("Staff", "All staff", "Managers", "Everybody who works here", "The site team", "Volunteers")
FORCE = ("must", "should", "may", "must not", "should not", "will")
DO = ("keep the {} tidy", "report a broken {} at once", "lend the {} to nobody outside the trust", "write down who has the {}", "leave the {} as it was found",
      "ask before they move the {}", "carry the {} upstairs by hand", "store the {} in the cupboard by the door", "label each {} with a number")  # fmt: skip
THING = (
    "key",
    "bicycle",
    "kettle",
    "ladder",
    "chair",
    "parcel",
    "lamp",
    "blind",
    "trolley",
    "fan",
    "rug",
    "notice",
    "bin",
    "tray",
)
WHEN = (
    "",
    " by 4 pm",
    " within 5 working days",
    " each term",
    ", unless the headteacher agrees",
    " on 31 August",
    " up to £50",
)
LEADS = ("{} {}:", "This means that {} {}:", "At any time, {} {}")


@dataclass(frozen=True)
class Node:
    """A heading, a clause or an item, with the words that it hangs from: the text of its clause, or of its heading."""

    kind: Literal["heading", "clause", "item"]
    number: str | None
    text: str
    parent: str


@dataclass
class Made:
    """A document and its truth."""

    data: bytes
    nodes: list[Node] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)


@dataclass
class _Maker:
    lot: random.Random
    shape: Shape
    body: list[str] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def words(self, make: str) -> str:
        """Words that no other node has."""
        while True:
            text = self._draw(make)
            if text not in self.used:
                self.used.add(text)
                return text

    def _draw(self, make: str) -> str:
        lot = self.lot
        do = lot.choice(DO).format(
            f"{lot.choice(('red', 'old', 'large', 'spare', 'second', 'borrowed', 'wooden'))} {lot.choice(THING)}"
        ) + lot.choice(WHEN)
        if make == "sentence":
            return f"{lot.choice(WHO)} {lot.choice(FORCE)} {do}."
        if make == "item":
            return do[0].upper() + do[1:] if lot.random() < 0.7 else do
        lead = lot.choice(LEADS).format(lot.choice(WHO).lower(), lot.choice(FORCE))
        return lead[0].upper() + lead[1:]


def made_policy(seed: int, shape: Shape, sections: int = 7) -> Made:
    """A policy by lot; the same for the same seed."""
    maker = _Maker(random.Random(seed), shape)
    title = f"{maker.lot.choice(TOPICS)} and everything else policy"
    maker.body.append(p(r(title, '<w:b/><w:sz w:val="44"/>')))
    maker.body.append(table(("Version", f"{seed}.1"), ("Approved by", "The board"), ("Review date", "May 2031")))
    for number, topic in enumerate(maker.lot.sample(TOPICS, sections), 1):
        _section(maker, number, topic)
    return Made(word_file("".join(maker.body), numbering=NUMBERING, styles=STYLES), maker.nodes, maker.cells)


def _section(maker: _Maker, number: int, topic: str) -> None:
    lot, shape = maker.lot, maker.shape
    printed = {"styled": f"{number}", "typed": f"{number}", "bullets": None}[shape]
    maker.nodes.append(Node("heading", printed, topic, ""))
    if shape == "styled":
        maker.body.append(p(topic, style="berschrift1", num="1", level=0))
    else:
        maker.body.append(p(r(f"{number}. {topic}" if shape == "typed" else topic, "<w:b/>")))
    for count in range(1, lot.randint(2, 6) + 1):
        own = f"{number}.{count}" if shape != "bullets" else None
        kind = lot.choices(("sentence", "list", "two", "table"), (6, 5, 2 if own else 0, 1))[0]
        text = maker.words("lead" if kind == "list" else "sentence")
        _paragraph(maker, own, text)
        if kind == "two":
            second = maker.words("sentence")
            maker.body.append(p(second, more=SPACED))
            text = f"{text}\n\n{second}"
        maker.nodes.append(Node("clause", own, text, topic))
        if kind == "list":
            _list(maker, text)
        if kind == "table":
            _table(maker)


def _paragraph(maker: _Maker, number: str | None, text: str) -> None:
    if maker.shape == "styled":
        maker.body.append(p(text, num="1", level=1, more=SPACED))
    else:
        maker.body.append(p(f"{number}\t{text}" if number else text, more=SPACED))


def _list(maker: _Maker, lead: str) -> None:
    lettered = maker.shape == "styled" and maker.lot.random() < 0.5
    for place in range(maker.lot.randint(2, 6)):
        text = maker.words("item")
        mark = f"({'abcdefgh'[place]})" if lettered else None
        maker.nodes.append(Node("item", mark, text, lead))
        if lettered:
            maker.body.append(p(text, num="1", level=2))
        elif maker.shape == "typed":
            maker.body.append(p(f"•\t{text}", more='<w:ind w:left="720" w:hanging="360"/>'))
        else:
            maker.body.append(p(text, num="2", level=0))


def _table(maker: _Maker) -> None:
    rows = [
        ("What", "By whom", "Within"),
        *((maker.words("item"), maker.lot.choice(WHO), f"{maker.lot.randint(1, 30)} days") for _ in range(3)),
    ]
    maker.cells += [cell for row in rows for cell in row]
    maker.body.append(ruled(*rows))


NUMBERING = lists(
    (lvl(0, "%1."), lvl(1, "%1.%2"), lvl(2, "(%3)", "lowerLetter")), (lvl(0, "•", "bullet"),), nums={"1": 0, "2": 1}
)
STYLES = ""
