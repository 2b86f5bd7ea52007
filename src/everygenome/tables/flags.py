"""Put the flags that apply to a row into one list column."""

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.flags import FLAGS


def flag_list(**conditions: ir.BooleanValue) -> ir.ArrayValue:
    """A list of the names of the flags whose condition holds; an unknown condition does not.

    Args:
        conditions: flag name to condition; each name stands in `vocabulary.flags`.

    Raises:
        KeyError: a flag that the vocabulary lacks.

    Example:
        >>> table = ibis.table({"n": "int64"}, name="rows")
        >>> flag_list(participations_missing=table.n.isnull()).get_name()
        'flags'
    """
    for name in conditions:
        FLAGS[name]
    marked = [
        ibis.ifelse(condition.fill_null(False), name, ibis.null("string"))
        for name, condition in conditions.items()
    ]
    return ibis.array(marked).filter(lambda name: name.notnull()).name("flags")


def is_accession(column: ir.StringValue) -> ir.BooleanValue:
    """Whether a text is a study accession: GCST and 6 to 8 digits, or one of our demonstration."""
    return column.re_search("^(GCST[0-9]{6,8}|DEMO[0-9]{6,8})$")


def whole_number(column: ir.StringValue) -> ir.IntegerValue:
    """A text of digits as a number; anything else is missing."""
    return ibis.ifelse(column.re_search("^[0-9]{1,18}$"), column, ibis.null("string")).cast("int64")
