"""How long Clausebook takes and how much memory, against marks: `make bench`. Benchmarks, not tests: they assert nothing."""
