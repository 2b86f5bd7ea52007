"""What a model takes for granted, and where that is known not to hold: in sentences."""

from everygenome.variants.bars import Bars
from everygenome.variants.disease import Inheritance, Model

SUPPORT = (
    "This supports a decision and makes none. It is no medical device, and says nothing of whether "
    "a variant causes the disease in a patient."
)


def assumptions(model: Model) -> tuple[str, ...]:
    """What must be true for the maximum credible frequency to hold; limits come last."""
    ends = (
        "No allele that causes the disease makes up a larger share of cases than is stated, and "
        "none makes its carriers ill less often than the penetrance says.",
        "People in the frequency database have the disease as often as everybody: neither were "
        "patients left out, nor was it sampled among them.",
        "Tolerated copies are the 95% quantile of a Poisson distribution: of alleles at the bar "
        "itself, up to one in twenty has more.",
        SUPPORT,
    )
    first: tuple[str, ...]
    match model.inheritance:
        case Inheritance.DOMINANT:
            first = ("Nearly all patients have one copy, so that copies are half of alleles.",)
        case Inheritance.RECESSIVE:
            first = (
                "Parents are not related, and choose each other without regard to the gene: a "
                "disease is as common as the square of its alleles.",
                "The largest share in this gene's cases is of its alleles, not of its patients.",
            )
        case _:
            first = _x_linked(model)
    counted = (
        f"One allele was counted in {model.counted} cases; the upper end of the Wald interval at "
        f"95% is taken ({model.max_contribution:.3g}), as Whiffin et al. 2017 do in their Table 1.",
    )
    return (*first, *(counted if model.counted else ()), *ends)


def _x_linked(model: Model) -> tuple[str, ...]:
    whom = (
        "The prevalence is of everybody, half of whom have one X; of carriers with two X, "
        f"{model.penetrance_with_two_x:.3g} become ill."
        if model.prevalence_of_everybody
        else "The prevalence is of people with one X; carriers with two X add nothing to it."
    )
    return (
        whom,
        "An allele is as common on every X, whoever has it: AN is two for each person with two X "
        "and one for each with one. Outside the shared ends (PAR), never count twice the people.",
        "Where few with one X live to have children, the allele is rarer among parents than among "
        "newborns with one X: the bar then errs to the high side.",
    )


def cautions(model: Model, bars: Bars) -> tuple[str, ...]:
    """Where the model is known not to hold, or nothing is known of whom it is of."""
    said: list[str] = []
    if not model.random_mating and model.inheritance is Inheritance.RECESSIVE:
        said.append(
            "Marriage between relatives is stated. The square root of the prevalence does not hold "
            "then: the true frequency is lower, so that this bar is too high. A variant may be too "
            "common for the disease and still pass."
        )
    if not model.random_mating and model.inheritance is not Inheritance.RECESSIVE:
        said.append(
            "Marriage between relatives is stated; this formula does not depend on it, but "
            "patients with two copies may be among the cases."
        )
    if model.founder_effects:
        said.append(
            "Founder effects are stated. In a group with few forebears one allele can cause most "
            "cases, and be commoner than this bar: do not hold that group's frequency against a "
            "bar made for others."
        )
    if bars.population:
        said.append(
            f"The figures are of: {bars.population}. For a patient of another background the "
            "disease may be more or less common, and other alleles may cause it."
        )
    else:
        said.append(
            "It is not stated whom the figures are of: the bar may not hold for every background."
        )
    if not model.source:
        said.append("It is not stated where the figures come from.")
    return tuple(said)
