"""What other systems read: the marts as files whose columns, keys and hashes a standard describes."""

from warehouse.snapshot.exports.csvw import write_progress
from warehouse.snapshot.exports.datapackage import describe_parquet

__all__ = ["describe_parquet", "write_progress"]
