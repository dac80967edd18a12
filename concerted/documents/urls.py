"""The addresses of this package."""

app_name = "documents"
urlpatterns: list = []
