"""What `make bench` runs: each part of the pipeline beside its limit, in one run, as ratios."""
