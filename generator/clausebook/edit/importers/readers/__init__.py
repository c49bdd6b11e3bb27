"""One reader a format: each is a function from the bytes of a file to a `Document`, or raises `UnreadableError` with what to do."""
