"""What a document's blocks mean: which are headings, which words lead into which list, what is no part of the text.

What may enter: a rule that decides this from what can be seen of the blocks, whatever format they came from, and says where it is not
sure. Blocks flow in; a `Draft` flows out.
"""
