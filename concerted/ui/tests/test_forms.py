import pytest
from django import forms

from concerted.ui import gallery
from concerted.ui.forms import errors_of
from concerted.ui.gallery import ExampleForm
from concerted.ui.tests.page import Page


@pytest.fixture
def blank(secretary):
    return Page(gallery.page(secretary("/gallery/forms"), "forms").content.decode())


@pytest.fixture
def mistaken(secretary):
    return Page(gallery.page(secretary("/gallery/mistakes"), "mistakes").content.decode())


@pytest.mark.parametrize(
    ("name", "tag", "css"),
    [
        ("title", "input", "govuk-input"),
        ("text", "textarea", "govuk-textarea"),
        ("due", "input", "govuk-input--width-10"),
        ("starts", "input", "govuk-input--width-5"),
        ("owner", "select", "govuk-select"),
        ("sure", "input", "govuk-checkboxes__input"),
        ("paper", "input", "govuk-file-upload"),
        ("secret", "input", "govuk-password-input__input"),
    ],
)
def test_a_widget_becomes_a_govuk_component_with_its_label(blank, name, tag, css):
    element = blank.one(tag, name=name)
    assert css in element.classes
    assert blank.all("label", **{"for": element.attrs["id"]})


def test_choices_stand_in_a_fieldset_whose_legend_is_the_label(blank):
    radios = blank.all("input", type="radio", name="outcome")
    assert [radio.attrs["value"] for radio in radios] == ["noted", "agreed", "deferred"]
    assert radios[0].attrs["id"] == "id_outcome"
    assert any("Outcome" in legend.words for legend in blank.all("legend"))
    boxes = blank.all("input", type="checkbox", name="bodies")
    assert [box.attrs["value"] for box in boxes] == ["board", "fenside"]


def test_a_field_that_may_be_left_out_says_so(blank):
    labels = {label.attrs["for"]: label.words.strip() for label in blank.all("label")}
    assert labels["id_starts"] == "Starts at (optional)"
    assert labels["id_title"] == "Title"


def test_a_hint_is_read_with_its_field(blank):
    assert blank.one("input", name="due").attrs["aria-describedby"] == "id_due-hint"
    assert blank.one(id="id_due-hint").words.strip() == "For example, 16 June 2009"


def test_an_error_is_read_with_its_field_after_the_hint(mistaken):
    described = mistaken.one("input", name="due").attrs["aria-describedby"]
    assert described == "id_due-hint id_due-error"
    assert "There is no such day" in mistaken.one(id="id_due-error").words


def test_what_was_typed_stays_in_the_field(mistaken):
    assert mistaken.one("input", name="due").attrs["value"] == "31 June 2026"


def test_the_summary_leads_to_each_field(mistaken):
    summary = mistaken.one(class_="govuk-error-summary")
    links = [element.attrs["href"] for element in summary.inside if element.tag == "a"]
    assert links == [
        "#id_title",
        "#id_text",
        "#id_due",
        "#id_starts",
        "#id_minutes",
        "#id_owner",
        "#id_outcome",
        "#id_sure",
    ]
    assert {link[1:] for link in links} <= set(mistaken.ids)
    assert "There is a problem" in summary.words
    assert "Choose “Owner”." in summary.words


def test_the_title_of_a_page_with_mistakes_begins_with_error(blank, mistaken):
    assert mistaken.one("title").words.startswith("Error: Forms")
    assert blank.one("title").words.startswith("Forms")
    assert not blank.all(class_="govuk-error-summary")


def test_a_form_posts_with_a_token_checks_on_the_server_and_takes_files(blank):
    form = blank.one("form", action="#x")
    assert form.attrs["method"] == "post"
    assert "novalidate" in form.attrs
    assert form.attrs["enctype"] == "multipart/form-data"
    names = [element.attrs.get("name") for element in form.inside]
    assert "csrfmiddlewaretoken" in names
    assert names.count("version") == 1


def test_a_form_that_only_reads_carries_no_token(render):
    html = render(
        '{% from "ui/forms.html" import form_open %}'
        '{% call form_open("TOKEN", method="get") %}x{% endcall %}'
    )
    assert "TOKEN" not in html


def test_errors_of_the_whole_form_come_first_and_without_a_link():
    class Pair(forms.Form):
        a = forms.CharField()

        def clean(self):
            raise forms.ValidationError("The end is before the beginning.")

    assert errors_of(Pair({})) == [
        {"text": "The end is before the beginning."},
        {"text": "Fill in “A”.", "href": "#id_a"},
    ]


def test_errors_of_each_form_in_a_set_are_listed():
    several = forms.formset_factory(ExampleForm, extra=0)
    posted = several({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"})
    assert {"text": "Give the item a title.", "href": "#id_form-0-title"} in errors_of(posted)


def test_widget_attributes_pass_except_those_that_harm(render):
    class Note(forms.Form):
        note = forms.CharField(
            max_length=5, widget=forms.TextInput(attrs={"hx-get": "/x", "placeholder": "no"})
        )

    html = render(
        '{% from "ui/forms.html" import field %}{{ field(form["note"]) }}', {"form": Note()}
    )
    box = Page(html).one("input")
    assert box.attrs["hx-get"] == "/x"
    assert not {"placeholder", "maxlength", "required"} & set(box.attrs)


def test_typed_markup_is_shown_and_not_obeyed(render):
    html = render(
        '{% from "ui/forms.html" import field %}{{ field(form["text"]) }}',
        {"form": ExampleForm({"text": "</textarea><b>"})},
    )
    assert "&lt;/textarea&gt;&lt;b&gt;" in html
    assert not Page(html).all("b")
