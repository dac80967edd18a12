"""The shape of what people hand in about accounts; whether it may be done, the policy says."""

from typing import Any

from django import forms

from concerted.access.actor import Actor
from concerted.access.models import Directory
from concerted.people import account_queries, queries
from concerted.people.account_queries import ToConfirm
from concerted.people.forms import KeyChoice, PageForm
from concerted.people.models import Organisation


def subject_field() -> forms.CharField:
    return forms.CharField(
        label="How the directory knows them, if you know it",
        help_text="Its administrator can tell: the “subject”, often a long number, never an e-mail "
        "address. Then nobody else can use the link.",
        max_length=255,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


def in_their_own(directory: Directory) -> str:
    """A directory as a way to sign in."""
    return f"They sign in with {directory.label}’s own directory"


class InviteForm(PageForm):
    title = "Invite somebody"
    purpose = (
        "They get a link by e-mail, choose a password and set up a second step. What they see "
        "rests on their posts and seats alone."
    )
    button = "Send the invitation"

    person = KeyChoice(label="Who?")
    address = forms.EmailField(
        label="E-mail address at work",
        help_text="Their own, not a shared mailbox: nobody shares an account.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    directory = KeyChoice(
        label="How do they sign in?",
        help_text="A directory knows the people of its own organisation alone.",
        required=False,
        empty_label="They choose a password and set up a second step",
    )
    subject = subject_field()

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(person=account_queries.people_to_invite(actor))
        words = queries.people_in_words(actor)
        field: Any = self.fields["person"]
        field.label_from_instance = lambda person: words[person.pk]
        there = account_queries.directories_seen(actor)
        if not there:
            del self.fields["directory"], self.fields["subject"]
            return
        self.offer(directory=there)
        field = self.fields["directory"]
        field.label_from_instance = in_their_own

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if facts.get("subject") and not facts.get("directory"):
            self.add_error("directory", "Choose the directory that knows them by this.")
        return facts


class ThroughForm(PageForm):
    title = "Offer another way to sign in"
    purpose = (
        "They get a link by e-mail, follow it, and sign in at their organisation's directory. Who "
        "they are there is written down once, and from then on they come in that way."
    )
    button = "Send the link"

    subject = subject_field()


class TakeAwayForm(PageForm):
    title = "Take this way in away"
    purpose = "They come in through this directory no more. Their posts and seats stay."
    button = "Take it away"


class ComeInForm(PageForm):
    title = "Come in"
    purpose = "Your organisation’s directory has said who you are. That is written down once."
    button = "Come in"


class PasswordForm(PageForm):
    title = "Choose your password"
    purpose = "After this you set up a second step, and then you are in."
    button = "Save and go on"

    password = forms.CharField(
        label="Password",
        help_text="12 characters or more. Three words that do not belong together are good, and "
        "so is what a password manager makes: you can paste it.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NewPasswordForm(PasswordForm):
    title = "Choose a new password"
    purpose = "Your old second step ends with this, and you set up a new one."


class LostForm(PageForm):
    title = "I have lost my password and my second step"
    purpose = (
        "Two people of your partnership make sure that it is you: by telephone or in person, "
        "never by e-mail. Then you get a link."
    )
    button = "Ask to be let in again"

    email = forms.EmailField(
        label="E-mail address",
        help_text="The address at work that you sign in with",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )


class VouchForm(PageForm):
    title = "Say that you know who asks"
    purpose = (
        "Somebody lost both password and second step. When two of you have said that it is them, "
        "a link goes to their address, and with it they set up both anew."
    )
    button = "Yes, it is them"

    sure = forms.BooleanField(
        label="I have spoken with them in person, or rung a number that I knew before",
        error_messages={"required": "Speak with them first, then tick this."},
    )


class CloseForm(PageForm):
    title = "Close this account"
    purpose = "Nobody can sign in with it any more. The person, posts and seats stay as they are."
    button = "Close account"


class StopForm(PageForm):
    title = "Stop the access of this organisation"
    purpose = (
        "For an organisation that has left, or that has to wait. Nobody gets in by its posts and "
        "seats until you let it in again; the posts and seats themselves stay."
    )
    button = "Stop access now"


class ConfirmerForm(PageForm):
    title = "Say who confirms for this organisation"
    purpose = (
        "Each quarter they say who still holds its posts and seats. With nobody named, whoever "
        "sits in its seats does."
    )
    button = "Save"

    person = KeyChoice(label="Who?", required=False, empty_label="Whoever sits in its seats")

    def __init__(self, actor: Actor, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = account_queries.people_with_account(actor)
        self.offer(person=people)
        self.initial["person"] = people.filter(pk=organisation.confirmer_id or 0).first()


class ConfirmAppointmentsForm(PageForm):
    title = "Confirm appointments"
    purpose = (
        "Each quarter, somebody from each organisation says who still holds its posts and seats. "
        "What nobody confirms ends 14 days after the quarter."
    )
    button = "Confirm those that I ticked"

    appointments = forms.MultipleChoiceField(
        label="Who is still right?",
        help_text="Leave out whoever has left: what you do not tick is not confirmed.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick whoever is still right."},
    )

    def __init__(self, lines: list[ToConfirm], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {line.appointment.key: line for line in lines if line.waits}
        field: Any = self.fields["appointments"]
        field.choices = [(key, in_words(line)) for key, line in self.lines.items()]

    def clean(self) -> dict[str, Any]:
        """The appointments themselves."""
        facts = super().clean()
        chosen = facts.get("appointments", [])
        return {"appointments": [self.lines[key].appointment for key in chosen]}


def in_words(line: ToConfirm) -> str:
    """An appointment with all that tells whether it is right, its address to sign in included."""
    one = line.appointment
    holds = one.post.title if one.post else f"seat on {one.seat.body}" if one.seat else ""
    account = one.person.account
    signs_in = f", signs in as {account.email}" if account else ", has no account"
    return f"{one.person.name}: {holds}, {line.organisation}{signs_in}"
