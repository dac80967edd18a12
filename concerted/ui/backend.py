"""Django's Jinja2 back end, pointed at the templates of our own packages."""

from functools import cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.template.backends.jinja2 import Jinja2


class Templates(Jinja2):
    """Reads ``concerted/<package>/templates``, and no other installed app's templates.

    Other apps (allauth, the admin) ship templates in Django's own language. Were they in our
    search path, Jinja2 would find them first and fail on them; so a Django back end stands
    after this one in the settings and takes them.
    """

    app_dirname = "templates"

    def __init__(self, params: dict[str, Any]) -> None:
        params = params.copy()
        options = params["OPTIONS"].copy()
        options.setdefault("environment", "concerted.ui.jinja.environment")
        params["OPTIONS"] = options
        super().__init__(params)

    @cached_property
    def template_dirs(self) -> tuple[Path | str, ...]:  # type: ignore[override]
        """The directories named in the settings, then those of our packages."""
        named = tuple(self.dirs)
        if not self.app_dirs:
            return named
        ours = (
            Path(config.path) / self.app_dirname
            for config in apps.get_app_configs()
            if config.name.split(".")[0] == "concerted"
        )
        return named + tuple(folder for folder in ours if folder.is_dir())
