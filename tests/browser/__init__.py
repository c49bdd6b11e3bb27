"""What a reader meets: the built sites, in a real browser."""
