"""How a series is said: how often, which weekday of the month, and what to do on a closed day."""

from django.db import models


class How(models.TextChoices):
    WEEKS = "weeks", "Every so many weeks"
    MONTHS = "months", "On a weekday of the month, such as the second Tuesday"
    DATES = "dates", "On days that I name"
    DAILY = "daily", "From day to day, without weekends"


class Nth(models.TextChoices):
    """Which of the weekdays of a month; stored as a number, from the end if below nought."""

    FIRST = "1", "First"
    SECOND = "2", "Second"
    THIRD = "3", "Third"
    FOURTH = "4", "Fourth"
    LAST = "-1", "Last"


class Closed(models.TextChoices):
    """What becomes of a meeting that would fall on a bank holiday or in a closed week."""

    MOVE = "move", "Move it to the next working day"
    LEAVE_OUT = "leave_out", "Leave it out"
