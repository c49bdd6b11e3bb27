"""What a reader apply_each: the built sites, in a real browser."""
