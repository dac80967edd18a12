"""The bars of a site's own pages: "Home | News | Committee | Minutes | Join us"."""

import re

from concerted.reading.vocabulary import listed

_PARTED = re.compile(r"[ ]{2,}|\t|[ ]?[|»›>•·][ ]?|[ ]/[ ]")
_MOST = 300  # characters of a bar
_FEWEST = 3
# The names of pages; an underscore stands for a blank.
_PAGES = frozenset(
    name.replace("_", " ")
    for name in listed(
        """home news latest_news events news_and_events contact contact_us about about_us
    browse meetings decisions councillors your_councillors find_councillor find_my_councillor
    agendas agendas_and_minutes minutes_and_agendas meetings_and_agendas minutes search menu login
    log_in sign_in my_account jobs sitemap site_map accessibility help committees
    calendar services visitors visiting living tourism gallery links newsletter newsletters
    cookies privacy petitions petition e-petitions epetitions subscribe documents policies
    membership donate shop facebook twitter council the_council your_council
    council_and_democracy parish_councils community_councils community residents business
    businesses register consultations publications library forums webcasts constitution
    elections election_results outside_bodies forward_plan forward_plans forthcoming_decisions
    your_mp what's_new what’s_new a-z a_to_z join_us pay_it report_it apply_for_it
    declarations_of_interest you_are_here"""
    )
)


def is_navigation(text: str) -> bool:
    """A line of the names of pages, and little else; never one with a figure in it."""
    if len(text) > _MOST or any(c.isdigit() for c in text):
        return False
    cells = [cell.strip(" |:").lower() for cell in _PARTED.split(text)]
    cells = [cell for cell in cells if cell]
    if len(cells) == 1:
        cells = cells[0].split()
    if len(cells) < _FEWEST:
        return False
    pages = sum(cell in _PAGES for cell in cells)
    brief = all(len(cell.split()) <= 4 for cell in cells)
    return brief and pages >= _FEWEST and pages * 3 >= len(cells) * 2
