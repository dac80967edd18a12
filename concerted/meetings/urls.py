"""The addresses of this package."""

app_name = "meetings"
urlpatterns: list = []
