"""Pages that anybody may read: words, help, accessibility, privacy."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concerted.ui import glossary


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "ui/accessibility.html")


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show where to find help."""
    return render(request, "ui/help.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept about the people who use Concerted."""
    return render(request, "ui/privacy.html")


@login_not_required
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Show the glossary."""
    terms = sorted(glossary.TERMS.items(), key=lambda item: item[0].lower())
    return render(request, "ui/words.html", {"terms": terms})
