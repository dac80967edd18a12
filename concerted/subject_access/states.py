"""How a request can stand, what is noted of it, and how a finding is decided."""

from django.db import models


class RequestState(models.TextChoices):
    RECEIVED = "received", "Received"
    IDENTIFIED = "identified", "Identity established"
    DRAFTED = "drafted", "Drafted"
    RELEASED = "released", "Released"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


NEXT: dict[str, frozenset[str]] = {
    RequestState.RECEIVED: frozenset(
        {RequestState.IDENTIFIED, RequestState.REFUSED, RequestState.WITHDRAWN}
    ),
    RequestState.IDENTIFIED: frozenset(
        {RequestState.DRAFTED, RequestState.REFUSED, RequestState.WITHDRAWN}
    ),
    RequestState.DRAFTED: frozenset(
        {RequestState.RELEASED, RequestState.REFUSED, RequestState.WITHDRAWN}
    ),
    RequestState.RELEASED: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}

ENDED = frozenset({RequestState.RELEASED, RequestState.REFUSED, RequestState.WITHDRAWN})


class Regime(models.TextChoices):
    """Under which law the answer is given."""

    GENERAL = "general", "UK GDPR, Article 15"
    LAW_ENFORCEMENT = "law_enforcement", "Data Protection Act 2018, section 45 (law enforcement)"


class StepKind(models.TextChoices):
    """What is noted of a request; each is a record of its own."""

    IDENTITY = "identity", "Identity established"
    CLARIFY = "clarify", "Clarification asked for"
    ANSWERED = "answered", "Clarification answered"
    EXTEND = "extend", "Extended by two months"
    DRAFTED = "drafted", "Drafted"
    RELEASED = "released", "Released"
    REFUSE = "refuse", "Refused"
    WITHDRAW = "withdraw", "Withdrawn"


# Where a step takes a request; the others leave it where it is.
LEADS_TO: dict[str, RequestState] = {
    StepKind.IDENTITY: RequestState.IDENTIFIED,
    StepKind.DRAFTED: RequestState.DRAFTED,
    StepKind.RELEASED: RequestState.RELEASED,
    StepKind.REFUSE: RequestState.REFUSED,
    StepKind.WITHDRAW: RequestState.WITHDRAWN,
}


class Shown(models.TextChoices):
    """By what identity was established. The document itself is never kept."""

    KNOWN = "known", "No proof was needed: whoever asks is known to us"
    PASSPORT = "passport", "Passport"
    DRIVING = "driving", "Driving licence"
    CARD = "card", "Identity card of their organisation"
    LETTERS = "letters", "Letters with their name and address"
    AUTHORITY = "authority", "Written authority to act for them, and proof of who acts"


class Unfit(models.TextChoices):
    """Why a request may be refused altogether."""

    UNFOUNDED = "unfounded", "It is manifestly unfounded"
    EXCESSIVE = "excessive", "It is manifestly excessive"


class Why(models.TextChoices):
    """Why something was found."""

    LINK = "link", "The record names this person or their account"
    NAME = "name", "One of the names stands in the text"


class Decided(models.TextChoices):
    DISCLOSE = "disclose", "Disclose"
    REDACT = "redact", "Disclose, with words taken out"
    WITHHOLD = "withhold", "Withhold"


_ACT = "Data Protection Act 2018, "


class Exemption(models.TextChoices):
    """The law under which something may be withheld from whoever it is about."""

    CRIME = "crime", f"{_ACT}Schedule 2, paragraph 2: crime and taxation"
    LEGAL = "legal", f"{_ACT}Schedule 2, paragraph 5: legal proceedings"
    REGULATORY = "regulatory", f"{_ACT}Schedule 2, paragraphs 7 to 12: regulatory functions"
    OTHERS = "others", f"{_ACT}Schedule 2, paragraph 16: data of another person"
    PRIVILEGE = "privilege", f"{_ACT}Schedule 2, paragraph 19: legal professional privilege"
    FORECASTS = "forecasts", f"{_ACT}Schedule 2, paragraph 22: management forecasts"
    NEGOTIATIONS = "negotiations", f"{_ACT}Schedule 2, paragraph 23: negotiations"
    REFERENCES = "references", f"{_ACT}Schedule 2, paragraph 24: confidential references"
    HEALTH = "health", f"{_ACT}Schedule 3, Part 2: health data, where it could do serious harm"
    SOCIAL_WORK = "social_work", f"{_ACT}Schedule 3, Part 3: social work data"
    CHILD_ABUSE = "child_abuse", f"{_ACT}Schedule 3, Part 5: child abuse data"
    BARRED = "barred", f"{_ACT}Schedule 4: disclosure that another law prohibits"
    INQUIRY = "inquiry", f"{_ACT}section 45(4)(a): an official or legal inquiry"
    DETECTION = "detection", f"{_ACT}section 45(4)(b): preventing or detecting crime"
    PUBLIC_SECURITY = "public_security", f"{_ACT}section 45(4)(c): public security"
    NATIONAL_SECURITY = "national_security", f"{_ACT}section 45(4)(d): national security"
    RIGHTS = "rights", f"{_ACT}section 45(4)(e): rights and freedoms of others"


PART_3 = frozenset(
    {
        Exemption.INQUIRY,
        Exemption.DETECTION,
        Exemption.PUBLIC_SECURITY,
        Exemption.NATIONAL_SECURITY,
        Exemption.RIGHTS,
    }
)
