"""Reading a reason from a form: a sentence that was chosen, and what was written after it."""

from django.core.exceptions import ValidationError
from django.http import QueryDict

from everygenome.web.moderation.desk.sentences import REASONS
from everygenome.web.moderation.fields.plain import plain
from everygenome.web.moderation.models import LONGEST_REASON
from everygenome.web.moderation.refused import RefusedError


def reason_of(
    form: QueryDict, doing: str, *, longest: int = LONGEST_REASON, needed: bool = False
) -> str:
    """The reason on a form that was sent: the chosen sentence, and what was written after it.

    Raises:
        RefusedError: it cannot be stored, is too long, or is needed and not there.
    """
    try:
        own = plain(form.get("reason", ""), longest=longest, lines=True)
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from None
    reason = "\n".join(text for text in (_chosen(form, doing), own) if text)
    if needed and not reason:
        raise RefusedError("Please say why: the contributors read it.")
    if len(reason) > longest:
        raise RefusedError(f"Please say why in at most {longest:,} characters.")
    return reason


def _chosen(form: QueryDict, doing: str) -> str:
    number, sentences = form.get("canned", ""), REASONS.get(doing, ())
    # Longer numbers than any place are no places.
    place = int(number) if number.isascii() and number.isdecimal() and len(number) < 3 else -1
    return sentences[place] if 0 <= place < len(sentences) else ""
