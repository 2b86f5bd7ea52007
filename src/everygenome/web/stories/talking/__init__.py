"""Talking points: one finding, several stories, one evidence card, one tool."""

from everygenome.web.stories.talking.shown import points_of

__all__ = ["points_of"]
