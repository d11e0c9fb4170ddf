"""Progress: dbt computes every indicator against its targets, into a candidate of its own."""

from warehouse.progress.build import BuildReport, build
from warehouse.progress.candidate import Candidate, candidate_of, holding

__all__ = ["BuildReport", "Candidate", "build", "candidate_of", "holding"]
