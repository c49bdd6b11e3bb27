"""A Word file of ours, edited by somebody in some program, taken back into the draft of the policy.

`returned` reads it and what it was made of, `align` finds each part of the revision again, `tree` makes sections and clauses of the
lines, `fields` says what changed of each, `rewrite` and `draft_text` write the draft's file with everything that Word does not show kept,
`merged` keeps what happened to the draft since, `told` lists it all for HR. What may enter: a way in which some program changes a file.
Bytes and a revision flow in; the text of a draft, questions and a list flow out. Nothing is written here.
"""
