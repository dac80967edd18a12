"""What other packages may ask of people."""

from concerted.people.models import Body, Organisation, Person, Post, Seat
from concerted.people.queries import (
    areas_visible_to,
    bodies_visible_to,
    districts_visible_to,
    kinds_visible_to,
    on,
    organisations_of,
    organisations_visible_to,
    people_visible_to,
    posts_held_by,
    posts_visible_to,
    predecessors_of,
    seat_lines,
    seated_organisations,
    successors_of,
    the_partnership,
)
from concerted.people.services import (
    add_body,
    add_organisation,
    add_person,
    also_known_as,
    renewed,
)
from concerted.people.standing import acting_as, open_to, standing

__all__ = [
    "Body",
    "Organisation",
    "Person",
    "Post",
    "Seat",
    "acting_as",
    "add_body",
    "add_organisation",
    "add_person",
    "also_known_as",
    "areas_visible_to",
    "bodies_visible_to",
    "districts_visible_to",
    "kinds_visible_to",
    "on",
    "open_to",
    "organisations_of",
    "organisations_visible_to",
    "people_visible_to",
    "posts_held_by",
    "posts_visible_to",
    "predecessors_of",
    "renewed",
    "seat_lines",
    "seated_organisations",
    "standing",
    "successors_of",
    "the_partnership",
]
