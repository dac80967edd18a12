"""The request as views see it."""

from django.http import HttpRequest

from concerted.access.actor import Actor


class Request(HttpRequest):
    """A request after ActorMiddleware has seen it. Annotate views with this."""

    actor: Actor
    reference: str
