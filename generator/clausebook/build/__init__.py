"""From pages to a published site: sources, targets, cache, workers, engines, the check of every link, and the swap.

What may enter: what decides which piece is made again, makes it, or puts it in its place. The one room that writes site/ and build/.
Each library that makes something (MkDocs, Zensical, WeasyPrint, Pagefind) is one file of `engines/`.
"""
