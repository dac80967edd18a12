"""Pages without references, whose items only the gaps between blocks part."""

from concerted.reading import as_labels, read

HEAD = """Agenda and minutes

Millhaven Safety Panel - Tuesday, 4 March 2014 6.00 pm

Venue: Town Hall, Millhaven

Contact: Ada Penn

Items
No. Item


"""


def read_page(body: str) -> dict:  # type: ignore[type-arg]
    return as_labels(read(HEAD + body).meetings[0])


def titles(body: str) -> list[str | None]:
    return [item["title"] for item in read_page(body)["items"]]


WITH_LISTS = """MINUTES of a meeting of the Millhaven Safety Panel

PRESENT:- Councillor Ada Penn (Chairman); Councillors Bo Lark and C. Dunn.

APOLOGIES:- Apologies for absence were submitted by Councillor Hart.


Declarations of Interest


None were declared.


Lighting in the Park


The lamps by the gate had been out since May.

It was

RESOLVED    that the report be noted.


Bus Shelters


Two shelters had been moved to the other side of the road.

It was

RESOLVED    that the scheme be approved.


Work Programme


It was RESOLVED that the programme be agreed.


The meeting closed at 8.05 p.m.
"""


def test_lists_of_people_before_the_first_block_are_no_item() -> None:
    found = read_page(WITH_LISTS)
    assert [person["name"] for person in found["present"]] == [
        "Councillor Ada Penn",
        "Councillor Bo Lark",
        "Councillor C. Dunn",
    ]
    assert found["apologies"] == ["Councillor Hart"]
    assert [(item["title"], item["decision"]) for item in found["items"]] == [
        ("Declarations of Interest", "none"),
        ("Lighting in the Park", "noted"),
        ("Bus Shelters", "approved"),
        ("Work Programme", "agreed"),
    ]


def test_a_slot_with_two_hours_is_no_title() -> None:
    assert titles("10 - 11.30 am\n\n\n" + WITH_LISTS)[0] == "Declarations of Interest"


BLOCKS = """APOLOGIES

There were none.



MINUTES

To confirm the Minutes of the meeting held on 7 January pdf icon PDF 6 KB

RESOLVED

that the Minutes of the meeting held on 7 January be confirmed.



REPORT OF THE ROADS GROUP

The lamps had been out since May and nobody had come to mend them.

RESOLVED

that

(i) the report be noted; and

(ii) a letter be sent.



SURVEY OF RESIDENTS

Nine hundred forms had come back.


Question 1 (lamps): 61% for

Question 2 (benches): 80% for


Councillor Penn thought that more should have been asked.

RESOLVED that the survey be noted.



DATE OF NEXT MEETING

Tuesday, 6 May 2014 at 6 pm.



Facebook  Twitter
Millhaven Council
"""


def test_the_file_on_the_line_that_says_what_for_makes_no_second_item() -> None:
    assert titles(BLOCKS)[:3] == ["APOLOGIES", "MINUTES", "REPORT OF THE ROADS GROUP"]


def test_rows_that_begin_alike_and_the_footer_are_no_items() -> None:
    assert titles(BLOCKS)[3:] == ["SURVEY OF RESIDENTS", "DATE OF NEXT MEETING"]


def test_the_next_day_in_one_line_is_no_item() -> None:
    body = BLOCKS.split("DATE OF NEXT")[0] + "Next meeting: 6 May 2014 at 6 pm\n"
    found = read_page(body)
    assert found["items"][-1]["title"] == "SURVEY OF RESIDENTS"
    assert found["next_meeting"] == "2014-05-06"
