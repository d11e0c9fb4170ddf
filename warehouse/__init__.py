"""Minsheng: a scheduled warehouse for a government's promises, from submissions to monthly editions."""
