"""The formula of a maximum credible frequency: in words, and with the figures filled in."""

from everygenome.variants.disease import Inheritance, Model


def formula_of(model: Model, frequency: float) -> tuple[str, str]:
    """The formula in words, and with figures.

    Args:
        model: what is filled in.
        frequency: what comes out.

    Example:
        >>> hcm = Model(inheritance=Inheritance.DOMINANT, prevalence=0.002, max_contribution=0.02,
        ...             penetrance=0.5)
        >>> formula_of(hcm, 4e-5)[1]
        '0.002 × 1/2 × 0.02 ÷ 0.5 = 4e-05'
    """
    p, share = f"{model.prevalence:.3g}", f"{model.max_contribution:.3g}"
    penetrance, found = f"{model.penetrance:.3g}", f"{frequency:.3g}"
    match model.inheritance:
        case Inheritance.DOMINANT:
            return (
                "prevalence × 1/2 × largest share of all cases that one allele causes ÷ penetrance",
                f"{p} × 1/2 × {share} ÷ {penetrance} = {found}",
            )
        case Inheritance.RECESSIVE:
            return (
                "√prevalence × largest share of this gene's alleles that are of one kind × "
                "√largest share of all cases that this gene causes ÷ √penetrance",
                f"√{p} × {share} × √{model.genetic_contribution:.3g} ÷ √{penetrance} = {found}",
            )
        case _ if model.prevalence_of_everybody:
            return (
                "prevalence of everybody × largest share of all cases that one allele causes ÷ "
                "(penetrance with one X ÷ 2 + penetrance with two X)",
                f"{p} × {share} ÷ ({penetrance} ÷ 2 + {model.penetrance_with_two_x:.3g}) = {found}",
            )
        case _:
            return (
                "prevalence of people with one X × largest share of all cases that one allele "
                "causes ÷ penetrance",
                f"{p} × {share} ÷ {penetrance} = {found}",
            )
