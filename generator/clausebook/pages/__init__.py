"""What is laid out from templates: pages of trusts and of the hub, prints, briefs, and the data that scripts of a page load.

What may enter: which pages and prints there are and what their templates are handed. Merged records, comparisons and findings flow
in; Markdown, HTML and scripts flow out. Jinja is known to `templates` alone.
"""
