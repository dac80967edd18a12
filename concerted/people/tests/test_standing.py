from concerted.access.roles import Permission
from concerted.people.models import Body


def test_a_member_acts_through_their_seat(cast):
    with cast.acting("tobias") as tobias:
        assert tobias.capacity == "Probation Service"
        assert tobias.holds(Permission.ACTION_UPDATE, body_id=cast.bodies["board"].pk)
        assert not tobias.holds(Permission.MINUTES_IMPORT)


def test_the_wall_shows_a_hidden_body_only_to_those_who_sit_on_it(cast):
    with cast.acting("gareth"):
        assert Body.objects.filter(name="Silver group").exists()
    with cast.acting("tobias"):
        assert not Body.objects.filter(name="Silver group").exists()


def test_outside_any_actor_the_wall_shows_nothing(cast):
    assert not Body.objects.exists()
