"""After a restore: what was chosen since the backup holds, and the backup does not."""

from django.db import transaction

from everygenome.web.moderation.models import Contribution
from everygenome.web.stories.beside import CHOSEN, remembered
from everygenome.web.stories.keeping import say, settle
from everygenome.web.stories.models import Standing, Story


def as_chosen_last() -> None:
    """Let each story be what its teller chose last, and what an editor took down stay down."""
    for story in Story.objects.exclude(standing=Standing.WITHDRAWN).exclude(contribution=None):
        last = remembered(story.vault)
        contribution = Contribution.objects.filter(pk=story.contribution).first()
        if last is None or contribution is None or not contribution.proposed:
            continue
        hidden = last.pop("hidden", False)
        kept = {k: v for k, v in contribution.proposed.items() if k not in CHOSEN}
        with transaction.atomic():
            say(contribution, kept | last)
            story.standing = Standing.HIDDEN if hidden else Standing.PUBLIC
            settle(story, contribution)
