"""The words for standing, capacity and links."""

from django.db import models


class Standing(models.TextChoices):
    """What the Crime and Disorder Act 1998, s.5, makes of an organisation."""

    RESPONSIBLE = "responsible", "Responsible authority"
    COOPERATING = "co-operating", "Co-operating body"
    PARTICIPATING = "participating", "Participating body"
    OTHER = "other", "Other"


class SeatRole(models.TextChoices):
    """What a seat may do; described in `access.roles`."""

    CHAIR = "chair", "Chair"
    VICE_CHAIR = "vice_chair", "Vice-chair"
    MEMBER = "member", "Member"
    COMMUNITY = "community", "Community representative"
    OBSERVER = "observer", "Observer"


class Capacity(models.TextChoices):
    """As what somebody sits at the table."""

    MEMBER = "member", "Member"
    CO_OPTED = "co-opted", "Co-opted member"
    OFFICER = "officer", "Officer"
    OBSERVER = "observer", "Observer"


class Support(models.TextChoices):
    """A post that supports bodies without a seat; described in `access.roles`."""

    SECRETARY = "secretary", "Secretary"
    MANAGER = "manager", "Partnership manager"
    ANALYST = "analyst", "Analyst"
    AUDITOR = "auditor", "Data protection officer"
    ADMINISTRATOR = "administrator", "Administrator"


class LinkKind(models.TextChoices):
    REPORTS_TO = "reports_to", "reports to"
    LINKED_TO = "linked_to", "is linked to"
    REPRESENTED_ON = "represented_on", "is represented on"
    SUCCEEDS = "succeeds", "follows after"


class PartKind(models.TextChoices):
    WARD = "ward", "Ward"
    SMALL_AREA = "small_area", "Small area (LSOA)"
    STREET = "street", "Street"
    PLACE = "place", "Place"


QUORATE_CAPACITIES = frozenset({Capacity.MEMBER, Capacity.CO_OPTED})
