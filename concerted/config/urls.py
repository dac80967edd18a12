"""The addresses of the members' door: one line a package."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("concerted.desk.urls")),
    path("", include("concerted.ui.urls")),
    path("sign-in/", include("concerted.access.urls")),
    path("people/", include("concerted.people.urls")),
    path("requests/", include("concerted.subject_access.urls")),
    path("erasure/", include("concerted.erasure.urls")),
    path("jobs/", include("concerted.jobs.urls")),
    path("files/", include("concerted.documents.urls")),
    path("restrictions/", include("concerted.restrictions.urls")),
    path("actions/", include("concerted.actions.urls")),
    path("papers/", include("concerted.papers.urls")),
    path("crime/reports/", include("concerted.crime_reports.urls")),
    path("crime/", include("concerted.crime.urls")),
    path("interests/", include("concerted.interests.urls")),
    path("forward-plan/", include("concerted.forward_plan.urls")),
    path("item-requests/", include("concerted.raising.urls")),
    path("reports-back/", include("concerted.reports_back.urls")),
    path("packs/", include("concerted.packs.urls")),
    path("matters-arising/", include("concerted.arising.urls")),
    path("briefs/", include("concerted.briefs.urls")),
    path("paper-calls/", include("concerted.paper_calls.urls")),
    path("series/", include("concerted.series.urls")),
    path("attending/", include("concerted.attending.urls")),
    path("mail/", include("concerted.notifying.urls")),
    path("edition/", include("concerted.editions.urls")),
    path("search/", include("concerted.search.urls")),
    path("retention/", include("concerted.retention.urls")),
    path("agendas/", include("concerted.agendas.urls")),
    path("minutes/", include("concerted.minuting.urls")),
    path("word/", include("concerted.word_files.urls")),
    path("meetings/imports/", include("concerted.imports.urls")),
    path("meetings/", include("concerted.meetings.urls")),
]

handler400 = "concerted.ui.errors.bad_request"
handler403 = "concerted.ui.errors.forbidden"
handler404 = "concerted.ui.errors.not_found"
handler500 = "concerted.ui.errors.server_error"

if settings.GALLERY:
    urlpatterns += []
