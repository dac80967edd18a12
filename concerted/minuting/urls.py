"""The addresses of minutes; a key is that of the meeting, of a draft, or of an item."""

from django.urls import path

from concerted.minuting import views

app_name = "minuting"
urlpatterns = [
    path("drafts/<str:key>/save/", views.save, name="save"),
    path("drafts/<str:key>/actions/<int:place>/", views.action, name="action"),
    path("items/<str:key>/correct/", views.correct, name="correct"),
    path("<str:key>/", views.detail, name="detail"),
    path("<str:key>/begin/", views.begin, name="begin"),
    path("<str:key>/write/", views.write, name="write"),
    path("<str:key>/attendance/", views.attendance, name="attendance"),
    path("<str:key>/record/", views.record, name="record"),
    path("<str:key>/clear/", views.clear, name="clear"),
    path("<str:key>/send-back/", views.send_back, name="send_back"),
    path("<str:key>/unlock/", views.unlock, name="unlock"),
    path("<str:key>/circulate/", views.circulate, name="circulate"),
]
