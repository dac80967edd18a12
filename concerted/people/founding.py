"""The first row: a partnership, its first manager, and the kinds of body it starts with."""

from django.db import transaction

from concerted.access.actor import SYSTEM
from concerted.access.models import Account, Audience, AudienceKind
from concerted.people.models import (
    Appointment,
    BodyKind,
    Organisation,
    Partnership,
    Person,
    Post,
)
from concerted.people.services import open_account
from concerted.people.standing import open_to
from concerted.people.states import Support

KINDS = (
    "Local strategic partnership",
    "Community safety partnership",
    "Strategy group",
    "Commissioning group",
    "Thematic partnership",
    "Area partnership board",
    "Neighbourhood board",
    "Joint action group",
    "Task group",
    "Gold group",
    "Silver group",
    "Programme",
    "Outside body with our representative",
)


@transaction.atomic
def found(
    *, name: str, force_area: str, organisation: str, person: str, email: str, password: str
) -> Account:
    """Found the partnership on an empty installation; returns its first manager's account."""
    everyone = Audience.objects.get(kind=AudienceKind.EVERYONE).pk
    open_to((everyone,))
    Partnership.objects.create(name=name, force_area=force_area, audience_id=everyone)
    BodyKind.objects.bulk_create(
        BodyKind(name=kind, position=place, audience_id=everyone)
        for place, kind in enumerate(KINDS)
    )
    council = Organisation.objects.create(name=organisation, audience_id=everyone)
    first = Person.objects.create(name=person, audience_id=everyone)
    account = open_account(SYSTEM, person=first, email=email, password=password)
    post = Post.objects.create(
        title="Partnership manager",
        organisation=council,
        support=Support.MANAGER,
        audience_id=everyone,
    )
    Appointment.objects.create(person=first, post=post)
    return account
