"""The blocks below one heading as clauses: each list under its lead-in, each paragraph with its number; in doubt an item is below the words before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from clausebook.edit.importers.blocks import Block
from clausebook.edit.importers.outline.draft import DraftItem
from clausebook.edit.importers.outline.forms import MOST_WORDS, is_blank, labels_of
from clausebook.edit.importers.outline.grammar import goes_on, is_label, leads_in, stands_alone, starts_within
from clausebook.edit.importers.outline.line_breaks import LONGEST
from clausebook.edit.importers.outline.numbering import Mark, read_mark
from clausebook.edit.importers.outline.placing import (
    LISTS,
    NEAR,
    Open,
    begins_list,
    leads_on,
    list_from,
    outside,
    place_of_number,
    sibling_of,
)
from clausebook.edit.importers.outline.structures import give_picture, give_points, give_table, item_of
from clausebook.model.text import as_read

NO_WORDS = "It has no words of its own in the document: the heading's words are here."


@dataclass
class ClauseBuilder:
    """What was made so far of the blocks below one heading."""

    heading: str
    forbids: bool
    """Whether it, or one above it, says that what follows is not to be done."""
    clauses: list[DraftItem] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    line: Block | None = None
    """A line to write on that waits for the words below it."""

    def add_all(self, blocks: Sequence[Block]) -> list[DraftItem]:
        for index, block in enumerate(blocks):
            if is_blank(block):
                self.line = block
            elif self.line and 0 < len(as_read(block.text).split()) <= MOST_WORDS:
                self._add_form(block, [as_read(block.text)])
            else:
                self._add(block, blocks[index + 1 :])
        return self.clauses

    def _add(self, block: Block, later: Sequence[Block]) -> None:
        if block.kind in ("table", "chart"):
            self._add_table(block)
        elif block.kind == "diagram":
            self._add_diagram(block)
        elif block.kind == "figure":
            self._add_figure(block)
        elif labels := labels_of(block):
            self._add_form(block, labels)
        else:
            mark = read_mark(block.mark, self._last_like(block))
            if mark.kind in ("decimal", "count", "words"):
                self._add_numbered(block, mark)
            elif mark.kind in LISTS or (block.kind == "item" and block.mark):
                self._add_listed(block, mark, later)
            else:
                self._add_plain(block, later)

    def _last_like(self, block: Block) -> Mark | None:
        style = read_mark(block.mark).style.removesuffix(" roman")
        return next((one.mark for one in reversed(self.open) if one.mark.style.removesuffix(" roman") == style), None)

    # Numbers

    def _add_numbered(self, block: Block, mark: Mark) -> None:
        place = place_of_number(self.open, block, mark)
        if place is None:
            self._new_clause(block, mark)
        else:
            self._below(place, block, mark)

    # Bullets and letters

    def _add_listed(self, block: Block, mark: Mark, later: Sequence[Block]) -> None:
        if not self.open:
            self._begin_list(block, mark, later)
            return
        place = sibling_of(self.open, block, mark)
        if place is not None and leads_on(self.open, place, block):
            self._below(len(self.open) - 1, block, mark)
            self.open[-2].item.doubt(
                "lead-in", "It ends in a colon, and what follows is as far in as it is: taken for a list below it."
            )
        elif place == 0:
            self._new_clause(block, mark)
        elif place is not None:
            self._below(place - 1, block, mark)
        else:
            self._below(outside(self.open, block), block, mark)

    def _begin_list(self, block: Block, mark: Mark, later: Sequence[Block]) -> None:
        """A list directly below a heading: its words lead into it, unless each entry is a sentence and the heading forbids nothing."""
        texts = [block.text, *(one.text for one in list_from(later))]
        stands = all(stands_alone(text) for text in texts)
        if stands and not self.forbids and not leads_in(self.heading):
            self._new_clause(block, mark)
            self.open[0].item.doubt(
                "list-or-clause",
                "It is an entry of a list right below its heading, and a whole sentence: taken for a clause of its own.",
            )
            return
        self._from_heading()
        if not leads_in(self.heading):
            self.open[0].item.doubt(
                "lead-in", "This list is right below its heading: the heading's words are taken for its lead-in."
            )
        self._below(0, block, mark)

    def _from_heading(self) -> DraftItem:
        """A clause with the words of the heading: what follows would not be understood, or would say the opposite, without them."""
        clause = self._clause_of_heading()
        self.open = [Open(clause, Mark("none"), 0, None)]
        return clause

    def _clause_of_heading(self) -> DraftItem:
        clause = DraftItem(text=self.heading, repeats_heading=True)
        self.clauses.append(clause)
        return clause

    # Paragraphs without a mark

    def _add_plain(self, block: Block, later: Sequence[Block]) -> None:
        if not self.open:
            if self.forbids and not stands_alone(block.text):
                self._from_heading()
                self.open[0].item.doubt(
                    "lead-in",
                    "It would say the opposite without its heading: the heading's words are taken for its lead-in.",
                )
                self._below(0, block, Mark("none"), is_plain=True)
            else:
                self._new_clause(block, Mark("none"))
            return
        clause, top = self.open[0], self.open[-1]
        if not top.item.text or (
            len(self.open) > 1 and not top.is_plain and self._is_within(block, top)
        ):  # a number on a line of its own
            self._go_on(top.item, block)
        elif clause.item.items:
            self._after_list(block, later)
        elif self._is_entry(block, clause, later):
            self._below(0, block, Mark("none"), is_plain=True)
        elif begins_list(later) and (is_label(block.text) or not clause.item.number):
            self._new_clause(block, Mark("none"))
        elif (clause.item.number and not (clause.item.table or clause.item.form)) or starts_within(block.text):
            self._go_on(clause.item, block)
        else:
            self._new_clause(block, Mark("none"))

    def _is_within(self, block: Block, top: Open) -> bool:
        """Whether a paragraph belongs to the entry above it: it is as far in."""
        return block.look.indent > self.open[0].indent + NEAR and block.look.indent >= top.indent - 1

    def _is_entry(self, block: Block, clause: Open, later: Sequence[Block]) -> bool:
        """Whether a paragraph is an entry of a list that has no marks: the words before it wait for one."""
        if not leads_in(clause.item.text) or not as_read(clause.item.text).endswith((":", ":-", ": -")):
            return False
        is_lead_in = leads_in(block.text) and begins_list(later)
        return not is_lead_in and (
            starts_within(block.text) or not stands_alone(block.text) or block.look.indent > clause.indent + NEAR
        )

    def _after_list(self, block: Block, later: Sequence[Block]) -> None:
        clause, top = self.open[0], self.open[-1]
        if (
            top.is_plain
            and (not stands_alone(block.text) or (starts_within(block.text) and starts_within(top.item.text)))
            and not leads_in(block.text)
            and (block.look.indent - top.indent) ** 2 < NEAR**2
        ):
            self._below(len(self.open) - 2, block, Mark("none"), is_plain=True)
            return
        leads = (leads_in(block.text) or is_label(block.text)) and begins_list(later)
        if (
            not leads
            and (goes_on(block.text) or clause.item.number)
            and len(clause.item.after) + len(block.text) < LONGEST
        ):
            clause.item.after = "\n\n".join(filter(None, (clause.item.after, block.text)))
            clause.item.blocks.append(block)
            if not goes_on(block.text):
                clause.item.doubt(
                    "continuation",
                    "The paragraph after its list has no number of its own: taken for words that belong to all of it.",
                )
            del self.open[1:]
            return
        self._new_clause(block, Mark("none"))
        if leads and clause.item.number:
            self.open[0].item.doubt(
                "continuation",
                f"It has no number, and is below {clause.item.number}: taken for a clause of its own, because it leads into another list.",
            )

    def _go_on(self, item: DraftItem, block: Block) -> None:
        if len(item.text) + len(block.text) > LONGEST:
            self._new_clause(block, Mark("none"))
            self.open[0].item.doubt("continuation", "It belongs to the clause before it, which is too long to hold it.")
            return
        item.text = f"{item.text}\n\n{block.text}".strip()
        item.blocks.append(block)

    # Tables, pictures, forms

    def _add_table(self, block: Block) -> None:
        give_table(self._holder(block, lambda one: one.table is None), block)

    def _add_diagram(self, block: Block) -> None:
        """Its shapes as a list: below words that lead into one, else below the heading's; below others they might say the opposite."""
        last = self.open[0].item if self.open else None
        holder = last if last and not last.items and leads_in(last.text) else self._clause_of_heading()
        if holder is not last:
            holder.doubt("table", NO_WORDS)
        give_points(holder, block)
        if holder is last or not (last and last.items):  # a list goes on behind the diagram
            self.open = [Open(holder, Mark("none"), block.look.indent, None)]

    def _add_figure(self, block: Block) -> None:
        item = self._holder(block, lambda one: one.picture is None)
        if block.picture:
            give_picture(item, block, block.picture)

    def _add_form(self, block: Block, labels: Sequence[str]) -> None:
        item = self._holder(block, lambda _: True)
        if not item.form:
            item.doubt("form", "These lines are taken for fields to fill in.")
        numbers = [one.number for one in (self.line, block) if one and one.number]
        item.form += [" ".join((*numbers, labels[0])), *labels[1:]]
        item.blocks += [self.line, block] if self.line else [block]
        self.line = None

    def _holder(self, block: Block, has_room: object) -> DraftItem:
        """The clause that a table, a picture or a form belongs to: the last one, or one with the heading's words."""
        if self.open and callable(has_room) and has_room(self.open[0].item):
            deepest = next(
                (
                    one
                    for one in reversed(self.open)
                    if one.indent + NEAR < block.look.indent
                    and one.item.table is None
                    and as_read(one.item.text).endswith(":")
                ),
                None,
            )
            return deepest.item if deepest and has_room(deepest.item) else self.open[0].item
        clause = self._from_heading()
        clause.doubt("table", NO_WORDS)
        return clause

    # Putting in

    def _new_clause(self, block: Block, mark: Mark) -> None:
        item = item_of(block)
        self.clauses.append(item)
        self.open = [Open(item, mark, block.look.indent, block.level)]

    def _below(self, place: int, block: Block, mark: Mark, *, is_plain: bool = False) -> None:
        parent, item = self.open[place].item, item_of(block)
        if not parent.items and not leads_in(parent.text) and not parent.repeats_heading:
            parent.doubt("lead-in", "Its words do not say that a list follows: what is below it is taken for its list.")
        if is_plain and not parent.items:
            parent.doubt("lead-in", "The paragraphs below it have no marks: taken for its list.")
        if parent.after:
            parent.doubt(
                "continuation", "Its list goes on after a paragraph: the paragraph now stands after the whole list."
            )
        parent.items.append(item)
        del self.open[place + 1 :]
        self.open.append(Open(item, mark, block.look.indent, block.level, is_plain))
