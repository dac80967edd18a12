"""Files leave only through here, to whoever may see them."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from concerted.access.http import Request
from concerted.documents import queries, services


@require_safe
def download(request: Request, key: str) -> FileResponse:
    """The bytes as received, to be saved, never shown by the browser as a page of ours."""
    version = get_object_or_404(queries.versions_visible_to(request.actor), key=key)
    kept = services.open_bytes(version)
    services.consulted(request.actor, version=version)
    return FileResponse(
        kept,
        as_attachment=True,
        filename=version.name,
        content_type="application/octet-stream",
    )
