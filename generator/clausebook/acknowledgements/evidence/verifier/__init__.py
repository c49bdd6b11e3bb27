"""The program that an auditor runs, in parts that `source` puts together into one file with nothing of ours beside it."""
