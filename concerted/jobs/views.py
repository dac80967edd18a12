"""The page of a long piece of work: how far, how long, may I leave?"""

import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from concerted.access.http import Request
from concerted.jobs import policies, queries, services
from concerted.jobs.states import ENDED
from concerted.kernel.clock import now

SILENT = datetime.timedelta(seconds=60)


@require_safe
def progress(request: Request, key: str) -> HttpResponse:
    """The whole page, or with `?part` the block that moves."""
    job = get_object_or_404(queries.visible_to(request.actor), key=key)
    share = round(100 * job.done / job.total) if job.total else 0
    left = ""
    began = job.run_at or job.started_at
    if began and job.done > job.run_done and job.state == "running":
        each = (now() - began).total_seconds() / (job.done - job.run_done)
        left = in_words(each * (job.total - job.done))
    route, _, argument = job.leads_to.partition(" ")
    context = {
        "job": job,
        "share": share,
        "left": left,
        "ended": job.state in ENDED,
        "leads_to": reverse(route, args=[argument] if argument else []) if route else "",
        "may_cancel": policies.may_cancel(request.actor, job),
        "may_pause": policies.may_pause(request.actor, job),
        "may_resume": policies.may_resume(request.actor, job),
        "as_at": now(),
        "silent": job.state == "running" and bool(job.beat_at and now() - job.beat_at > SILENT),
    }
    template = "jobs/moving.html" if "part" in request.GET else "jobs/progress.html"
    return render(request, template, context)


def in_words(seconds: float) -> str:
    if seconds < 60:
        return "less than a minute"
    minutes = round(seconds / 60)
    return f"about {minutes} minute{'s' if minutes > 1 else ''}"


@require_POST
def cancel(request: Request, key: str) -> HttpResponse:
    job = get_object_or_404(queries.visible_to(request.actor), key=key)
    services.cancel(request.actor, job=job)
    return redirect(job)


@require_POST
def pause(request: Request, key: str) -> HttpResponse:
    job = get_object_or_404(queries.visible_to(request.actor), key=key)
    services.pause(request.actor, job=job)
    return redirect(job)


@require_POST
def resume(request: Request, key: str) -> HttpResponse:
    job = get_object_or_404(queries.visible_to(request.actor), key=key)
    services.resume(request.actor, job=job)
    return redirect(job)
