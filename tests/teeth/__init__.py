"""Planted faults: which of them the test suite catches, before and after a change."""
