"""The one room that writes an author's file in content/, trusts/ or quizzes/: tried aside, checked, then put in place in one step.

`importers` brings documents in, `take` brings back what was edited in Word; both make texts, which are tried like any other.
What may enter: a function from the text of a file to its new text, and the journal that puts texts in place. Records and texts flow
in; edits flow out, which the journal writes whole or not at all.
"""
