"""Whether a signed report, its bundle, the log and the records are all as they were: from the database alone.

What is asked first is what stands outside the database: the seal that a report prints, where a report is given.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from wayforward.pages.opened import one_moment
from wayforward.records.base import exercise_model
from wayforward.records.case import Case
from wayforward.records.models import Event
from wayforward.records.proof import Walked, compare, links_of, stored_in, walk
from wayforward.report.models import SignedVersion
from wayforward.report.seal import Printed, seals_in
from wayforward.report.signing import bundle
from wayforward.report.signing.sign import ACTION, SEALED, SEALED_PUBLIC

MOST_BYTES = 200_000_000
TAG = re.compile(r"<[^>]*>")
FEWEST_SIGNS = 16  # of a head that is typed from paper: enough that no other event begins so
HEAD = re.compile(rf"[0-9a-f]{{{FEWEST_SIGNS},64}}")


class NoSeal(Exception):
    """A file in which no seal can be read; the message says why."""


@dataclass
class Verdict:
    """What was looked at, in words, and what is wrong; nothing wrong: all is as it was signed."""

    told: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def printed_in(path: Path) -> Printed:
    """The seal that a report prints. Raises NoSeal and OSError."""
    if path.stat().st_size > MOST_BYTES:
        raise NoSeal(f"{path} is over {MOST_BYTES:,} bytes: no report is so large.")
    found = seals_in(_text(path))
    if len(found) != 1:
        many = f"{len(found)} seals" if found else "no seal"
        raise NoSeal(f"{path} holds {many}: a signed report prints one, in its annex Seal.")
    return found.pop()


def _text(path: Path) -> str:
    content = path.read_bytes()
    kind = path.suffix.lower()
    if kind == ".docx":
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                if packed.getinfo("word/document.xml").file_size > MOST_BYTES:
                    raise NoSeal(f"{path} is too large to be a report.")
                content = packed.read("word/document.xml")
        except (zipfile.BadZipFile, KeyError) as error:
            raise NoSeal(f"{path} is no Word document.") from error
    elif kind not in (".html", ".pdf"):
        words = f"{path} is no report: a report ends in .html, .docx or .pdf."
        more = " Of a bundle, give the code of its exercise: what was sealed is compared with what is kept there."
        raise NoSeal(words + (more if kind == ".zip" else ""))
    text = content.decode("utf-8", "replace")
    return text if kind == ".pdf" else unescape(TAG.sub(" ", text))


def typed(head: str) -> str:
    """A head as somebody typed it from paper, without spaces and breaks. Raises NoSeal where it can be none."""
    found = re.sub(r"[\s\u00ad\u200b\u2060]", "", head).lower()
    if not HEAD.fullmatch(found):
        raise NoSeal(
            "A head is 64 signs, 0 to 9 and a to f, as the annex Seal prints them: "
            f"type at least the first {FEWEST_SIGNS}."
        )
    return found


def verify(
    exercise: Any,
    number: str = "",
    printed: Printed | None = None,
    report: bytes | None = None,
    head: str = "",
) -> Verdict:
    """Look at everything that was sealed of an exercise, or of one version, and at its log and records.

    `head` is one that somebody read on paper, or how it begins.
    """
    verdict = Verdict()
    with one_moment():
        versions = list(SignedVersion.objects.filter(exercise=exercise).order_by("sequence", "public"))
        known = _sealed(versions, verdict)
        if printed is not None:
            _against_print(versions, printed, report, verdict)
            known[printed.events] = printed.head
        if number and not any(one.number == number for one in versions):
            verdict.wrong.append(f"There is no signed version {number} in the database.")
        if head:
            _against_paper(exercise, versions, head, verdict)
        walked = walk(links_of(exercise), known)
        if walked.bad is not None:
            verdict.wrong.append(f"The first bad event. {walked.bad}")
        else:
            verdict.told.append(f"Every one of {walked.events:,} events follows from the one before it.")
            _signed_events(exercise, versions, verdict)
            _records(exercise, walked, verdict)
    if not versions and printed is None and not head:
        verdict.told.append(
            "Nothing is signed: a log that was written anew from its start to its end could not be told."
        )
    verdict.told.append(f"The log ends at event {walked.events:,} with {walked.head}.")
    return verdict


def _against_paper(exercise: Any, versions: Sequence[SignedVersion], head: str, verdict: Verdict) -> None:
    """Whether the log holds an event with the hash that is printed on paper."""
    log = Event.objects.filter(exercise=exercise, hash__startswith=head)
    found = log.values_list("sequence", flat=True).first()
    if found is None:
        verdict.wrong.append(
            f"The head {head[:16]}… was not found: no event of this log has that hash. It was mistyped, or is of "
            "another exercise, or the log was written anew or cut off since."
        )
        return
    sealed = [str(one) for one in versions if one.sequence == found and not one.public]
    verdict.told.append(
        f"The head {head[:16]}… was found: it is the hash of event {found:,}, "
        + (
            f"at which version {', '.join(sealed)} was sealed."
            if sealed
            else "at which no version was sealed."
        )
    )


def _records(exercise: Any, walked: Walked, verdict: Verdict) -> None:
    case = Case.of(exercise_model().objects.get(pk=exercise.pk))
    wrong = sorted(compare(walked.last, stored_in(case)), key=lambda bad: (bad.sequence, bad.record))
    verdict.wrong += [str(bad) if bad.sequence else f"{bad.record}: {bad.wrong}." for bad in wrong]
    if not wrong:
        verdict.told.append("Every record is as its last event left it.")


def _sealed(versions: Sequence[SignedVersion], verdict: Verdict) -> dict[int, str]:
    """What the bundles that are whole tell of the log: the hash of each event up to each signature."""
    known: dict[int, str] = {}
    for version in versions:
        wrong = list(_bundle_faults(version))
        if wrong:
            verdict.wrong += [f"Version {version}: {words}" for words in wrong]
            continue
        verdict.told.append(f"The bundle of version {version} is as it was signed.")
        if not version.public:
            hashes = bundle.hashes_in(bundle.unpacked(bytes(version.bundle)))
            known |= dict(enumerate(hashes, start=1))
        known[version.sequence] = version.head
    return known


def _bundle_faults(version: SignedVersion) -> Iterator[str]:
    content = bytes(version.bundle)
    if bundle.sha256(content) != version.sha256:
        yield "the bytes of its bundle are not those of its digest."
        return
    try:
        files = bundle.unpacked(content)
    except zipfile.BadZipFile:
        yield "its bundle is no archive."
        return
    about = json.loads(files.get(bundle.ABOUT, b"{}"))
    if (about.get("head"), about.get("events")) != (version.head, version.sequence):
        yield "its bundle was sealed at another event of the log."
    if not version.public and bundle.digest(files) != version.contents:
        yield "the contents of its bundle are not those of the digest that it prints."


def _against_print(
    versions: Sequence[SignedVersion], printed: Printed, report: bytes | None, verdict: Verdict
) -> None:
    """Whether the database has the version that a report is, with the same seal and the same bytes."""
    own = [one for one in versions if one.number == printed.number]
    if not own:
        verdict.wrong.append(f"Version {printed.number}, which the report is, is not in the database.")
        return
    for version in own:
        if version.head != printed.head or version.sequence != printed.events:
            verdict.wrong.append(f"Version {version}: the report prints another head of the log.")
        if version.contents != printed.contents:
            verdict.wrong.append(f"Version {version}: the report prints another digest of the contents.")
    if report is not None and not any(_holds(version, report) for version in own):
        verdict.wrong.append("The file is not the report that was signed: its bytes are in no bundle.")


def _holds(version: SignedVersion, report: bytes) -> bool:
    try:
        files = bundle.unpacked(bytes(version.bundle))
    except zipfile.BadZipFile:
        return False
    return any(content == report for name, content in files.items() if name.startswith(bundle.REPORT))


def _signed_events(exercise: Any, versions: Sequence[SignedVersion], verdict: Verdict) -> None:
    """Each signed version has its event in the log, next after those it sealed; each such event has its versions."""
    said: dict[int, set[str]] = {}
    for event in Event.objects.filter(exercise=exercise, action=ACTION).order_by("sequence"):
        note = json.loads(event.row).get("note", "") if event.row else ""
        said[event.sequence] = {*SEALED.findall(note), *SEALED_PUBLIC.findall(note)}
    for version in versions:
        if version.sha256 not in said.get(version.sequence + 1, set()):
            verdict.wrong.append(
                f"Version {version}: event {version.sequence + 1:,} of the log does not tell of its bundle."
            )
    stored = {version.sha256 for version in versions}
    for sequence, digests in said.items():
        for lost in sorted(digests - stored):
            verdict.wrong.append(
                f"Event {sequence:,}: it tells of a signed bundle, {lost[:16]}…, that is not here."
            )
