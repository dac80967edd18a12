"""The addresses of this package."""

app_name = "jobs"
urlpatterns: list = []
