"""Portfolios: the pages on which funders, cohorts, journals and countries are held to account."""
