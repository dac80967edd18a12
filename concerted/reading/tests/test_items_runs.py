"""The items of minutes whose lines were run together."""

import pytest

from concerted.reading import read

TEXTS = {
    "a run of text with numbers": (
        [
            "1|Apologies",
            "2|Minutes of the last meeting",
            "3|Police report",
            "4|Street lighting in Oak Road",
            "5|Any other business",
        ],
        """\
Fell Residents Group Minutes of the meeting held on 5 May 2021 in Oak Hall at 7pm Present: Ann \
Bell (Chair), Cal Dunn, Eve Frost. 1. Apologies Apologies were received from Gus Hale. 2. \
Minutes of the last meeting The minutes of 3 March were agreed. 3. Police report PC Hill \
reported 3 thefts and 2 fires. 4. Street lighting in Oak Road Residents had complained about \
two lamps. The council has promised 12 new ones. Ann to chase. 5. Any other business Members \
asked about dogs. The meeting closed at 8.15pm.""",
    ),
    "a run of text with titles in capitals": (
        [
            "PL/1/22|APOLOGIES",
            "PL/2/22|MINUTES",
            "PL/3/22|OAK ROAD CAR PARK",
            "PL/4/22|NEXT MEETING",
        ],
        """\
FELL PARISH COUNCIL Minutes of the Planning Committee held on Monday 5 December 2022 at the \
Hall Present: Cllr Ann Bell, Cllr Cal Dunn PL/1/22 APOLOGIES None. PL/2/22 MINUTES RESOLVED to \
approve the minutes of 7 November 2022 as a true record. PL/3/22 OAK ROAD CAR PARK A resident \
spoke about lights. It was RESOLVED to get three quotes. Members to look at PL/1/22 again. \
PL/4/22 NEXT MEETING Monday 9 January 2023 at 7pm. The meeting closed at 7.40pm.""",
    ),
    "a run of text with letters before the number": (
        [
            "FC24/1|Apologies for absence",
            "FC24/2|Declarations of interest",
            "FC24/3|Bus shelter on the green",
            "FC24/4|Cemetery",
        ],
        """\
FELL PARISH COUNCIL Minutes of the Council meeting held on Monday 5 February 2024 at 7pm in \
the Hall Present: Cllrs Ann Bell, Cal Dunn FC24/1 Apologies for absence Cllr Hale sent \
apologies which were accepted. FC24/2 Declarations of interest There were none. FC24/3 Bus \
shelter on the green The clerk reported that the roof leaked. It was RESOLVED to repair it at \
a cost of £200. FC24/4 Cemetery Two trees had fallen. The clerk to get a quote.""",
    ),
    "a presenter in brackets belongs to the title": (
        ["1|Welcome", "2|Police update (Sgt Hill)", "3|Housing update – Cal Dunn", "4|AOB"],
        """\
Safer Fell Partnership Notes of meeting held on 5 May 2021 at Oak Hall Present: Ann Bell (Fell \
Council), Cal Dunn (Fell Homes), Sgt Jo Hill (Police) Apologies: Gus Hale 1. Welcome Ann \
welcomed everyone to the meeting and introductions were made. 2. Police update (Sgt Hill) \
There were 12 burglaries in April. The group noted the update. ACTION: JH to send the figures. \
3. Housing update – Cal Dunn Four homes were empty. ACTION: CD to board up the homes. 4. AOB \
None. The meeting closed at 4pm.""",
    ),
    "titles that end in a colon": (
        ["1|Welcome", "2|Matters arising", "3|Hate crime", "4|Next meeting"],
        """\
Safer Fell Partnership Notes of meeting held on 5 May 2021 at Oak Hall Present: Ann Bell (Fell \
Council), Cal Dunn (Fell Homes), Sgt Jo Hill (Police) Apologies: Gus Hale 1. Welcome: Ann \
welcomed everyone to the meeting and introductions were made. 2. Matters arising: The letter \
has been sent and a reply was received. 3. Hate crime: Reports are up by a third since the \
spring. It was agreed to run a campaign. 4. Next meeting: 6 July 2021 at 2pm.""",
    ),
    "items of one series over several pages": (
        ["1|Apologies", "2|Minutes", "3|Theft from shops", "4|Street drinking", "5|AOB"],
        """\
Safer Fell Partnership Minutes of the meeting held on 5 May 2021 at Oak Hall Present: Ann Bell \
(Chair), Cal Dunn, Eve Frost, Gus Hale, Ian Judd, Kay Lund, Mo Nash, Olu Pratt, Quin Ross, Sue \
Tate, Una Vale, Will Young. 1. Apologies Apologies were received from Zed Abel. 2. Minutes The \
minutes of 3 March were agreed as a correct record of the meeting. 3. Theft from shops Cal \
reported that thefts had gone up and that two people had been charged by
Page 1
Safer Fell Partnership 5 May 2021 the police in April. It was AGREED that the report be noted \
and that the shops be thanked for their help with the work so far this year, which had been \
very good indeed and better than in other towns nearby. 4. Street drinking Eve told the \
meeting about the new order in the park. Members asked for signs at each of the gates of the \
park before the summer. 5. AOB There was no other business. The meeting closed at 3.45pm.
Page 2""",
    ),
}


def items(text: str) -> list[str]:
    """Reference and title of every item; "#" parts the meetings."""
    found: list[str] = []
    for number, meeting in enumerate(read(text).meetings):
        found += ["#"] if number else []
        found += [f"{item.ref or '-'}|{item.title or '-'}" for item in meeting.items]
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_the_items_of_a_run(name):
    wanted, text = TEXTS[name]
    assert items(text) == wanted
