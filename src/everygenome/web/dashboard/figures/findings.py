"""Stand-in."""


def _said(*_rows: object) -> str:
    return "What this shows"


ratio_finding = heat_finding = map_finding = people_finding = concentration_finding = _said
comparison_finding = history_finding = studies_finding = _said
