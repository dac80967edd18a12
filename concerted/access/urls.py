"""The addresses of this package."""

urlpatterns: list = []
