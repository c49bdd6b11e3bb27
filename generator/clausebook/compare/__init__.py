"""Side by side: matrix, summary, nearest clauses, checklists, coverage of a source; what changed between revisions in `revisions/`.

What may enter: pure functions over the merged records. No file is read, nothing of a page is worded here. Policies flow in; rows,
cells, summaries and changesets flow out.
"""
