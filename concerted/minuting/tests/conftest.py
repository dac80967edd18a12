"""A meeting of today with an agenda, and its minutes, for the stories of this package."""

import pytest

from concerted.kernel.clock import today
from concerted.meetings import services as meetings
from concerted.meetings.models import Meeting
from concerted.meetings.services import NewItem
from concerted.minuting import queries, services
from concerted.minuting.assembling import check
from concerted.minuting.forms import RecordForm
from concerted.minuting.models import Draft

TITLES = ("Welcome", "Patrols", "Shop theft")


class Writing:
    """The minutes of one meeting, with the steps of those who make them."""

    def __init__(self, cast, meeting):
        self.cast, self.pk, self.key = cast, meeting.pk, meeting.key

    @property
    def meeting(self):
        return Meeting.objects.select_related("body").get(pk=self.pk)

    def minutes(self, actor):
        return queries.minutes_of(actor, self.meeting)

    def begun(self, who="dilys"):
        with self.cast.acting(who) as actor:
            services.begin(actor, meeting=self.meeting)
        return self

    def draft(self, title):
        """A draft as it is stored; the wall must be open."""
        return Draft.objects.get(item__title=title, minutes__meeting=self.pk)

    def types(self, title, text, who="dilys", token=None, page=""):
        with self.cast.acting(who) as actor:
            draft = self.draft(title)
            return services.save_draft(
                actor, key=draft.key, token=token or str(draft.version), text=text, page=page
            )

    def ticks(self, came, others="", who="dilys"):
        """Say who came: `came` by the name of the holder of the seat."""
        with self.cast.acting(who) as actor:
            minutes = self.minutes(actor)
            said = {
                one.position: services.Ticked(*came[one.organisation_name])
                for one in queries.attenders_of(actor, minutes)
                if one.organisation_name in came
            }
            services.tick(
                actor, minutes=minutes, token=str(minutes.version), ticked=said, others=others
            )
        return self

    def recorded(self, who="dilys", **answers):
        """Put on record, with these answers to what is asked."""
        with self.cast.acting(who) as actor:
            minutes = self.minutes(actor)
            laid_out = check(actor, minutes)
            given = {}
            for one in laid_out.review.fields:
                initial = getattr(one, "initial", "")
                given |= {one.name: "on" if initial is True else initial} if initial else {}
            form = RecordForm(laid_out.review, known=laid_out.known, data=given | answers)
            assert form.is_valid(), form.errors
            services.put_on_record(
                actor, minutes=minutes, token=laid_out.mark, answers=form.cleaned_data
            )
        return self

    def step(self, service, who, **more):
        with self.cast.acting(who) as actor, queries.as_chair(actor, self.meeting.body) as reader:
            minutes = self.minutes(reader)
        with self.cast.acting(who) as actor:
            service(actor, minutes=minutes, **more)
        return self

    def cleared(self):
        return self.step(services.clear, "rowena")

    def circulated(self):
        return self.cleared().step(services.circulate, "dilys")


@pytest.fixture
def writing(cast):
    with cast.acting("dilys") as dilys:
        meeting = meetings.plan(
            dilys,
            body=cast.bodies["board"],
            held_on=today(),
            items=[NewItem(ref=str(n), title=one, text="") for n, one in enumerate(TITLES, 1)],
        )
        return Writing(cast, meeting)
