"""How a request can stand, what is noted of it, and how a finding is decided."""

from django.db import models

_ACT = "Data Protection Act 2018, "


class RequestState(models.TextChoices):
    RECEIVED = "received", "Received"
    IDENTIFIED = "identified", "Identity established"
    DRAFTED = "drafted", "Drafted"
    RELEASED = "released", "Released"
    ERASED = "erased", "Erasure carried out"
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
        {
            RequestState.RELEASED,
            RequestState.ERASED,
            RequestState.REFUSED,
            RequestState.WITHDRAWN,
        }
    ),
    RequestState.RELEASED: frozenset(),
    RequestState.ERASED: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}

ENDED = frozenset(
    {
        RequestState.RELEASED,
        RequestState.ERASED,
        RequestState.REFUSED,
        RequestState.WITHDRAWN,
    }
)


class Right(models.TextChoices):
    """What somebody asks for."""

    ACCESS = "access", "To be told what is held of them"
    ERASURE = "erasure", "To have what is held of them erased"


class Regime(models.TextChoices):
    """Under which law the answer is given."""

    GENERAL = "general", "UK GDPR, Article 15"
    LAW_ENFORCEMENT = "law_enforcement", "Data Protection Act 2018, section 45 (law enforcement)"


class AskedBy(models.TextChoices):
    SELF = "self", "The person themselves"
    FOR_THEM = "for_them", "Somebody with authority to act for them"
    PARENT = "parent", "A parent or guardian, for a child"


class ErasureGround(models.TextChoices):
    """Why it shall be erased: Article 17(1) UK GDPR, or section 47(1) of the Act of 2018."""

    NO_LONGER_NEEDED = "no_longer", "Article 17(1)(a): it is no longer needed for what it was for"
    CONSENT = "consent", "Article 17(1)(b): they withdrew their consent, and nothing else allows it"
    OBJECTS = "objects", "Article 17(1)(c): they object, and nothing outweighs that"
    UNLAWFUL = "unlawful", "Article 17(1)(d): it was processed unlawfully"
    OBLIGATION = "obligation", "Article 17(1)(e): a law obliges to erase it"
    CHILD = "child", "Article 17(1)(f): it was collected from a child by an online service"
    PART_3_PRINCIPLES = "principles", f"{_ACT}section 47(1)(a): to hold it breaks the Act"
    PART_3_OBLIGATION = "act_obliged", f"{_ACT}section 47(1)(b): a law obliges to erase it"


class StepKind(models.TextChoices):
    """What is noted of a request; each is a record of its own."""

    IDENTITY = "identity", "Identity established"
    CLARIFY = "clarify", "Clarification asked for"
    ANSWERED = "answered", "Clarification answered"
    EXTEND = "extend", "Extended by two months"
    DRAFTED = "drafted", "Drafted"
    RELEASED = "released", "Released"
    PROPOSED = "proposed", "Put to a second person"
    RETURNED = "returned", "Sent back by a second person"
    APPROVED = "approved", "Approved by a second person"
    ERASED = "erased", "Erasure carried out"
    REFUSE = "refuse", "Refused"
    WITHDRAW = "withdraw", "Withdrawn"


# Where a step takes a request; the others leave it where it is.
LEADS_TO: dict[str, RequestState] = {
    StepKind.IDENTITY: RequestState.IDENTIFIED,
    StepKind.DRAFTED: RequestState.DRAFTED,
    StepKind.RELEASED: RequestState.RELEASED,
    StepKind.ERASED: RequestState.ERASED,
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
    FILE = "file", "One of the names stands in the file"
    BY_HAND = "by_hand", "The file could not be read, or not all of it: look at it by hand"


class Decided(models.TextChoices):
    DISCLOSE = "disclose", "Disclose"
    REDACT = "redact", "Disclose, with words taken out"
    WITHHOLD = "withhold", "Withhold"
    NOTHING = "nothing", "Looked at by hand: nothing of them stands there"
    COPY = "copy", "Disclose, with a copy of the whole file"


# What can be decided of a finding, by why it was found.
DECISIONS: dict[str, tuple[Decided, ...]] = {
    Why.LINK: (Decided.DISCLOSE, Decided.REDACT, Decided.WITHHOLD),
    Why.NAME: (Decided.DISCLOSE, Decided.REDACT, Decided.WITHHOLD),
    Why.FILE: (Decided.DISCLOSE, Decided.REDACT, Decided.COPY, Decided.WITHHOLD),
    Why.BY_HAND: (
        Decided.NOTHING,
        Decided.DISCLOSE,
        Decided.REDACT,
        Decided.COPY,
        Decided.WITHHOLD,
    ),
}


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


PART_3_GROUNDS = frozenset({ErasureGround.PART_3_PRINCIPLES, ErasureGround.PART_3_OBLIGATION})
PART_3 = frozenset(
    {
        Exemption.INQUIRY,
        Exemption.DETECTION,
        Exemption.PUBLIC_SECURITY,
        Exemption.NATIONAL_SECURITY,
        Exemption.RIGHTS,
    }
)
