"""The addresses of packs; a key is of the meeting, of a part (`files`) or a paper (`notes`)."""

from django.urls import path

from concerted.packs import views

app_name = "packs"
urlpatterns = [
    path("files/<str:key>/", views.take, name="take"),
    path("files/<str:key>/large/", views.take_large, name="take_large"),
    path("notes/<str:key>/", views.note, name="note"),
    path("<str:key>/", views.detail, name="detail"),
    path("<str:key>/build/", views.build, name="build"),
    path("<str:key>/seen/", views.seen, name="seen"),
    path("<str:key>/page/", views.page, name="page"),
    path("<str:key>/attendance-sheet/", views.attendance_sheet, name="attendance_sheet"),
    path("<str:key>/actions/", views.actions, name="actions"),
    path("<str:key>/actions/print/", views.action_list, name="action_list"),
    path("<str:key>/part/<str:mark>/", views.section, name="section"),
]
