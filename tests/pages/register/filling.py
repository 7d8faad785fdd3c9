"""Forms as a browser sends them: what stands in a page's form, read from its HTML, with some entries changed."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.test import Client


class _Form(HTMLParser):
    """The entries of the last form of a page that is sent by POST and is not the one to sign out."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[str, list[str]] = {}
        self.labels: dict[str, str] = {}
        self.action = ""
        self._inside = False
        self._area = self._select = self._label = ""
        self._chosen = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._inside = given.get("method") == "post" and not given.get("action", "").endswith("sign-out")
            self.action = given.get("action", "") if self._inside else self.action
        if not self._inside:
            return
        name = given.get("name", "")
        if tag == "input" and given.get("type", "text") not in ("radio", "checkbox", "file", "submit"):
            self._put(name, given.get("value", ""))
        elif tag == "input" and "checked" in given:
            self._put(name, given.get("value", "on"))
        elif tag == "textarea":
            self._area = name
            self.entries[name] = [""]
        elif tag == "select":
            self._select, self._chosen = name, False
        elif tag == "option" and self._select and ("selected" in given or not self._chosen):
            if "selected" in given or self._select not in self.entries:
                self.entries[self._select] = [given.get("value", "")]
            self._chosen = self._chosen or "selected" in given

    def _put(self, name: str, value: str) -> None:
        self.entries.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.entries[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            # A browser drops the line end right after the tag, and sends others as CR LF.
            text = self.entries[self._area][0].removeprefix("\n")
            self.entries[self._area] = [text.replace("\n", "\r\n")]
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._inside = False


def entries(answer: Any) -> dict[str, list[str]]:
    """What the form of a page would send, a name at a time."""
    form = _Form()
    form.feed(answer.content.decode())
    form.entries.pop("csrfmiddlewaretoken", None)
    return form.entries


def send(client: Client, answer: Any, step: str = "", address: str = "", **changed: Any) -> Any:
    """Send the form of a page with some entries changed, by the button of a step."""
    form = _Form()
    form.feed(answer.content.decode())
    data: dict[str, Any] = {**form.entries, **{_name(name): value for name, value in changed.items()}}
    if step:
        data["step"] = step
    target = address or form.action or answer.wsgi_request.get_full_path()
    return client.post(urlsplit(target).path, data)


def _name(name: str) -> str:
    """f_yearly_cost for f-yearly_cost: a hyphen is no part of a Python name."""
    return (
        name.replace("_", "-", 1)
        if name[:2] in ("f_", "c_", "e_") or name.startswith(("keep_", "why_"))
        else name
    )
