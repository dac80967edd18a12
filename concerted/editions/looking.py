"""What is public and was made from something that has been changed or restricted since."""

from django.db import transaction

from concerted.access.actor import SYSTEM, Actor
from concerted.access.models import Audience
from concerted.audit import trail
from concerted.editions.models import Release
from concerted.editions.services import changed
from concerted.editions.states import ReleaseState
from concerted.editions.wall import opened


@transaction.atomic
def look_again() -> int:
    """Mark each public version whose source says or hides something else by now.

    Only marks: a person looks, and withdraws or makes a new version. Returns how many are marked
    anew.
    """
    found = 0
    with opened(what="edition.compared"):
        whole = Actor(audience_ids=tuple(Audience.objects.values_list("pk", flat=True)))
        public = Release.objects.filter(state=ReleaseState.PUSHED, look_again=False)
        for release in public.order_by("id"):
            if changed(whole, release):
                release.look_again = True
                release.save(update_fields=["look_again"])
                trail.note(SYSTEM, "release.outdated", release, fields=["look_again"])
                found += 1
    return found
