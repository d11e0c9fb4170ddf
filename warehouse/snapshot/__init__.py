"""The monthly snapshot: what leaders and departments read, all of it from one set of results."""
