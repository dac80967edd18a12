"""What other packages may ask of interests."""

from concerted.interests.declaring import declare
from concerted.interests.policies import NewDeclaration, NewEntry, NewGift
from concerted.interests.prompting import Prompt, prompts_at
from concerted.interests.queries import asked_to_confirm, kinds_on, open_questions, rule_on
from concerted.interests.rules import add_kind, set_rule
from concerted.interests.services import add, confirm, register_gift, say_nothing
from concerted.interests.states import Did, Whose

__all__ = [
    "Did",
    "NewDeclaration",
    "NewEntry",
    "NewGift",
    "Prompt",
    "Whose",
    "add",
    "add_kind",
    "asked_to_confirm",
    "confirm",
    "declare",
    "kinds_on",
    "open_questions",
    "prompts_at",
    "register_gift",
    "rule_on",
    "say_nothing",
    "set_rule",
]
