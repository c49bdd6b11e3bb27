"""From a document to a draft: Word, OpenDocument, PDF, Markdown, HTML, plain text and reStructuredText.

What is here: readers/ (one a format) turn a file into a `Document`, which is one list of blocks; `outline` makes sections, clauses and
items of the blocks; `suggest` adds what may be right and somebody must look at; `account` holds the draft to the words of the source;
`write` writes the revision's file. What may enter: a format, as one more reader; a rule of the outline. Bytes flow in; a draft, with what
is doubtful in it and what was left out, flows out. Nothing of a document is run, fetched or followed.
"""
