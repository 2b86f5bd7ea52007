"""The core table `associations`: one row per reported link between a variant and a trait."""

import ibis
import ibis.expr.types as ir

from everygenome.tables.flags import flag_list, is_accession, whole_number

_SET_ASIDE = ("too_many_fields", "no_accession", "bad_accession")
_P_VALUE = r"^\s*([0-9]+(?:\.[0-9]+)?)(?:[eE](-?[0-9]+))?\s*$"


def associations_flag(raw: ir.Table) -> ir.StringValue:
    """Why a raw association row cannot be placed, or missing where it can."""
    accession = raw.study_accession
    return ibis.cases(
        (raw.surplus_fields, "too_many_fields"),
        (accession.isnull(), "no_accession"),
        (~is_accession(accession), "bad_accession"),
    )


def associations(raw: ir.Table) -> ir.Table:
    """Core associations, streamed: no row is looked at twice.

    Returns:
        `study_accession`, `pubmed_id`, `variant_stated`, `risk_allele_stated`,
        `chromosome`, `position` (base pair, the catalogue's current build),
        `p_mantissa` and `p_exponent` (p = mantissa x 10^exponent; many are below what a
        float holds), `risk_allele_frequency` (0-1), `effect` (odds ratio or beta, as
        stated), `confidence_interval_stated`, `mapped_gene`, `consequence`, `region`,
        `p_value_note` and `flags`. A row that cannot be placed has its flag there too, so
        that one pass tells whether there are any.
    """
    flag = associations_flag(raw)
    readable = raw.p_value_stated.re_search(_P_VALUE)
    exponent = raw.p_value_stated.re_extract(_P_VALUE, 2).try_cast("int32").fill_null(0)
    frequency = raw.risk_allele_frequency_stated.try_cast("float64")
    position = whole_number(raw.position_stated)
    return raw.select(
        "study_accession",
        "pubmed_id",
        "variant_stated",
        "risk_allele_stated",
        chromosome=raw.chromosome_stated,
        position=position,
        p_mantissa=raw.p_value_stated.re_extract(_P_VALUE, 1).try_cast("float64"),
        p_exponent=ibis.ifelse(readable, exponent, ibis.null("int32")),
        risk_allele_frequency=ibis.ifelse(frequency.between(0, 1), frequency, ibis.null("float64")),
        effect=raw.effect_stated.try_cast("float64"),
        confidence_interval_stated=raw.confidence_interval_stated,
        mapped_gene=raw.mapped_gene,
        consequence=raw.consequence,
        region=raw.region,
        p_value_note=raw.p_value_note,
        flags=flag_list(
            number_unreadable=(raw.position_stated.notnull() & position.isnull())
            | (raw.p_value_stated.notnull() & ~readable),
            # A row with one of these is set aside by a second look; see `associations_flag`.
            **{name: flag == name for name in _SET_ASIDE},
        ),
    )
