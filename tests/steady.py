"""Pages compared: without what is new in each answer whatever there is to see."""

import re

# A form's token, and how long the visit still has, in seconds and by the clock.
NEW = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|session="\d+"|out at [\d:]+[ap]m')


def steady(response) -> str:
    return NEW.sub("", response.content.decode())
