"""A reference for every request, and a log that holds no query string, value or name."""

import logging
import time
from collections.abc import Callable

from django.http import HttpResponse

from concerted.access.http import Request
from concerted.kernel.keys import new_reference

log = logging.getLogger("concerted.requests")


class RequestLogMiddleware:
    """Logs route name, status, milliseconds and reference; the address itself is not written."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.reference = new_reference()
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "%s %s %s %.0fms %s",
            request.method,
            match.view_name if match else "no-route",
            response.status_code,
            (time.perf_counter() - began) * 1000,
            request.reference,
        )
        return response
