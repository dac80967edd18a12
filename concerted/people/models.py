"""Tables of who the partnership is. Rows are dated, so that any past day can be told."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from concerted.access.models import Account, Audience, Directory, KeyField, Restricted
from concerted.kernel.clock import now, today
from concerted.notices.models import OneTimeLink
from concerted.people.states import (
    Capacity,
    LinkKind,
    PartKind,
    SeatRole,
    Standing,
    Support,
)


class Period(Func):
    """The days from `starts` to `ends`, both included, as a range the database can compare."""

    function = "DATERANGE"
    output_field = DateRangeField()


PERIOD = Period(F("starts"), F("ends"), RangeBoundary(inclusive_lower=True, inclusive_upper=True))


ENDS_LATER = models.CheckConstraint(
    condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
    name="%(app_label)s_%(class)s_ends_before_it_starts",
)


class Dated(models.Model):
    """Something that holds from a day to a day, both included; empty means open."""

    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [ENDS_LATER]


class Partnership(Restricted):
    """The one partnership of this installation."""

    key = KeyField()
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    force_area = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name


class District(Restricted):
    """A council's area; several lie in a force area."""

    key = KeyField()
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=12, blank=True)
    force_area = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(Dated, Restricted):
    """An agency or group. From `stopped_on` on, nobody gets in by its posts and seats.

    `confirmer` says each quarter who is still right; without one, those in its seats do.
    """

    key = KeyField()
    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=60, blank=True)
    other_names = models.JSONField(default=list, blank=True)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    stopped_on = models.DateField(null=True, blank=True)
    confirmer = models.ForeignKey(
        "Person", models.PROTECT, null=True, blank=True, related_name="confirms_for"
    )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:organisation", args=[self.key])


class OrganisationStanding(Dated, Restricted):
    """The statutory standing of an organisation over some time."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="standings")
    standing = models.CharField(max_length=20, choices=Standing)

    class Meta:
        constraints = [
            ENDS_LATER,
            ExclusionConstraint(
                name="people_organisationstanding_two_at_once",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_standing_display()}"


class Person(Restricted):
    """Somebody the partnership knows. Not a user: the account may be empty.

    `same_as` is the record that stays where two were found to be of one person.
    """

    key = KeyField()
    name = models.CharField(max_length=160)
    other_names = models.JSONField(default=list, blank=True)
    account = models.OneToOneField(
        Account, models.PROTECT, null=True, blank=True, related_name="person"
    )
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined"
    )

    def __str__(self) -> str:
        return self.name


class Post(Dated, Restricted):
    """A job with a title and a role mailbox; who holds it changes."""

    key = KeyField()
    title = models.CharField(max_length=160)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    role_mailbox = models.EmailField(blank=True)
    support = models.CharField(max_length=20, choices=Support, blank=True)

    def __str__(self) -> str:
        return self.title


class BodyKind(Restricted):
    """What sorts of bodies there are; each partnership keeps its own list."""

    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Body(Dated, Restricted):
    """A board or group of the governance tree.

    `audience` sees that it exists, `papers_audience` its meetings; `office_audience` is its
    secretaries alone, for files as received and passages withheld. One that is `private` was
    hidden when it was added: no support post came with it.
    """

    key = KeyField()
    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40, blank=True)
    other_names = models.JSONField(default=list, blank=True)
    kind = models.ForeignKey(BodyKind, models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True)
    purpose = models.TextField(blank=True)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    frequency = models.CharField(max_length=60, blank=True)
    outside = models.BooleanField(default=False)
    private = models.BooleanField(default=False)
    papers_audience = models.ForeignKey(Audience, models.PROTECT, related_name="+")
    office_audience = models.ForeignKey(Audience, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:body", args=[self.key])

    @property
    def hidden(self) -> bool:
        return self.audience_id == self.papers_audience_id

    def restricts(self, audience_id: int) -> bool:
        """Whether a thing of this body with that audience is for fewer than an open paper."""
        return self.hidden or audience_id != self.papers_audience_id


class NameWithin(Restricted):
    """A name that many have, and what it means in the papers of one body: `Police`."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="names_within_bodies"
    )
    body = models.ForeignKey(Body, models.CASCADE, related_name="names_within")
    name = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "body", "name"], name="people_namewithin_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.organisation}"


class OtherName(Restricted):
    """Another name of one thing, as minutes print it: seen by those who read those minutes.

    `other_names` of the thing itself are for everyone, and only a person writes them there.
    """

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="names_learned")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="names_learned"
    )
    body = models.ForeignKey(Body, models.CASCADE, null=True, related_name="names_learned")
    name = models.CharField(max_length=160)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation=None, body=None)
                | Q(person=None, organisation__isnull=False, body=None)
                | Q(person=None, organisation=None, body__isnull=False),
                name="people_othername_not_exactly_one",
            )
        ]

    def __str__(self) -> str:
        return self.name


class BodyLink(Restricted):
    """A line of the governance drawing beside the tree; `starts` is the first day it holds."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="links")
    to = models.ForeignKey(Body, models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=20, choices=LinkKind)
    note = models.CharField(max_length=200, blank=True)
    starts = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "to", "kind"], name="people_bodylink_twice"),
            models.CheckConstraint(condition=~Q(body=F("to")), name="people_bodylink_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.get_kind_display()} {self.to}"


class Seat(Dated, Restricted):
    """A place on a body, held by an organisation or by another body.

    `ended_at_once` means that what it allows does not wait for the end of its last day. One that
    is `apart` was closed or hidden itself, and stays so when its body is opened.
    """

    key = KeyField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    holder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    holder_body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="seats_held"
    )
    role = models.CharField(max_length=20, choices=SeatRole, default=SeatRole.MEMBER)
    capacity = models.CharField(max_length=20, choices=Capacity, default=Capacity.MEMBER)
    proposed = models.BooleanField(default=False)
    contributes = models.TextField(blank=True)
    contributes_confirmed_on = models.DateField(null=True, blank=True)
    ended_at_once = models.BooleanField(default=False)
    apart = models.BooleanField(default=False)

    class Meta:
        constraints = [
            ENDS_LATER,
            models.CheckConstraint(
                condition=Q(holder__isnull=True) ^ Q(holder_body__isnull=True),
                name="people_seat_held_by_not_exactly_one",
            ),
            ExclusionConstraint(
                name="people_seat_two_chairs",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
                condition=Q(role="chair", proposed=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder or self.holder_body} on {self.body}"


class SeatPost(models.Model):
    """A post that fills a seat; two rows mean either of two posts."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="filled_by")
    post = models.ForeignKey(Post, models.PROTECT, related_name="seats")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "post"], name="people_seatpost_twice")
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} fills seat {self.seat_id}"


class PostSupport(models.Model):
    """A body that a support post supports; a post without rows supports them all."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="supports")
    body = models.ForeignKey(Body, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "body"], name="people_postsupport_twice")
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} supports body {self.body_id}"


class Appointment(Dated):
    """A person in a post or in a seat, over some time. All access rests on these.

    `confirmed_on` is when somebody last said that it is right; `noticed_on` when it was first
    said that it lapses otherwise (see `people.quarters`).
    """

    key = KeyField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    substitute = models.BooleanField(default=False)
    ended_at_once = models.BooleanField(default=False)
    confirmed_on = models.DateField(default=today)
    noticed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            ENDS_LATER,
            models.CheckConstraint(
                condition=Q(post__isnull=True) ^ Q(seat__isnull=True),
                name="people_appointment_not_exactly_one",
            ),
            ExclusionConstraint(
                name="people_appointment_seat_filled_twice",
                expressions=[
                    ("seat", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
                condition=Q(seat__isnull=False, substitute=False),
            ),
        ]

    def __str__(self) -> str:
        return f"appointment {self.key}"


class Invitation(Restricted):
    """An account offered to a person, by a link that works once. Its state is that of the link.

    With a `directory` they come in through that one, and choose no password; with a `subject` only
    as whom the directory knows by it. To somebody who has an account, the link says so.
    """

    key = KeyField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    address = models.EmailField()
    directory = models.ForeignKey(Directory, models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=255, blank=True, default="")
    link = models.OneToOneField(OneTimeLink, models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject="") | Q(directory__isnull=False),
                name="people_invitation_subject_of_no_directory",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.key}"


class Recovery(models.Model):
    """Somebody who lost password and second factor asks to be let in: two people say who it is."""

    key = KeyField()
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=now)
    first_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    second_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    refused_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    link = models.OneToOneField(OneTimeLink, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(second_by__isnull=True)
                | (Q(first_by__isnull=False) & ~Q(first_by=F("second_by"))),
                name="people_recovery_by_one_alone",
            ),
            models.CheckConstraint(
                condition=~Q(first_by=F("account")) & ~Q(second_by=F("account")),
                name="people_recovery_by_oneself",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(second_by=None, refused_by=None),
                name="people_recovery_asked_twice",
            ),
        ]

    def __str__(self) -> str:
        return f"recovery {self.key}"


class AudienceMember(models.Model):
    """A body, organisation, post or person that belongs to an audience.

    `holder` beside a post: it counts only while this person holds it, so a successor does not
    inherit what the post was listed for.
    """

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="members")
    body = models.ForeignKey(Body, models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    holder = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(holder__isnull=True) | Q(post__isnull=False),
                name="people_audiencemember_holder_of_no_post",
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=False, organisation=None, post=None, person=None)
                | Q(body=None, organisation__isnull=False, post=None, person=None)
                | Q(body=None, organisation=None, post__isnull=False, person=None)
                | Q(body=None, organisation=None, post=None, person__isnull=False),
                name="people_audiencemember_not_exactly_one",
            ),
        ]

    def __str__(self) -> str:
        return f"member of audience {self.audience_id}"


class Area(Restricted):
    """A part of the district that the partnership itself defines."""

    key = KeyField()
    name = models.CharField(max_length=120)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="areas")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AreaVersion(Dated, Restricted):
    """What an area is made of, over some time. Never changed: a new one follows."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="versions")

    class Meta:
        constraints = [
            ENDS_LATER,
            ExclusionConstraint(
                name="people_areaversion_two_at_once",
                expressions=[("area", RangeOperators.EQUAL), (PERIOD, RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} from {self.starts}"


class AreaPart(Restricted):
    """A ward, small area or street in an area, or kept out of it."""

    version = models.ForeignKey(AreaVersion, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=12, choices=PartKind)
    code = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=120)
    excluded = models.BooleanField(default=False)

    class Meta:
        ordering = ["excluded", "kind", "name"]

    def __str__(self) -> str:
        return self.name
