"""The definitions' vocabularies: stored word -> label."""

STATUSES = {
    "preferred": "Preferred",
    "use-with-care": "Use with care",
    "avoid": "Avoid",
    "no-agreement": "No agreement",
    "not-assessed": "Not assessed",
}
# A shape beside each status: colour alone says nothing to many readers.
SHAPES = {
    "preferred": "●",
    "use-with-care": "▲",
    "avoid": "■",
    "no-agreement": "◆",
    "not-assessed": "○",
}
CONTEXTS = {
    "research": "Research",
    "clinic": "Clinic",
    "everyday": "Everyday life",
    "law": "Law",
    "statistics": "Statistics",
}
