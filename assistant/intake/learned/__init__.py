"""What the rules leave open, weighed by a linear model that was learned from the gold texts of ``benchmarks/``."""
