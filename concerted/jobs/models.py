"""One row for each long piece of work: the page of its progress reads nothing else."""

from django.db import models
from django.urls import reverse

from concerted.access.models import KeyField, Restricted
from concerted.jobs.states import JobState
from concerted.kernel.clock import now


class Job(Restricted):
    """How far a piece of work is. Its audience is the person who asked for it.

    `task` and `arguments` say which task of the worker does it: what is resumed is deferred again.
    `whole` work is done whole or not at all, so it cannot be paused.
    `run_at` and `run_done` are when the present run began, and how much was done then.
    """

    key = KeyField()
    account_id = models.BigIntegerField()
    title = models.CharField(max_length=160)
    unit = models.CharField(max_length=20, default="file")
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)
    task = models.CharField(max_length=80, blank=True)
    arguments = models.JSONField(default=dict)
    leads_to = models.CharField(max_length=200, blank=True)
    whole = models.BooleanField(default=False)
    cancel_asked = models.BooleanField(default=False)
    pause_asked = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=now)
    started_at = models.DateTimeField(null=True)
    run_at = models.DateTimeField(null=True)
    run_done = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("jobs:progress", args=[self.key])
