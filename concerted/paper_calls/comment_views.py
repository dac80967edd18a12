"""Comments on a paper: who is asked, what they say, what the author answers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from concerted.access.http import Request
from concerted.kernel.clock import today
from concerted.paper_calls import policies, queries, services
from concerted.paper_calls.forms import (
    LONGEST,
    AnswerForm,
    AskForCommentsForm,
    CommentForm,
    EnterForm,
)
from concerted.paper_calls.models import Comment, CommentCall
from concerted.paper_calls.pages import EITHER, form_page, given, paper_of
from concerted.paper_calls.services import Addressee, Said
from concerted.paper_calls.states import Source
from concerted.papers.public import Paper
from concerted.people.public import bodies_visible_to
from concerted.reading.files import NotReadable
from concerted.reading.sandbox import read_letter
from concerted.ui.forms import MailForm


def _page_of(paper: Paper) -> str:
    return reverse("paper_calls:comments", args=[paper.key])


@require_safe
def of_paper(request: Request, key: str) -> HttpResponse:
    """Who is asked for comments on a paper, and what came."""
    paper = paper_of(request, key)
    actor = request.actor
    asked = queries.comments_on(actor, paper)
    context = {
        "paper": paper,
        "asked": asked,
        "day": today(),
        "may_ask": policies.may_call_for_comments(actor, paper),
        "may_comment": {
            one.call.key: policies.may_comment(actor, one.call, today=today()) for one in asked
        },
        "may_answer": {
            each.key: policies.may_answer(actor, each) for one in asked for each in one.comments
        },
    }
    return render(request, "paper_calls/comments.html", context)


@require_http_methods(EITHER)
def ask(request: Request, key: str) -> HttpResponse:
    paper = paper_of(request, key)
    policies.may_call_for_comments(request.actor, paper).enforce()
    organisations, posts, _ = queries.owners(request.actor)
    form = AskForCommentsForm(
        given(request),
        bodies=bodies_visible_to(request.actor),
        organisations=organisations,
        posts=posts,
    )

    def act() -> str:
        said = form.cleaned_data
        of = [
            *(Addressee(body=one) for one in said["bodies"]),
            *([Addressee(organisation=said["organisation"])] if said["organisation"] else []),
            *([Addressee(post=said["post"])] if said["post"] else []),
            *(Addressee(mailbox=one) for one in said["mailboxes"]),
        ]
        services.call_for_comments(
            request.actor, paper=paper, of=of, until=said["until"], wanted=said["wanted"]
        )
        return "Asked for comments."

    return form_page(
        request,
        form,
        act,
        title="Ask for comments",
        about=paper.title,
        body=paper.body,
        back=_page_of(paper),
        button="Ask for them",
        hints=[
            "Only who may see this paper reads the call and the comments.",
            "A call to a whole body waits in the outbox.",
        ],
    )


@require_http_methods(EITHER)
def comment(request: Request, key: str) -> HttpResponse:
    """Comment oneself; the office also puts down what came by e-mail."""
    one: CommentCall = get_object_or_404(queries.comment_calls_visible_to(request.actor), key=key)
    policies.may_comment(request.actor, one, today=today()).enforce()
    enters = bool(policies.may_enter(request.actor, one))
    initial = {"source": Source.MAIL if one.mailbox else Source.HERE, "whose": one.mailbox or ""}
    form = EnterForm(given(request), initial=initial) if enters else CommentForm(given(request))
    return _comment(request, one, form, enters=enters)


def _comment(
    request: Request, one: CommentCall, form: CommentForm, *, enters: bool, from_mail: bool = False
) -> HttpResponse:
    def act() -> str:
        said = form.cleaned_data
        comment = Said(
            said["text"],
            said.get("whose", ""),
            said.get("source", Source.HERE),
            said.get("came_on"),
        )
        services.comment(request.actor, call=one, said=comment)
        return "The comment is kept."

    read = "This is what the e-mail says. Read it and say whose it is; nothing is kept yet."
    return form_page(
        request,
        form,
        act,
        title="Put down a comment" if enters else "Comment on this paper",
        about=one.paper.title,
        body=one.paper.body,
        back=_page_of(one.paper),
        button="Keep the comment",
        hints=[
            *([read] if from_mail else []),
            "Who may see this paper reads it, with the name of who wrote it.",
        ],
        to=reverse("paper_calls:comment", args=[one.key]),
    )


@require_http_methods(EITHER)
def comment_mail(request: Request, key: str) -> HttpResponse:
    """An e-mail becomes a comment to be put down, which the office reads before it is kept."""
    one: CommentCall = get_object_or_404(queries.comment_calls_visible_to(request.actor), key=key)
    policies.may_comment(request.actor, one, today=today()).enforce()
    policies.may_enter(request.actor, one).enforce()
    form = MailForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            letter = read_letter(file.read(), file.name or "message.eml")
        except NotReadable as refusal:
            form.add_error("file", str(refusal))
        else:
            initial = {
                "text": letter.words[:LONGEST],
                "source": Source.MAIL,
                "whose": one.mailbox,
                "came_on": letter.sent,
            }
            asked = EnterForm(initial=initial)
            return _comment(request, one, asked, enters=True, from_mail=True)
    return form_page(
        request,
        form,
        str,
        title="Take a comment from an e-mail",
        about=one.paper.title,
        body=one.paper.body,
        back=_page_of(one.paper),
        button="Read the e-mail",
        hints=["Its words become the comment, for you to read. The e-mail itself is not kept."],
    )


@require_http_methods(EITHER)
def answer(request: Request, key: str) -> HttpResponse:
    one: Comment = get_object_or_404(queries.comments_visible_to(request.actor), key=key)
    policies.may_answer(request.actor, one).enforce()
    form = AnswerForm(given(request))

    def act() -> str:
        services.answer(request.actor, comment=one, text=form.cleaned_data["text"])
        return "Answered."

    return form_page(
        request,
        form,
        act,
        title="Answer a comment",
        about=one.call.paper.title,
        body=one.call.paper.body,
        back=_page_of(one.call.paper),
        button="Answer it",
        hints=[one.text],
    )
