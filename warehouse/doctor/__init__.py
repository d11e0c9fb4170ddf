"""What is wrong with this installation and its home, each fault with a stable name and what to do."""

from warehouse.doctor import checks
from warehouse.doctor.bundle import write_bundle
from warehouse.doctor.diagnosis import Diagnosis, Finding, examine
from warehouse.doctor.registry import CHECKS, Installation, Level

__all__ = ["CHECKS", "Diagnosis", "Finding", "Installation", "Level", "checks", "examine", "write_bundle"]
