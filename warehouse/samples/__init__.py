"""Sample submissions for any plan: plausible, reproducible, with some faults, and each marked as sample.

They show the whole path on a plan whose real figures nobody has handed over. Every file says 样例数据 in its
name, above its table and in every row, and whatever is computed from it carries the mark.
"""

from warehouse.samples.write import SampleFiles, write

__all__ = ["SampleFiles", "write"]
