"""The addresses of calls; a key is that of a meeting, paper, presentation, call or comment."""

from django.urls import path

from concerted.paper_calls import comment_views, views

app_name = "paper_calls"
urlpatterns = [
    path("meetings/<str:key>/", views.of_meeting, name="of_meeting"),
    path("meetings/<str:key>/ask/", views.ask, name="ask"),
    path("meetings/<str:key>/chase/", views.chase_all, name="chase_all"),
    path("papers/<str:key>/comments/", comment_views.of_paper, name="comments"),
    path("papers/<str:key>/comments/ask/", comment_views.ask, name="ask_for_comments"),
    path("papers/<str:key>/put/", views.put, name="put"),
    path("papers/<str:key>/withdraw/", views.withdraw_paper, name="withdraw_paper"),
    path("presentations/<str:key>/", views.minuted, name="minuted"),
    path("comments/<str:key>/", comment_views.comment, name="comment"),
    path("comments/<str:key>/mail/", comment_views.comment_mail, name="comment_mail"),
    path("comments/<str:key>/answer/", comment_views.answer, name="answer"),
    path("deliveries/<str:key>/send-back/", views.send_back, name="send_back"),
    path("deliveries/<str:key>/approve/", views.approve, name="approve"),
    path("deliveries/<str:key>/publish/", views.publish, name="publish"),
    path("<str:key>/", views.call, name="call"),
    path("<str:key>/deliver/", views.deliver, name="deliver"),
    path("<str:key>/chase/", views.chase, name="chase"),
    path("<str:key>/withdraw/", views.withdraw, name="withdraw"),
]
