"""What is read of Markdown and HTML: what a page of it shows, with its headings, lists, tables, links and notes."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from clausebook.edit.importers.blocks import Document
from clausebook.edit.importers.readers import html, markdown, plain_text, read_document, rst
from importing.documents import PNG


def shape(document: Document) -> list[tuple[str, int | None, str, str]]:
    return [(block.kind, block.level, block.mark, block.text) for block in document.blocks]


POLICY = """---
title: "Social media policy"
owner: HR
---
# Social media

Staff **must not** share *any* photo,
and ask [HR](https://example.org/hr) first[^1].

## 2. Duties

2.1 Staff must ask.
2.2 Staff must wait.

Staff must not:

- share photos
    - of pupils
    - of parents
- use `passwords` twice

  The school's passwords too.

3. ask
4. wait

(a) in writing
(b) at once

[^1]: Not at
    weekends.
"""


def test_markdown_is_read_as_its_page_shows_it() -> None:
    document = markdown.read(POLICY.encode())
    assert document.title == "Social media policy"
    assert shape(document) == [
        ("furniture", None, "", 'title: "Social media policy"'), ("furniture", None, "", "owner: HR"),
        ("heading", 1, "", "Social media"),
        ("paragraph", None, "", "Staff **must not** share *any* photo, and ask [HR](https://example.org/hr) first¹."),
        ("heading", 2, "2.", "Duties"), ("paragraph", None, "2.1", "Staff must ask."), ("paragraph", None, "2.2", "Staff must wait."),
        ("paragraph", None, "", "Staff must not:"), ("item", 0, "•", "share photos"), ("item", 1, "•", "of pupils"), ("item", 1, "•", "of parents"),
        ("item", 0, "•", "use passwords twice"), ("paragraph", None, "", "The school's passwords too."),
        ("item", 0, "3.", "ask"), ("item", 0, "4.", "wait"), ("paragraph", None, "(a)", "in writing"), ("paragraph", None, "(b)", "at once"),
        ("note", None, "", "Not at weekends."),
    ]  # fmt: skip
    assert document.blocks[-1].note == "¹"
    assert [block.place.line for block in document.blocks if block.kind == "heading"] == [5, 10]
    assert [block.look.indent for block in document.blocks if block.kind == "item"] == [0, 18, 18, 0, 0, 0]


def test_a_markdown_table_boxes_to_tick_and_html_within() -> None:
    document = markdown.read(
        b"| Duty | Who |\n| --- | --- |\n| **Ask** | all<br>staff |\n\n- [x] read\n- [ ] signed\n\n<!-- a thought -->\n\n<ol start='3'><li>three</li></ol>\n"
    )
    (table, *others) = document.blocks
    assert [[cell.text for cell in row] for row in table.rows] == [["Duty", "Who"], ["Ask", "all\nstaff"]]
    assert table.rows[1][0].blocks[0].look.bold
    assert [block.in_full for block in others] == ["• ☒ read", "• ☐ signed", "3. three"]
    assert document.hidden == ("a comment of the file: a thought",)


def test_numbers_that_all_say_one_are_counted_as_the_page_counts_them_and_odd_ones_stay() -> None:
    assert [block.mark for block in markdown.read(b"1. a\n1. b\n1. c\n").blocks] == ["1.", "2.", "3."]
    assert [block.mark for block in markdown.read(b"4) a\n6) b\n9) c\n").blocks] == ["4)", "6)", "9)"]


def test_a_picture_elsewhere_is_told_and_one_in_the_text_is_kept() -> None:
    inside = b64encode(PNG).decode()
    document = markdown.read(
        f"![Who to ask](data:image/png;base64,{inside})\n\n![x](../../secret.png)\n\n![y](https://example.org/z.png)".encode()
    )
    (figure,) = document.blocks
    assert figure.picture
    assert (figure.picture.data, figure.picture.alternative) == (PNG, "Who to ask")
    assert document.warnings == (
        "The picture ../../secret.png is not in the file, which only names it. It was not fetched.",
        "The picture https://example.org/z.png is not in the file, which only names it. It was not fetched.",
    )


PAGE = """<!DOCTYPE html><html><head><title>Our policy</title><style>p { color: red }</style><script>alert("x")</script></head><body>
<header><p>Larkhill Trust</p></header><nav><ul><li><a href="/">Home</a></li></ul></nav>
<main><h1 id="top">Social media</h1><p>Staff <b>must
not</b> share <i>any</i> photo, and ask <a href="https://example.org/hr">HR</a> or <a href="javascript:alert(1)">him</a><sup>1</sup>.</p>
<ol type="a" start="2"><li>ask<ol><li>first</li></ol></li><li value="5"><p>wait</p><p>for long</p></li></ol>
<ul><li>4.1 by hand</li><li>shown</li></ul>
<p style="display:none">secret</p><p hidden>also</p>
<table><caption>Who asks</caption><tr><th colspan="2">Both</th></tr><tr><td>one</td><td><ul><li>two</li></ul></td></tr></table>
<p>line one<br>line two</p><p><input type="checkbox" checked> I have read it</p><p>Staff may <del>not</del> ask.</p>
<blockquote><p>Quoted</p></blockquote>Loose words</main><footer>Version 3</footer></body></html>"""


def test_a_web_page_is_read_as_it_is_shown() -> None:
    document = html.read(PAGE.encode())
    assert shape(document) == [
        ("furniture", None, "", "Larkhill Trust"), ("furniture", None, "•", "Home"), ("heading", 1, "", "Social media"),
        ("paragraph", None, "", "Staff **must not** share *any* photo, and ask [HR](https://example.org/hr) or him¹."),
        ("item", 0, "b.", "ask"), ("item", 1, "1.", "first"), ("item", 0, "e.", "wait"), ("paragraph", None, "", "for long"),
        ("item", 0, "4.1", "by hand"), ("item", 0, "•", "shown"), ("paragraph", None, "", "Who asks"), ("table", None, "", ""),
        ("paragraph", None, "", "line one\nline two"), ("paragraph", None, "", "☒ I have read it"), ("paragraph", None, "", "Staff may not ask."),
        ("paragraph", None, "", "Quoted"), ("paragraph", None, "", "Loose words"), ("furniture", None, "", "Version 3"),
    ]  # fmt: skip
    table = next(block for block in document.blocks if block.kind == "table")
    assert [[(cell.text, cell.columns) for cell in row] for row in table.rows] == [
        [("Both", 2)],
        [("one", 1), ("• two", 1)],
    ]
    assert document.title == "Our policy"
    assert document.hidden == ("hidden text: secret", "hidden text: also")
    assert next(block.doubts for block in document.blocks if block.text == "Staff may not ask.") == (
        "these words are struck through: not",
    )
    assert document.blocks[2].anchors == ("top",)
    assert {block.reason for block in document.blocks if block.kind == "furniture"} == {
        "the head of the page",
        "the navigation of the page",
        "the foot of the page",
    }


def test_the_letters_of_an_old_page_are_read_as_it_says() -> None:
    page = '<html><head><meta charset="windows-1252"></head><body><p>Staff’s “own” – café</p></body></html>'
    assert html.read(page.encode("cp1252")).blocks[0].text == "Staff’s “own” – café"
    assert html.read(page.encode("utf-8")).blocks[0].text == "Staff’s “own” – café"


def test_programs_of_a_page_are_told_and_not_run() -> None:
    document = html.read(b"<body><script>x()</script><p>Words.</p><iframe src='https://example.org'></iframe></body>")
    assert shape(document) == [("paragraph", None, "", "Words.")]
    assert document.warnings == ("The page holds programs or pages of others. None was run or fetched.",)


TYPED = """SOCIAL MEDIA POLICY
===================

1. Scope

1.1 Staff must ask their line manager before they use a personal
    account to write about the school, its pupils or their families.
1.2 Staff must wait.

Staff must not:
  - share a photo of pupils, of parents or of somebody who works at
    the school
  - use passwords twice

This paragraph is one although it is broken by hand at the end of each
line, as typewriters and old emails do it.
-----
Last words.
"""


def test_plain_text_that_is_broken_by_hand_is_read_as_paragraphs() -> None:
    document = plain_text.read(TYPED.encode())
    assert shape(document) == [
        ("heading", 1, "", "SOCIAL MEDIA POLICY"), ("furniture", None, "", "==================="),
        ("paragraph", None, "1.", "Scope"),
        ("paragraph", None, "1.1", "Staff must ask their line manager before they use a personal account to write about the school, its pupils or their families."),
        ("paragraph", None, "1.2", "Staff must wait."), ("paragraph", None, "", "Staff must not:"),
        ("paragraph", None, "-", "share a photo of pupils, of parents or of somebody who works at the school"), ("paragraph", None, "-", "use passwords twice"),
        ("paragraph", None, "", "This paragraph is one although it is broken by hand at the end of each line, as typewriters and old emails do it."),
        ("furniture", None, "", "-----"), ("paragraph", None, "", "Last words."),
    ]  # fmt: skip
    assert [block.place.line for block in document.blocks][:5] == [1, 2, 4, 6, 8]
    assert [block.look.indent for block in document.blocks if block.mark == "-"] == [12, 12]


def test_plain_text_whose_lines_are_paragraphs_stays_so() -> None:
    long = "Staff must ask their line manager before they use a personal account to write about the school, its pupils or their families, whoever asks."
    text = f"4.1\t{long}\r\n4.2\t{long}\r\nStaff must not\r\nshare.\r\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        blocks = plain_text.read(text.encode(encoding)).blocks
        assert [block.in_full for block in blocks] == [f"4.1 {long}", f"4.2 {long}", "Staff must not", "share."]


RST = """
Social media
============

Owner: **HR**, who may be *asked* at `the site <https://example.org/hr>`_ [1]_.

.. contents:: On this page

Duties
------

.. a thought

2.1 Staff must ask.

Staff must not

* share photos

  - of pupils

* use passwords

c) in writing
d) at once

=====  =========
Duty   Who
=====  =========
Ask    All staff
=====  =========

.. [1] Not at weekends.

.. include:: /etc/passwd

.. raw:: html

   <script>alert(1)</script>
"""


def test_restructuredtext_is_read_without_the_files_that_it_asks_for() -> None:
    document = rst.read(RST.encode())
    assert shape(document) == [
        ("heading", 1, "", "Social media"),
        ("paragraph", None, "", "Owner: **HR**, who may be *asked* at [the site](https://example.org/hr) ¹."),
        ("furniture", None, "", "On this page"), ("furniture", None, "•", "Social media"), ("furniture", None, "•", "Duties"),
        ("heading", 2, "", "Duties"), ("paragraph", None, "2.1", "Staff must ask."), ("paragraph", None, "", "Staff must not"),
        ("item", 0, "•", "share photos"), ("item", 1, "•", "of pupils"), ("item", 0, "•", "use passwords"),
        ("item", 0, "c)", "in writing"), ("item", 0, "d)", "at once"), ("table", None, "", ""), ("note", None, "", "Not at weekends."),
    ]  # fmt: skip
    assert [[cell.text for cell in row] for row in document.blocks[13].rows] == [["Duty", "Who"], ["Ask", "All staff"]]
    assert document.hidden == ("a comment of the file: a thought",)
    assert document.warnings == (
        "The file asks for another file or for raw text (include). It was not read.",
        "The file asks for another file or for raw text (raw). It was not read.",
    )


def test_what_a_text_is_tells_its_content_where_its_name_says_nothing(tmp_path: Path) -> None:
    for text, name, found in (
        (POLICY, "policy", "markdown"), (POLICY, "policy.txt", "text"), (PAGE, "policy.md", "html"), (RST, "policy", "rst"), (TYPED, "policy.dat", "text"),
        ("Just words.", "x.md", "markdown"), ("Just words.", "x.rst", "rst"), ("<!-- a --><p>Words.</p>", "x.html", "html"), ("Just words.", "y.html", "text"),
    ):  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert read_document(tmp_path / name).format == found
