"""Every component in each of its states, on pages that tests and designers look at.

Routed only where ``settings.GALLERY`` is true. All names are invented.
"""

import datetime as dt
import math
from collections.abc import Callable, Sequence

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concerted.charts.areas import Look, Tile, tile_map
from concerted.charts.intervals import interval, interval_head
from concerted.charts.lines import Pair, pair_chart
from concerted.charts.marks import Mark, mark
from concerted.charts.runs import Limits, Month, Run, Stretch, run_chart, small_run
from concerted.ui import errors
from concerted.ui.fields import DateInTextField, TimeInTextField

TODAY = dt.date(2026, 11, 16)


def _months(year: int, values: Sequence[int | None]) -> list[Month]:
    return [
        Month(
            dt.date(year + (3 + at) // 12, (3 + at) % 12 + 1, 1),
            value,
            outside=value == 710,
            run=at >= 13 and value != 710,
        )
        for at, value in enumerate(values)
    ]


BEFORE = _months(2023, [701, 690, 716, 729, 704, 682, 696, None, 671, 693, 713, 724, 700, 735])
AFTER = _months(
    2025,
    [806, 794, 818, 841, 829, 799, 812, 830, 838, 815, 822, 809, 835, 752, 778, 776, 761, 710],
)
ALL_CRIME = Run(
    "All recorded crime",
    "crimes",
    [
        Stretch(BEFORE, Limits(704, 642, 766)),
        Stretch(AFTER, Limits(790, 723, 856), began="reports can be made online"),
    ],
)
SMALL = [
    (1, Run("Shoplifting", "crimes", [Stretch(_months(2025, [90, 84, 97, 110, 122]))])),
    (2, Run("Robbery", "crimes", [Stretch(_months(2025, [4, 0, 2, None, 6]), Limits(3, 0, 9))])),
    (3, ALL_CRIME),
]
BURGLARY = Pair(
    "Domestic burglary in Dyers Green by month",
    [dt.date(2025 + (5 + at) // 12, (5 + at) % 12 + 1, 1) for at in range(12)],
    [8, 9, 7, 8, 6, 7, 8, 5, 6, 7, 5, 6],
    [9, 8, 10, 11, 9, 12, 8, 10, 9, 11, 10, 9],
    "these 12 months: 82",
    "the 12 months before: 116",
)
CHANGES = [
    ("clear increase", Mark.CLEAR_UP, (1.43, 1.17, 1.74)),
    ("possible decrease", Mark.POSSIBLE_DOWN, (0.93, 0.86, 0.997)),
    ("no clear change", Mark.SAME, (2.67, 0.64, 15.61)),
    ("no figure", Mark.NO_FIGURE, (1.0, 0.0, math.inf)),
]
WARDS = [
    Tile(0, 1, "Northfields", "11.8", "no clear difference", Look.SAME),
    Tile(1, 0, "Beck End", "11.3", "possibly below", Look.POSSIBLY_BELOW),
    Tile(1, 1, "Lowgate", "34.2", "clearly above", Look.CLEARLY_ABOVE),
    Tile(1, 2, "Harbour Row", "23.2", "possibly above", Look.POSSIBLY_ABOVE),
    Tile(2, 1, "Fairholme", "10.1", "clearly below", Look.CLEARLY_BELOW),
    Tile(2, 2, "Mill Lane", "–", "no figure", Look.NO_FIGURE),
]


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label="Title", max_length=120, error_messages={"required": "Give the item a title."}
    )
    text = forms.CharField(label="What was said", widget=forms.Textarea(attrs={"rows": 3}))
    due = DateInTextField(label="Due date")
    starts = TimeInTextField(label="Starts at", required=False)
    minutes = forms.IntegerField(label="Minutes", required=False, help_text="How long it may take")
    owner = forms.ChoiceField(
        label="Owner",
        choices=[("", "Choose"), ("mbc", "Marlbeck Borough Council"), ("wp", "Wyleshire Police")],
    )
    outcome = forms.ChoiceField(
        label="Outcome",
        widget=forms.RadioSelect,
        choices=[("noted", "Noted"), ("agreed", "Agreed"), ("deferred", "Deferred")],
        error_messages={"required": "Choose an outcome."},
    )
    bodies = forms.MultipleChoiceField(
        label="Bodies",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("board", "Safer Marlbeck Board"), ("fenside", "Fenside area board")],
    )
    sure = forms.BooleanField(
        label="The owner has been asked", error_messages={"required": "Ask the owner first."}
    )
    paper = forms.FileField(label="Paper", required=False, help_text="PDF or Word, up to 50 MB")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, initial="3")


def _pieces(request: HttpRequest) -> HttpResponse:
    pages = Paginator(range(30), 5)
    return render(request, "ui/gallery/pieces.html", {"on": TODAY, "page": pages.page(2)})


def _records(request: HttpRequest) -> HttpResponse:
    pages = Paginator(range(30), 5)
    return render(request, "ui/gallery/records.html", {"on": TODAY, "page": pages.page(1)})


def _reading(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery/reading.html", {})


def _charts(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "ui/gallery/charts.html",
        {
            "run": run_chart(ALL_CRIME, name="run"),
            "small": [(one.what, small_run(one, name=f"small-{at}")) for at, one in SMALL],
            "pair": pair_chart(BURGLARY, name="pair"),
            "rows": [
                (words, mark(which), interval(*ratio), ratio) for words, which, ratio in CHANGES
            ],
            "interval_head": interval_head(),
            "tiles": tile_map(
                WARDS,
                name="tiles",
                title="Crimes per 1,000 residents by ward",
                says="Lowgate is clearly above Marlbeck as a whole; Beck End possibly below.",
            ),
        },
    )


def _forms(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery/forms.html", {"form": ExampleForm()})


def _mistakes(request: HttpRequest) -> HttpResponse:
    given = {"title": "", "due": "31 June 2026", "starts": "9", "minutes": "many", "version": "3"}
    return render(request, "ui/gallery/forms.html", {"form": ExampleForm(given)})


def _banners(request: HttpRequest) -> HttpResponse:
    messages.success(request, "The action was recorded.")
    messages.warning(request, "Two seats have not replied yet.")
    messages.error(request, "The file could not be read.")
    return render(request, "ui/gallery/banners.html", {})


def _refused(request: HttpRequest) -> HttpResponse:
    return errors.not_allowed(
        request,
        "Minutes that are agreed are corrected by the secretary, at a later meeting.",
        who_here="You are the community safety analyst, in support of the Safer Marlbeck Board.",
        can_do=[
            errors.Way(
                "Ask the secretary for a correction", "#", ": say which minute and what is wrong"
            )
        ],
        kept="Minute 6: “six lanes” should read “four lanes”.",
    )


PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "pieces": _pieces,
    "records": _records,
    "reading": _reading,
    "charts": _charts,
    "forms": _forms,
    "mistakes": _mistakes,
    "banners": _banners,
    "refused": _refused,
    "send-again": errors.csrf_failure,
    "not-found": errors.not_found,
    "not-understood": errors.bad_request,
    "went-wrong": errors.server_error,
}


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the pages of the gallery."""
    return render(request, "ui/gallery/index.html", {"names": list(PAGES)})


@login_not_required
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one page of the gallery."""
    if name not in PAGES:
        raise Http404
    return PAGES[name](request)
