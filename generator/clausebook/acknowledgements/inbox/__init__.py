"""What arrives: `readers/` turn files into submissions, `rules/` decide on each, `collect` records it, `held` waits for HR."""
