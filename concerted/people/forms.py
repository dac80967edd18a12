"""The shape of what people hand in: whether it may be done is the policy's business."""

import re
from typing import Any, ClassVar

from django import forms

from concerted.access.actor import Actor
from concerted.people import queries
from concerted.people.models import AreaVersion, Body, Organisation
from concerted.people.states import Capacity, LinkKind, PartKind, SeatRole, Standing, Support
from concerted.ui.forms import DateInTextField

SMALL_AREA_CODE = re.compile(r"([A-Z]\d{8})\s+(.+)")


class PageForm(forms.Form):
    """A form that is a page: `title` heads it, `purpose` says what it is for."""

    title: ClassVar[str]
    purpose: ClassVar[str]
    button: ClassVar[str] = "Save"

    def clean(self) -> dict[str, Any]:
        """Days stand in their order, whatever else the form asks."""
        facts = super().clean() or self.cleaned_data
        starts, ends = facts.get("starts"), facts.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "The last day cannot come before the first.")
        return facts

    def offer(self, **choices: Any) -> None:
        """Set what may be chosen in the named fields: only what the actor may see."""
        for name, queryset in choices.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = queryset


class KeyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of one record by its random key; serial numbers never leave the server."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", None)
        kwargs.setdefault("to_field_name", "key")
        kwargs.setdefault("empty_label", "Choose one")
        super().__init__(**kwargs)


class KindChoice(KeyChoice):
    """A kind of body is chosen by its name: it has no key."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "What kind of body is it?")
        super().__init__(to_field_name="name", **kwargs)


class KeyChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """A choice of several records by their random keys."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, to_field_name="key", **kwargs)


class LinesField(forms.CharField):
    """A list of names, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What stands in the box: a line for each name."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """The lines that hold something, each once."""
        lines = (" ".join(line.split()) for line in str(super().clean(value)).splitlines())
        return list(dict.fromkeys(line for line in lines if line))


def other_names(*, max_length: int = 2000) -> LinesField:
    """The field for other names of a thing."""
    return LinesField(
        label="Other names",
        help_text="As minutes and letters write it. One a line.",
        max_length=max_length,
    )


class BodyForm(PageForm):
    title = "Add a body"
    purpose = "A body is a board or group that meets. Its seats are added next, on its own page."
    button = "Add body"

    name = forms.CharField(max_length=160)
    short_name = forms.CharField(
        label="Short name", help_text="For example SMB", max_length=40, required=False
    )
    other_names = other_names()
    kind = KindChoice()
    parent = KeyChoice(
        label="Which body is above it?", required=False, empty_label="None: it stands at the top"
    )
    district = KeyChoice(label="District", required=False, empty_label="None in particular")
    purpose_ = forms.CharField(
        label="What is it for?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    quorum = forms.IntegerField(
        help_text="How many members must be there. Leave it empty when there is no rule.",
        required=False,
        min_value=1,
        max_value=200,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    frequency = forms.CharField(
        label="How often does it meet?",
        help_text="For example, every six weeks",
        max_length=60,
        required=False,
    )
    starts = DateInTextField(label="First day", required=False)
    outside = forms.BooleanField(
        label="It is an outside body, on which the partnership is represented", required=False
    )
    hidden = forms.BooleanField(
        label="It is hidden: only those who sit on it and its support posts know that it exists",
        required=False,
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            kind=queries.kinds_visible_to(actor),
            parent=queries.bodies_visible_to(actor),
            district=queries.districts_visible_to(actor),
        )
        if not queries.districts_visible_to(actor).exists():
            self.fields.pop("district", None)

    def clean(self) -> dict[str, Any]:
        """The facts as the service names them: `purpose` here heads the page."""
        facts = super().clean()
        facts["purpose"] = facts.pop("purpose_", "")
        return facts


class BodyChangeForm(BodyForm):
    title = "Change this body"
    purpose = "What changes here shows from now on. Minutes and papers keep what they say."
    button = "Save changes"

    outside = starts = hidden = district = None  # type: ignore[assignment]
    ends = DateInTextField(
        label="Last day",
        help_text="Fill this in when the body comes to an end. For example, 31 March 2010",
        required=False,
    )

    def __init__(self, actor: Actor, body: Body, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = self.facts_of(body)
        super().__init__(actor, *args, **kwargs)
        others = queries.bodies_visible_to(actor).exclude(pk=body.pk)
        self.offer(parent=others)
        self.initial["parent"] = others.filter(pk=body.parent_id or 0).first()

    def facts_of(self, body: Body) -> dict[str, Any]:
        """What the form shows at first."""
        same = ("name", "short_name", "other_names", "quorum", "frequency", "ends")
        facts = {name: getattr(body, name) for name in same}
        return {**facts, "purpose_": body.purpose, "kind": body.kind.name}


class LinkForm(PageForm):
    title = "Draw a line to another body"
    purpose = (
        "Lines stand beside the tree: this body reports to another, is linked to it, or follows "
        "after it and carries on its work."
    )
    button = "Draw the line"

    kind = forms.ChoiceField(
        label="This body", choices=LinkKind, widget=forms.RadioSelect, initial=LinkKind.REPORTS_TO
    )
    to = KeyChoice(label="Which body?")
    note = forms.CharField(
        label="What is the line for?",
        help_text="For example: as necessary, on the yearly report",
        max_length=200,
        required=False,
    )
    starts = DateInTextField(
        label="From which day?",
        help_text="For a body that follows after another: its first day. For example, 1 April 2013",
        required=False,
    )

    def __init__(self, actor: Actor, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(to=queries.bodies_visible_to(actor).exclude(pk=body.pk))


class SeatForm(PageForm):
    title = "Add a seat"
    purpose = "A seat is held by an organisation or by another body. Who fills it comes after."
    button = "Add seat"

    holder = KeyChoice(
        label="Organisation that holds the seat", required=False, empty_label="No organisation"
    )
    holder_body = KeyChoice(
        label="Or the other body that holds it", required=False, empty_label="No other body"
    )
    role = forms.ChoiceField(
        label="Role",
        help_text="“What your posts allow” says what each role may do.",
        choices=SeatRole,
        widget=forms.RadioSelect,
        initial=SeatRole.MEMBER,
    )
    capacity = forms.ChoiceField(
        label="Capacity at the table",
        help_text="Members and co-opted members count for the quorum.",
        choices=Capacity,
        widget=forms.RadioSelect,
        initial=Capacity.MEMBER,
    )
    post = KeyChoice(
        label="Post that fills it",
        help_text="Leave this empty when a person is appointed to the seat by name.",
        required=False,
        empty_label="No post",
    )
    other_post = KeyChoice(
        label="Or this post, either of the two", required=False, empty_label="No other post"
    )
    contributes = forms.CharField(
        label="What it contributes",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    starts = DateInTextField(label="First day", required=False)
    ends = DateInTextField(label="Last day", required=False)
    proposed = forms.BooleanField(
        label="It is only proposed: nobody acts through it yet", required=False
    )
    hidden = forms.BooleanField(
        label="It is hidden: only those who see the papers of this body see this seat",
        required=False,
    )

    def __init__(self, actor: Actor, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = queries.posts_visible_to(actor)
        self.offer(
            holder=queries.organisations_visible_to(actor),
            holder_body=queries.bodies_visible_to(actor).exclude(pk=body.pk),
            post=posts,
            other_post=posts,
        )
        for name in ("post", "other_post"):
            self.fields[name].label_from_instance = post_in_words  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One holder, and the posts as one list."""
        facts = super().clean()
        if facts.get("holder") and facts.get("holder_body"):
            self.add_error("holder_body", "Choose an organisation or another body, not both.")
        elif not (facts.get("holder") or facts.get("holder_body") or self.errors):
            self.add_error("holder", "Choose who holds the seat.")
        chosen = (facts.pop("post", None), facts.pop("other_post", None))
        facts["posts"] = list(dict.fromkeys(post for post in chosen if post))
        return facts


def post_in_words(post: Any) -> str:
    """A post with its organisation: titles repeat from one to the next."""
    return f"{post.title}, {post.organisation}"


class ConfirmForm(PageForm):
    title = "Confirm what this seat contributes"
    purpose = "Each member says once a year what they bring. The board reads it as one table."
    button = "Confirm for this year"

    contributes = forms.CharField(
        label="What it contributes",
        help_text="Two or three sentences: people, money, information, services.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AppointForm(PageForm):
    title = "Appoint somebody"
    purpose = "What people may see and do rests on their appointments, from the first day on."
    button = "Appoint"

    person = KeyChoice(label="Who?")
    starts = DateInTextField(label="First day")
    ends = DateInTextField(label="Last day", required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(person=queries.people_visible_to(actor))


class AppointToSeatForm(AppointForm):
    substitute = forms.BooleanField(
        label="As a substitute, who sits in when those who fill the seat cannot come",
        required=False,
    )


class EndForm(PageForm):
    title = "End this appointment"
    purpose = "What it allowed ends after the last day. The appointment stays in the record."
    button = "End appointment"

    on = DateInTextField(label="Last day", required=False)
    at_once = forms.BooleanField(
        label="End it now, without waiting for the end of the day", required=False
    )

    def clean(self) -> dict[str, Any]:
        """A day, or at once."""
        facts = super().clean()
        if not facts.get("at_once") and not facts.get("on") and "on" not in self.errors:
            self.add_error("on", "Fill in “Last day”, or end it now.")
        return facts


class SeatEndForm(EndForm):
    title = "End this seat"
    purpose = "Whoever fills it is on the body no longer after the last day. The record stays."
    button = "End seat"


class DistrictForm(PageForm):
    title = "Add a district"
    purpose = "The area of one council. Several districts lie in the area of one police force."
    button = "Add district"

    name = forms.CharField(max_length=120)
    code = forms.CharField(
        label="Code", help_text="For example, E06000004", max_length=12, required=False
    )
    force_area = forms.CharField(label="Force area", max_length=120, required=False)


class OrganisationForm(PageForm):
    title = "Add an organisation"
    purpose = "An organisation holds seats and posts, and is asked for actions and returns."
    button = "Add organisation"

    name = forms.CharField(max_length=160)
    short_name = forms.CharField(label="Short name", max_length=60, required=False)
    other_names = other_names()
    standing = forms.ChoiceField(
        label="Statutory standing",
        help_text="Under the Crime and Disorder Act 1998, section 5.",
        choices=[*Standing.choices, ("", "Not known yet")],
        required=False,
        widget=forms.RadioSelect,
    )
    starts = DateInTextField(label="Since when?", required=False)


class OrganisationChangeForm(PageForm):
    title = "Change what this organisation is called"
    purpose = "Names that minutes use are kept as other names, so that they are known next time."
    button = "Save changes"

    name = forms.CharField(max_length=160)
    short_name = forms.CharField(label="Short name", max_length=60, required=False)
    other_names = other_names()
    starts = DateInTextField(label="First day", required=False)
    ends = DateInTextField(
        label="Last day",
        help_text="Fill this in when it comes to an end or merges. For example, 31 March 2013",
        required=False,
    )
    successor = KeyChoice(
        label="Which organisation came after it?",
        required=False,
        empty_label="None, or not known",
    )

    def __init__(self, actor: Actor, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        names = ("name", "short_name", "other_names", "starts", "ends")
        kwargs["initial"] = {name: getattr(organisation, name) for name in names}
        super().__init__(*args, **kwargs)
        others = queries.organisations_visible_to(actor).exclude(pk=organisation.pk)
        self.offer(successor=others)
        self.initial["successor"] = others.filter(pk=organisation.successor_id or 0).first()


class StandingForm(PageForm):
    title = "Change the statutory standing"
    purpose = "The standing before it ends the day before and stays in the history."
    button = "Save the new standing"

    standing = forms.ChoiceField(
        label="Statutory standing", choices=Standing, widget=forms.RadioSelect
    )
    starts = DateInTextField(label="From which day?")


class PostForm(PageForm):
    title = "Add a post"
    purpose = "A post stays when people change. Seats are best filled by posts, not by names."
    button = "Add post"

    organisation = KeyChoice(label="Organisation")
    # Named otherwise in the form than in the service: `title` heads the page.
    post_title = forms.CharField(label="Title of the post", max_length=160)
    role_mailbox = forms.EmailField(
        label="E-mail address of the post",
        help_text="The post’s own mailbox, not a person’s.",
        required=False,
    )
    support = forms.ChoiceField(
        label="Does it support bodies?",
        choices=[("", "No"), *Support.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    bodies = KeyChoices(
        label="Which bodies does it support?",
        help_text="Choose none for all open bodies. Without support this counts for nothing.",
        required=False,
    )

    def __init__(self, actor: Actor, *args: Any, support: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            organisation=queries.organisations_visible_to(actor),
            bodies=queries.bodies_visible_to(actor),
        )
        if not support:
            del self.fields["support"], self.fields["bodies"]

    def clean(self) -> dict[str, Any]:
        """The facts as the service names them."""
        facts = super().clean()
        if facts.get("bodies") and not facts.get("support"):
            self.add_error("support", "Say how the post supports these bodies.")
        facts["title"] = facts.pop("post_title", "")
        return facts


class PersonForm(PageForm):
    title = "Add a person"
    purpose = "A name only. A person sees nothing until they have an account and an appointment."
    button = "Add person"

    name = forms.CharField(max_length=160)
    other_names = other_names()


class JoinForm(PageForm):
    title = "Say that two records are one person"
    purpose = (
        "Minutes write one person’s name in several ways. The record that stays takes over what "
        "the other has, and its name as another name."
    )
    button = "See what moves"

    stays = KeyChoice(label="Which record stays?")
    other = KeyChoice(label="Which other record is the same person?")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = queries.people_visible_to(actor)
        self.offer(stays=people, other=people)
        words = queries.people_in_words(actor)
        for name in ("stays", "other"):
            field: Any = self.fields[name]
            field.label_from_instance = lambda person: words[person.pk]

    def clean(self) -> dict[str, Any]:
        """Two records, not one."""
        facts = super().clean()
        if facts.get("stays") and facts.get("stays") == facts.get("other"):
            self.add_error("other", "These are one record already. Choose two.")
        return facts


class KindForm(PageForm):
    title = "Add a kind of body"
    purpose = "Each partnership keeps its own list of what sorts of bodies there are."
    button = "Add kind"

    name = forms.CharField(label="Name of the kind", max_length=80)


class RenameKindForm(PageForm):
    title = "Rename a kind of body"
    purpose = "The bodies of that kind follow at once."
    button = "Rename"

    kind = KindChoice(label="Which kind?")
    name = forms.CharField(label="New name", max_length=80)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(kind=queries.kinds_visible_to(actor))


PART_FIELDS = {
    PartKind.WARD: "wards",
    PartKind.SMALL_AREA: "small_areas",
    PartKind.STREET: "streets",
    PartKind.PLACE: "places",
}
LEFT_OUT = "not "


class AreaPartsForm(PageForm):
    title = "Define this area anew"
    purpose = (
        "The version before it ends the day before and stays, so that old figures keep theirs."
    )
    button = "Save the new version"

    starts = DateInTextField(label="From which day?")
    wards = LinesField(label="Wards", max_length=4000)
    small_areas = LinesField(
        label="Small areas",
        help_text="One a line. A code may stand first: E01012187 Fenside 001A",
        max_length=20000,
    )
    streets = LinesField(label="Streets", max_length=20000)
    places = LinesField(
        label="Places",
        help_text="Begin any line with “not” to leave that part out: not Fenside retail park",
        max_length=4000,
    )

    def __init__(self, *args: Any, version: AreaVersion | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = lines_of(version) if version else {}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The parts as the service takes them: (kind, code, name, left out)."""
        facts = super().clean()
        parts = [
            part_of(kind, line)
            for kind, name in PART_FIELDS.items()
            for line in facts.pop(name, [])
        ]
        if not self.errors and all(left_out for *_, left_out in parts):
            self.add_error("wards", "Name at least one ward, small area, street or place in it.")
        return {**facts, "parts": parts}


class AreaForm(AreaPartsForm):
    title = "Define an area"
    purpose = "An area is the partnership’s own: a set of wards, small areas or streets."
    button = "Define area"

    name = forms.CharField(label="Name of the area", max_length=120)
    body = KeyChoice(
        label="Which body looks after it?", required=False, empty_label="None in particular"
    )
    starts = DateInTextField(label="From which day?", required=False)
    field_order = ("name", "body")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(body=queries.bodies_visible_to(actor))


def part_of(kind: PartKind, line: str) -> tuple[str, str, str, bool]:
    """One line as a part of an area: kind, code, name, and whether it is left out."""
    left_out = line.lower().startswith(LEFT_OUT)
    name = line[len(LEFT_OUT) :].strip() if left_out else line
    coded = SMALL_AREA_CODE.fullmatch(name)
    code, name = coded.groups() if coded else ("", name)
    return kind.value, code, name[:120], left_out


def lines_of(version: AreaVersion) -> dict[str, list[str]]:
    """The parts of a version as the form shows them."""
    lines: dict[str, list[str]] = {name: [] for name in PART_FIELDS.values()}
    for part in version.parts.all():
        words = " ".join(filter(None, [part.code, part.name]))
        lines[PART_FIELDS[PartKind(part.kind)]].append(LEFT_OUT * part.excluded + words)
    return lines
