"""What a form of these pages gives out and sends."""

import re
from typing import Any
from uuid import uuid4

from django.test import Client


def given_out(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of the form at an address, as a browser would send them."""
    page = client.get(address)
    assert page.status_code == 200, page.content.decode()[-2000:]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def send(client: Client, address: str, **entries: Any) -> Any:
    """Fill in the form at an address and send it."""
    return client.post(address, given_out(client, address) | entries)


def new_key() -> str:
    return str(uuid4())
