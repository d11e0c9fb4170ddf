"""A first draft of a plan folder from a government's text, by rules that are data; it guesses in the open."""

from warehouse.plan.drafting.draft import Drafted, draft

__all__ = ["Drafted", "draft"]
