"""Charts of a portfolio for paper: half a page wide, in short lanes, with large letters.

They take the rows of the charts of the same names, and show the same marks. What the marks mean
stands in the caption, where it takes less room than inside a picture.
"""

from everygenome.reports.portfolio.drawings.composition import drawn_composition
from everygenome.reports.portfolio.drawings.peers import drawn_peers
from everygenome.reports.portfolio.drawings.ratios import drawn_ratios

__all__ = ["drawn_composition", "drawn_peers", "drawn_ratios"]
