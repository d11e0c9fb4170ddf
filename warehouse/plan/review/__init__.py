"""A page that shows a plan's text beside what was made of each sentence, with what is open first."""

from warehouse.plan.review.page import Reviewed, review

__all__ = ["Reviewed", "review"]
