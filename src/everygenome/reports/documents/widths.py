"""How wide the columns of a table are on paper, from the text that stands in them."""

from everygenome.reports.documents.model import Grid

# Small letters that stand side by side in a line of a table across the page, and the room
# between two columns, in the same measure.
_LINE, _SMALL_LINE = 106, 120
_GAP = 2.5
_MOST, _WORD_MOST = 60, 25


def widths(grid: Grid) -> list[float]:
    """The share of the page's width for each column; they add up to 1.

    Each column has room for its longest word, and one of numbers for its longest cell. What is
    left is shared by columns of text in the measure of what they hold. Where the words alone
    are too much for a page, all are narrowed alike.

    Example:
        >>> made = Grid(head=("Group", "Share"), rows=(("East Asian", "8.2%"),), caption="",
        ...             numbers=frozenset({1}))
        >>> [round(width, 2) for width in widths(made)]
        [0.93, 0.07]
    """
    if grid.widths is not None:
        return [width / sum(grid.widths) for width in grid.widths]
    least = [_least(grid, column) for column in range(len(grid.head))]
    spare = (_SMALL_LINE if grid.small else _LINE) - sum(least)
    if spare > 0:
        wishes = [
            0.0 if column in grid.numbers else max(_most(grid, column) - least[column], 1.0)
            for column in range(len(grid.head))
        ]
        # Where all columns hold numbers, all grow.
        wished = wishes if any(wishes) else least
        least = [
            have + spare * wish / sum(wished) for have, wish in zip(least, wished, strict=True)
        ]
    return [have / sum(least) for have in least]


def _least(grid: Grid, column: int) -> float:
    cells = [row[column] for row in grid.rows]
    words = [word for text in (grid.head[column], *cells) for word in text.split()]
    if column in grid.numbers:
        # "2.1 million" and "4% to 9%" stay on one line; the name above may be broken.
        words += cells
    return min(max(map(_letters, words), default=0), _WORD_MOST) + _GAP


def _most(grid: Grid, column: int) -> float:
    texts = (grid.head[column], *(row[column] for row in grid.rows))
    return min(max(map(_letters, texts)), _MOST) + _GAP


def _letters(text: str) -> float:
    """How many small letters are as wide as a text."""
    return sum(1.35 if letter.isupper() else 1.1 if letter.isdigit() else 1 for letter in text)
