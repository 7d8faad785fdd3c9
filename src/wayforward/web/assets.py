"""Front-end assets: written once at set-up, from packages, into a folder that git ignores.

Nothing of a third party is kept in the repository. GOV.UK Frontend comes from npm, Source Sans and
the Vega bundle from installed Python packages. Run as ``python -m wayforward.web.assets``.
"""

import argparse
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

FONT_STACK = '"Source Sans 3","Source Sans Pro",system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif'
# (file stem in the package, weight, style): what GOV.UK Frontend's own styles call for, and italics.
FACES = (
    ("SourceSansPro-Regular", 400, "normal"),
    ("SourceSansPro-It", 400, "italic"),
    ("SourceSansPro-Bold", 700, "normal"),
    ("SourceSansPro-BoldIt", 700, "italic"),
)
GOVUK_VERSION = "6.6.0"
# The typeface, the crest and their files are licensed for gov.uk alone; a map that is not there
# stops `collectstatic`.
FORBIDDEN = ("GDS Transport", "@font-face", "Margaret Calvert", "govuk-crest", "sourceMappingURL")


class AssetsError(Exception):
    """The assets can't be written; the message says what to do."""


def built_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of built assets: ``WAYFORWARD_ASSETS``, else ``static-built`` beside this module.

    Its files are under ``vendor/`` in it, so that a page names ``vendor/govuk-frontend.min.css``.
    """
    named = environ.get("WAYFORWARD_ASSETS", "").strip()
    return Path(named).expanduser() if named else Path(__file__).resolve().parent / "static-built"


def clean_css(css: str) -> str:
    """GOV.UK Frontend's stylesheet with our typeface, and no crest, font file or source map.

    Raises AssetsError if anything that must not be shipped is left.
    """
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"/\*!(?:(?!\*/).)*Margaret Calvert(?:(?!\*/).)*\*/", "", css, flags=re.DOTALL)
    css = re.sub(r'"?GDS Transport"?,\s*arial,\s*sans-serif', lambda _: FONT_STACK, css)
    css = re.sub(r"url\([^)]*govuk-crest[^)]*\)", "none", css)
    css = re.sub(r"/\*#\s*sourceMappingURL=.*?\*/", "", css).rstrip() + "\n"
    _refuse_leftovers("the GOV.UK Frontend stylesheet", css)
    if "url(/assets" in css:
        raise AssetsError(
            "The GOV.UK Frontend stylesheet still names a file under /assets. "
            "Its version may have changed: adapt clean_css in wayforward/web/assets.py."
        )
    return css


def clean_script(script: str) -> str:
    """A script without its source-map comment."""
    script = re.sub(r"//#\s*sourceMappingURL=\S+", "", script).rstrip() + "\n"
    _refuse_leftovers("the GOV.UK Frontend script", script)
    return script


def font_css() -> str:
    """The @font-face rules of Source Sans, with addresses relative to the stylesheet."""
    rules = [
        f'@font-face{{font-family:"Source Sans Pro";font-style:{style};font-weight:{weight};'
        f'font-display:swap;src:url(fonts/{stem}.otf) format("opentype")}}'
        for stem, weight, style in FACES
    ]
    return "\n".join(rules) + "\n"


def vega_bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that sets window.vega, vegaLite, vegaEmbed.

    Vega-Embed in it holds the expression interpreter: with the option ``ast: true`` a chart runs
    under a content security policy without ``unsafe-eval``.
    """
    import vl_convert  # 84 MB: loaded only where assets are built

    bundle: str = vl_convert.javascript_bundle()  # type: ignore[call-arg]  # the stub asks for what has a default
    # Its top-level names are one letter long and would become names of every other script.
    return "(()=>{" + bundle + "\n})();\n"


def build(govuk: Path, target: Path) -> list[Path]:
    """Write every asset under ``target/vendor`` and return the files written.

    ``govuk`` is the folder of the npm package govuk-frontend. What was there before is replaced as
    a whole. Raises AssetsError if the package is missing or of another version.
    """
    dist = _govuk_dist(govuk)
    fresh = target / "vendor.new"
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "fonts").mkdir(parents=True)
    texts = {
        "govuk-frontend.min.css": clean_css(_read(dist / "govuk-frontend.min.css")),
        "govuk-frontend.min.js": clean_script(_read(dist / "govuk-frontend.min.js")),
        "source-sans.css": font_css(),
        "vega.js": vega_bundle(),
    }
    for name, text in texts.items():
        (fresh / name).write_text(text, encoding="utf-8", newline="\n")
    _copy_fonts(fresh / "fonts")

    vendor = target / "vendor"
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)
    return sorted(path for path in vendor.rglob("*") if path.is_file())


def _copy_fonts(folder: Path) -> None:
    import font_source_sans_pro

    source = Path(font_source_sans_pro.font_directory)
    for name in [*(f"{stem}.otf" for stem, _, _ in FACES), "LICENSE.txt"]:
        shutil.copyfile(source / name, folder / name)


def _govuk_dist(govuk: Path) -> Path:
    manifest = govuk / "package.json"
    if not manifest.is_file():
        raise AssetsError(
            f"GOV.UK Frontend is not in {govuk}. Run `make assets`, which fetches it, "
            "or name its folder with --govuk."
        )
    if f'"version": "{GOVUK_VERSION}"' not in _read(manifest):
        raise AssetsError(
            f"{govuk} holds another version of GOV.UK Frontend than {GOVUK_VERSION}. "
            "Delete node_modules and run `make assets`."
        )
    return govuk / "dist" / "govuk"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise AssetsError(f"{path} is missing. Delete node_modules and run `make assets`.") from error


def _refuse_leftovers(what: str, text: str) -> None:
    for word in FORBIDDEN:
        if word in text:
            raise AssetsError(
                f"{word!r} is still in {what}, which must not be shipped. "
                "Its version may have changed: adapt wayforward/web/assets.py."
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the assets; exit status 0, or 1 with one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m wayforward.web.assets", description=__doc__)
    parser.add_argument(
        "--govuk",
        type=Path,
        default=Path("node_modules/govuk-frontend"),
        help="folder of the npm package govuk-frontend (default: %(default)s)",
    )
    parser.add_argument(
        "--to", type=Path, default=None, help="folder to write to (default: WAYFORWARD_ASSETS)"
    )
    chosen = parser.parse_args(arguments)
    target: Path = chosen.to or built_folder()
    try:
        files = build(chosen.govuk, target)
    except AssetsError as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in files)
    print(f"{len(files)} front-end files ({size / 1e6:.1f} MB) in {target}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
