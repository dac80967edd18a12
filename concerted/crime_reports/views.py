"""Crime reports for bodies: prepared from figures, written, cleared, issued, corrected by another.

Pages that show figures load scipy and DuckDB, 80 MB of a process: only when they are asked.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.charts.intervals import interval_head
from concerted.crime.opened import lake, residents
from concerted.crime_reports import policies, queries, services
from concerted.crime_reports import states as standing
from concerted.crime_reports.claims import claims_in
from concerted.crime_reports.forms import CLEAR, ClearForm, IssueForm, PrepareForm, SectionForm
from concerted.crime_reports.models import Report
from concerted.kernel.verdict import NotAllowed
from concerted.ui.submitted import done

EITHER = ["GET", "HEAD", "POST"]
MEDIA_TYPES = {
    standing.Form.PDF: "application/pdf",
    standing.Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _report(request: Request, key: str) -> Report:
    return get_object_or_404(queries.visible_to(request.actor), key=key)


@require_safe
def index(request: Request) -> HttpResponse:
    """What is being worked on, and what was issued."""
    working, issued = queries.listed(request.actor)
    context = {
        "working": working,
        "issued": issued[:60],
        "may_prepare": bool(queries.bodies_to_prepare_for(request.actor)),
    }
    return render(request, "crime_reports/list.html", context)


@require_http_methods(EITHER)
def prepare(request: Request) -> HttpResponse:
    """From the figures of an area, as they were asked for, to a report that can be written on."""
    from concerted.crime import shown  # noqa: PLC0415 - scipy and DuckDB: who asks pays
    from concerted.crime_reports.computing import computed  # noqa: PLC0415 - as above

    bodies = queries.bodies_to_prepare_for(request.actor)
    if not bodies:
        raise NotAllowed("Only an analyst or the secretary of a body can prepare crime reports.")
    asked = shown.reported(lake(), request.GET, residents())
    if asked.report is None:
        return redirect(f"{reverse('crime:report')}?{request.GET.urlencode()}")
    found = asked.report
    form = PrepareForm(
        request.POST or None,
        bodies=bodies,
        owners=queries.owners(request.actor, bodies),
        initial={
            "title": f"Recorded crime and disorder in {found.where.name}, to "
            f"{found.period.last:%B %Y}"[:200]
        },
    )
    made: list[Report] = []

    def act() -> None:
        new = computed(found)
        made.append(services.prepare(request.actor, new=new, **form.cleaned_data))

    if done(form, act):
        messages.success(request, "The figures are computed, and their words are drafted.")
        return redirect(made[0])
    context = {"form": form, "asked": asked, "found": found}
    return render(request, "crime_reports/prepare.html", context)


@require_safe
def report(request: Request, key: str) -> HttpResponse:
    """A report as it stands: what it says, its figures, and what can be done with it."""
    from concerted.crime import drawn  # noqa: PLC0415 - scipy: who asks pays
    from concerted.crime.frozen import thawed  # noqa: PLC0415 - as above
    from concerted.crime_reports.computing import newest_snapshot  # noqa: PLC0415 - as above

    one, actor = _report(request, key), request.actor
    figures = queries.figures_of(actor, one)
    held = thawed(figures.held)
    sections = list(queries.sections_visible_to(actor).filter(report=one))
    newest = newest_snapshot()
    prints = list(queries.prints_of(actor, one))
    context = drawn.report_context(held.summary, held.outlines) | {
        "one": one,
        "report": held.summary,
        "interval_head": interval_head(),
        "sections": [(each, claims_in(each.text)) for each in sections],
        "steps": queries.steps_of(actor, one),
        "prints": prints,
        "newer": newest if newest > max(figures.snapshots, default=0) else 0,
        "may_write": policies.may_write(actor, one),
        "may_ask": policies.may_ask(actor, one, sections),
        "may_take_back": policies.may_take_back(actor, one),
        "may_clear": policies.may_clear(actor, one, wrote=queries.wrote(actor, one)),
        "may_issue": policies.may_issue(actor, one, printed=bool(prints)),
        "may_stop": policies.may_stop(actor, one),
        "may_follow": policies.may_follow(actor, one, followed=queries.followed(actor, one)),
    }
    return render(request, "crime_reports/report.html", context)


@require_http_methods(EITHER)
def section(request: Request, key: str) -> HttpResponse:
    """The words under one heading."""
    actor = request.actor
    one = get_object_or_404(queries.sections_visible_to(actor), key=key)
    policies.may_write(actor, one.report).enforce()
    initial = {"text": one.text, "rests_on": one.rests_on, "saves": one.saves}
    form = SectionForm(request.POST or None, initial=initial)

    def act() -> None:
        services.write(actor, section=one, **form.cleaned_data)

    if done(form, act):
        messages.success(request, "Saved.")
        return redirect(f"{reverse('crime_reports:report', args=[one.report.key])}#says")
    one.refresh_from_db()
    context = {"one": one, "form": form, "claims": claims_in(one.text)}
    return render(request, "crime_reports/section.html", context)


@require_POST
def compute(request: Request, key: str) -> HttpResponse:
    """The figures as the lake has them now."""
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415 - DuckDB: who asks pays
    from concerted.crime_reports.computing import computed_anew  # noqa: PLC0415 - as above

    one = _report(request, key)
    policies.may_write(request.actor, one).enforce()
    try:
        new = computed_anew(one)
    except Refused as refused:
        raise NotAllowed(str(refused)) from None
    services.compute_anew(request.actor, report=one, new=new)
    messages.success(request, "The figures are computed anew. What you wrote stays as it was.")
    return redirect(one)


@require_POST
def ask(request: Request, key: str) -> HttpResponse:
    one = services.ask_to_clear(request.actor, report=_report(request, key))
    messages.success(request, f"Handed over: {one.owner} is told that it waits to be cleared.")
    return redirect(one)


@require_POST
def take_back(request: Request, key: str) -> HttpResponse:
    one = services.take_back(request.actor, report=_report(request, key))
    messages.success(request, "It is back with you, and can be changed.")
    return redirect(one)


@require_http_methods(EITHER)
def clear(request: Request, key: str) -> HttpResponse:
    """The owner of the figures lets it go, or sends it back."""
    one, actor = _report(request, key), request.actor
    policies.may_clear(actor, one, wrote=queries.wrote(actor, one)).enforce()
    form = ClearForm(request.POST or None)

    def act() -> None:
        words = form.cleaned_data["words"]
        if form.cleaned_data["decision"] == CLEAR:
            services.clear(actor, report=one, words=words)
        else:
            services.send_back(actor, report=one, words=words)

    if done(form, act):
        cleared = form.cleaned_data["decision"] == CLEAR
        messages.success(request, "Cleared." if cleared else "Sent back.")
        return redirect(one)
    return render(request, "crime_reports/step.html", {"one": one, "form": form, "verb": "Save"})


@require_http_methods(EITHER)
def issue(request: Request, key: str) -> HttpResponse:
    """Show it to all who read the body's papers, and put it to a meeting."""
    one, actor = _report(request, key), request.actor
    printed = queries.prints_of(actor, one).exists()
    policies.may_issue(actor, one, printed=printed).enforce()
    form = IssueForm(request.POST or None, meetings=queries.meetings_to_come(actor, one.body))

    def act() -> None:
        services.issue(actor, report=one, **form.cleaned_data)

    if request.method == "POST" and done(form, act):
        messages.success(request, f"Issued: all who read the papers of {one.body} can read it.")
        return redirect(one)
    return render(request, "crime_reports/step.html", {"one": one, "form": form, "verb": "Issue"})


@require_POST
def stop(request: Request, key: str) -> HttpResponse:
    one = services.stop(request.actor, report=_report(request, key))
    messages.success(request, "Stopped. It stays with those who worked on it.")
    return redirect(one)


@require_POST
def correct(request: Request, key: str) -> HttpResponse:
    """Begin the report that takes the place of an issued one, with the figures as they are now."""
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415 - DuckDB: who asks pays
    from concerted.crime_reports.computing import computed_anew  # noqa: PLC0415 - as above

    one, actor = _report(request, key), request.actor
    policies.may_follow(actor, one, followed=queries.followed(actor, one)).enforce()
    try:
        new = computed_anew(one)
    except Refused as refused:
        raise NotAllowed(str(refused)) from None
    made = services.prepare(
        actor, body=one.body, owner=one.owner, title=one.title, new=new, follows=one
    )
    messages.success(request, "A new version is begun. The issued one stays until it is issued.")
    return redirect(made)


@require_safe
def take_pdf(request: Request, key: str) -> HttpResponse:
    return _file(request, key, standing.Form.PDF)


@require_safe
def take_xlsx(request: Request, key: str) -> HttpResponse:
    return _file(request, key, standing.Form.XLSX)


def _file(request: Request, key: str, form: standing.Form) -> HttpResponse:
    one = _report(request, key)
    found = services.take(request.actor, report=one, form=form)
    response = HttpResponse(bytes(found.content), content_type=MEDIA_TYPES[form])
    name = slugify(one.title) or "crime-report"
    response["Content-Disposition"] = f'attachment; filename="{name}.{form.value}"'
    return response
