"""A file that comes with a form: no larger than may be, of a kind that its first bytes bear out, and named safely."""

import re
import tempfile
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from wayforward.records.fields.words import CONTROL

MOST_BYTES = 20 * 1024 * 1024
FAR_TOO_LARGE = 10 * MOST_BYTES
TOO_LARGE = "wayforward_too_large"  # the attribute of a request whose file was cut off
LONGEST_NAME = 150
NAMELESS = "file"
FIRST = 512
MOST_MEMBERS = 10_000  # of an office document, which is a zip file
CHUNK = 1 << 20

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# By the ending of a file's name: its type, and the bytes that it begins with. Blank: it is text.
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "gif": ("image/gif", (b"GIF87a", b"GIF89a")),
    "tif": ("image/tiff", (b"II*\x00", b"MM\x00*")),
    "tiff": ("image/tiff", (b"II*\x00", b"MM\x00*")),
    "docx": (f"{OOXML}wordprocessingml.document", (b"PK\x03\x04",)),
    "xlsx": (f"{OOXML}spreadsheetml.sheet", (b"PK\x03\x04",)),
    "pptx": (f"{OOXML}presentationml.presentation", (b"PK\x03\x04",)),
    "odt": (f"{ODF}text", (b"PK\x03\x04",)),
    "ods": (f"{ODF}spreadsheet", (b"PK\x03\x04",)),
    "odp": (f"{ODF}presentation", (b"PK\x03\x04",)),
    "doc": ("application/msword", (OLD_OFFICE,)),
    "xls": ("application/vnd.ms-excel", (OLD_OFFICE,)),
    "ppt": ("application/vnd.ms-powerpoint", (OLD_OFFICE,)),
    "txt": ("text/plain", ()),
    "csv": ("text/csv", ()),
}
INSIDE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
MACROS = re.compile(r"(^|/)vbaProject\.bin\Z", re.IGNORECASE)
ALLOWED = (
    "a PDF, an office document (docx, xlsx, pptx, odt, ods, odp, doc, xls, ppt), an image (png, jpg, gif, tif), "
    "a text or a CSV file, of at most 20 MB"
)


class FileRefused(ValueError):  # says what is wrong
    """A file that is not taken; the words say what is wrong with it and what is taken."""


@dataclass(frozen=True)
class Uploaded:
    """A file that may be kept: its bytes, a name that is safe anywhere, and the type that it was found to have."""

    content: BinaryIO
    name: str
    media_type: str


class AtMost(FileUploadHandler):
    """Keeps the files of a request in a place without a name, and reads no more of them than may be.

    What has no name is gone with the process, however that ends.
    """

    def __init__(self, request: HttpRequest, most: int = MOST_BYTES) -> None:
        super().__init__(request)
        self.most, self.size = most, 0
        self.content: Any = None

    def new_file(self, *args: Any, **given: Any) -> None:
        super().new_file(*args, **given)
        self.content = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size > self.most:
            setattr(self.request, TOO_LARGE, True)
            self.content.close()
            raise StopUpload(connection_reset=self._far_too_large())
        self.content.write(raw_data)

    def _far_too_large(self) -> bool:
        """Whether the rest is more than is worth reading for the sake of an answer in words."""
        return int(self.request.META.get("CONTENT_LENGTH") or 0) > FAR_TOO_LARGE  # type: ignore[union-attr]  # given

    def file_complete(self, file_size: int) -> UploadedFile:
        self.content.seek(0)
        return UploadedFile(self.content, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        if self.content is not None:
            self.content.close()


def of_request(request: HttpRequest, name: str) -> Uploaded | None:
    """The file of a form, or None where none was chosen. Raises FileRefused with what is wrong with it."""
    if getattr(request, TOO_LARGE, False):
        raise FileRefused(f"The file is larger than 20 MB; choose {ALLOWED}")
    file = request.FILES.get(name)
    if file is None or (not file.name and not file.size):
        return None
    if not file.size:
        raise FileRefused("The file is empty; choose one that holds something")
    content: Any = file.file
    safe = clean(str(file.name))
    return Uploaded(content, safe, checked(content, safe))


def clean(name: str) -> str:
    """A file's name without folders, hidden characters, and all that means something to a program."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(c if c.isalnum() or c in " ._-()+," else "_" for c in CONTROL.sub("", last))
    stem, dot, ending = re.sub(r"\s+", " ", kept).strip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    stem = stem.strip(" .")[:LONGEST_NAME] or NAMELESS
    return f"{stem}.{ending.lower()}" if ending else stem


def checked(content: BinaryIO, name: str) -> str:
    """The type of a file by its name, borne out by its bytes. Raises FileRefused where they differ."""
    ending = name.rpartition(".")[2] if "." in name else ""
    if ending not in KINDS:
        raise FileRefused(f"A file of this kind ({name}) is not taken; choose {ALLOWED}")
    media_type, beginnings = KINDS[ending]
    content.seek(0)
    first = content.read(FIRST)
    good = first.startswith(beginnings) if beginnings else _is_text(content)
    if good and beginnings == (b"PK\x03\x04",):
        good = _is_office(content, ending, media_type)
    content.seek(0)
    if not good:
        raise FileRefused(f"{name} does not hold what its name says; choose {ALLOWED}")
    return media_type


def _is_text(content: BinaryIO) -> bool:
    """Whether all of it may be text: no byte that text does not hold, in UTF-8 or what Windows writes."""
    content.seek(0)
    while chunk := content.read(CHUNK):
        if b"\x00" in chunk:
            return False
    return True


def _is_office(content: BinaryIO, ending: str, media_type: str) -> bool:
    """Whether a zip file is a document of that kind, by the names inside it alone. Macros are refused."""
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as inside:
            names = inside.namelist()
            if len(names) > MOST_MEMBERS:
                return False
            if any(MACROS.search(name) for name in names):
                raise FileRefused("The document holds macros, which are not taken; save it without them")
            if ending in INSIDE:
                return INSIDE[ending] in names and "[Content_Types].xml" in names
            with inside.open("mimetype") as said:
                return said.read(100) == media_type.encode()
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        if isinstance(error, FileRefused):
            raise
        return False
