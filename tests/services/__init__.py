"""Real services that some tests talk to, each started for them alone on the loopback address."""
