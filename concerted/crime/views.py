"""The report of an area, and one question about recorded crime: words, charts and numbers.

Whoever holds a seat or a post reads counts of what the police publish. What was asked stands in the
address, so that a link keeps the question.
"""

import csv
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from concerted.access.http import Request
from concerted.access.roles import Permission
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.charts.intervals import interval_head
from concerted.crime import policies, services
from concerted.crime.forms import HandOverForm
from concerted.crime.opened import lake, outlines, residents
from concerted.jobs.public import Job
from concerted.kernel.clock import now
from concerted.ui.submitted import done


@require_safe
def report(request: Request) -> HttpResponse:
    """What every meeting opens with: what changed, how sure one can be, and where."""
    from concerted.crime import drawn, shown  # noqa: PLC0415 - scipy and DuckDB: who asks pays

    asked = shown.reported(lake(), request.GET, residents())
    found = asked.report
    context: dict[str, Any] = {
        "asked": asked,
        "form": asked.form,
        "report": found,
        "may_bring_in": policies.may_bring_in(request.actor),
        "may_prepare": request.actor.holds(Permission.CRIME_REPORT_PREPARE),
    }
    if found:
        context |= drawn.report_context(found, outlines()) | {"interval_head": interval_head()}
    return render(request, "crime/report.html", context)


@require_safe
def report_csv(request: Request) -> HttpResponse:
    """The numbers of a report, with what they rest on; the trail keeps who took them."""
    from concerted.crime import shown  # noqa: PLC0415 - as above

    asked = shown.reported(lake(), request.GET, residents())
    if asked.report is None:
        return _told_on("crime:report", request)
    return _spreadsheet(request, "report", shown.report_lines(asked.report))


@require_safe
def explore(request: Request) -> HttpResponse:
    """One measure, and the same asked in other ways."""
    from concerted.crime import drawn, shown  # noqa: PLC0415 - as above

    asked = shown.asked(lake(), request.GET)
    context: dict[str, Any] = {"asked": asked, "form": asked.form, "answer": asked.answer}
    context["may_bring_in"] = policies.may_bring_in(request.actor)
    if asked.answer:
        context |= {
            "rows": drawn.rows(asked.answer),
            "chart": drawn.chart(asked.answer),
            "cautions": drawn.cautions_of(asked.answer),
            "gathered": asked.gathered,
            "outcomes": asked.outcomes,
            **drawn.beside(asked.answer.question, asked.gathered, asked.outcomes),
            "interval_head": interval_head(),
        }
    return render(request, "crime/explore.html", context)


@require_safe
def explore_csv(request: Request) -> HttpResponse:
    """The numbers of an answer; the trail keeps who took them."""
    from concerted.crime import shown  # noqa: PLC0415 - as above

    asked = shown.asked(lake(), request.GET)
    if asked.answer is None:
        return _told_on("crime:explore", request)
    return _spreadsheet(request, "figures", shown.as_lines(asked.answer))


@require_safe
def other_sources(request: Request) -> HttpResponse:
    """Tables of a force's extracts, of the Home Office and of hospitals, for who brings them in."""
    from concerted.crime import drawn, shown  # noqa: PLC0415 - as above

    policies.may_bring_in(request.actor).enforce()
    asked = shown.of_other_sources(lake(), request.GET)
    context: dict[str, Any] = {"form": asked.form, "refused": asked.refused, "tables": []}
    if asked.found:
        context |= drawn.other_sources(asked.found) | {"interval_head": interval_head()}
    return render(request, "crime/other_sources.html", context)


@require_safe
def snapshots(request: Request) -> HttpResponse:
    """What was brought in, the newest first, and which of it still answers."""
    from concerted.crime import held  # noqa: PLC0415 - as above

    may_bring_in = policies.may_bring_in(request.actor)
    found = held.all_of(lake(), not_public=bool(may_bring_in))
    context = {"snapshots": found, "may_bring_in": may_bring_in}
    return render(request, "crime/snapshots.html", context)


@require_safe
def snapshot(request: Request, number: int) -> HttpResponse:
    """What one snapshot holds, what of the files was not taken, and why."""
    from concerted.crime import held  # noqa: PLC0415 - as above

    not_public = bool(policies.may_bring_in(request.actor))
    found = held.one_of(lake(), number, not_public=not_public)
    if found is None:
        raise Http404
    return render(request, "crime/snapshot.html", {"one": found})


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: Request) -> HttpResponse:
    """Hand over files of figures; a worker brings them in, and the next page says how far it is."""
    policies.may_bring_in(request.actor).enforce()
    form = HandOverForm(request.POST or None, request.FILES or None)
    if too_large := getattr(request, "too_large", ""):
        form = HandOverForm(request.POST)
        form.is_valid()
        form.errors.clear()
        form.add_error("files", too_large)
    else:
        begun: list[Job] = []

        def act() -> None:
            files = [(one.name, one) for one in form.cleaned_data["files"]]
            begun.append(services.hand_over(request.actor, wanted=form.wanted, files=files))

        if done(form, act):
            return redirect(begun[0])
    return render(request, "crime/bring_in.html", {"form": form})


def _told_on(page: str, request: Request) -> HttpResponse:
    """To the page that says what is wrong with the question."""
    return redirect(f"{reverse(page)}?{request.GET.urlencode()}")


def _spreadsheet(request: Request, name: str, lines: Iterable[list[object]]) -> HttpResponse:
    trail.add(
        request.actor,
        "figures.exported",
        kind="crime.figures",
        reference=request.reference,
        verb=Verb.DISCLOSE,
    )
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    out = csv.writer(response)
    out.writerow([f"Taken by {request.actor.name}, {now():%d %B %Y %H:%M} UTC. OFFICIAL"])
    out.writerows(lines)
    return response
