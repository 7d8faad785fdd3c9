"""What a form that saves sends besides its entries: the version that it was made from, and the key of its sending."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from wayforward.records.save import Sent

WORDS = "This form was not sent whole. Open the page again, and send it from there."
MOST_DIGITS = 9
# What a form sends that is no answer of whoever fills it in.
FORMS_OWN = frozenset({"csrfmiddlewaretoken", "submission", "version", "began", "step", "do"})


@dataclass(frozen=True)
class Submitted:
    """The version seen (0: nothing was there yet) and the key, new for each form that is shown."""

    version: int
    submission: Sent


def submitted(request: HttpRequest) -> Submitted:
    """What a form sent. Raises BadRequest where that is not what the page gave out."""
    version = request.POST.get("version", "")
    if not (version.isascii() and version.isdecimal() and len(version) <= MOST_DIGITS):
        raise BadRequest(WORDS)
    sent = sent_by(request)
    if sent is None:
        raise BadRequest(WORDS)
    return Submitted(int(version), sent)


def sent_by(request: HttpRequest, instead: Mapping[str, str] | None = None) -> Sent | None:
    """The form that came; None where it has no key that can be read. `instead`: entries as they are stored."""
    try:
        key = UUID(request.POST.get("submission", ""))
    except ValueError:
        return None
    return Sent(key, digest(request, instead))


def digest(request: HttpRequest, instead: Mapping[str, str] | None = None) -> str:
    """SHA-256 of where a form was sent and what it says, whatever the order of its entries; blank ones are none."""
    said: dict[str, list[str]] = {
        name: [text.replace("\r\n", "\n") for text in map(str, texts) if text]
        for name, texts in request.POST.lists()
        if name not in FORMS_OWN
    }
    said |= {name: [text] if text else [] for name, text in (instead or {}).items()}
    said |= {f"file {name}": [_of_file(file)] for name, file in request.FILES.items()}
    told = {name: texts for name, texts in said.items() if texts}
    written = json.dumps([request.path, told], sort_keys=True)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _of_file(file: Any) -> str:
    found = hashlib.sha256()
    chunks: Iterable[bytes] = file.chunks()
    for chunk in chunks:
        found.update(chunk)
    file.seek(0)
    return f"{file.name} {found.hexdigest()}"


def fresh(version: int = 0) -> Submitted:
    """What a form that is shown anew gives out."""
    return Submitted(version, Sent(uuid4()))
