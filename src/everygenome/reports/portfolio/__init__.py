"""A portfolio as a report: of a funder, a cohort, a journal or a country."""
