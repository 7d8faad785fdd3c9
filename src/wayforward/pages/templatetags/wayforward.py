"""What templates need and Django's own tags don't give."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from wayforward.pages.pictures import Picture
from wayforward.records.base import kinds

register = template.Library()


@register.simple_tag
def record_url(exercise_code: str, reference: str) -> str:
    """The address of the record behind kind:CODE."""
    kind, _, which = reference.partition(":")
    return reverse("record", args=[exercise_code, kinds()[kind].stem, which or exercise_code])


@register.filter
def begin(text: Any) -> str:
    """A sentence that begins with a capital letter and is otherwise as it was."""
    words = str(text)
    return words[:1].upper() + words[1:]


@register.filter
def thousands(number: int) -> str:
    """2,288."""
    return f"{number:,}"


@register.filter
def stopped(text: Any) -> str:
    """A sentence with its full stop."""
    words = str(text).rstrip()
    return words if words.endswith((".", "?", "!")) else f"{words}."


@register.filter
def inline(drawn: Picture) -> SafeString:
    """A chart as part of the page. It is drawn by our own code from plain values, which it escapes."""
    return mark_safe(drawn.inline)


@register.filter
def tag_of(status: str) -> str:
    """The class of a status."""
    return {
        "Completed": "done",
        "In progress": "going",
        "There is a problem": "problem",
        "Cannot start yet": "waiting",
    }[status]
