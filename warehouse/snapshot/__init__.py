"""The monthly snapshot: what leaders read and what analysts open, all made from an edition's marts."""
