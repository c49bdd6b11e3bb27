"""HR's own folder: its paths, files that only their owner reads, the people, the trust's keys on disk."""
