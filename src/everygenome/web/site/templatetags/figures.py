"""Filters that turn figures into text; what is not known is never written as zero."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from everygenome.charts import figures
from everygenome.charts.rows import percent as percent_text

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """A share (0-1) as a percentage."""
    return percent_text(share)


@register.filter
def grouped(value: float | None) -> str:
    """A whole number with commas."""
    return "no figure" if value is None else f"{value:,.0f}"


@register.filter
def in_words(value: float | None) -> str:
    """A count that can be read aloud: 335 million."""
    return figures.number(value)


@register.filter
def day(value: date | datetime | str | None) -> str:
    """A day as 6 December 2019."""
    if value is None:
        return "not recorded"
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return f"{value.day} {value:%B %Y}"


@register.filter
def coded(text: str) -> SafeString:
    """Our own words as HTML: what stands between backticks is code."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))  # noqa: S308


@register.filter
def plain(value: Any) -> str:
    """An identifier as words: trait_mappings is trait mappings."""
    return str(value).replace("_", " ")
