"""Front-end assets: nothing that is licensed for gov.uk alone is written, and charts run unaided."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from wayforward.web import assets

# Made by hand in the shape of the published stylesheet.
SHEET = (
    ":root{--a:1}/*! Copyright (c) 2011 by Margaret Calvert & another. */"
    '@font-face{font-family:GDS Transport;src:url(/assets/fonts/x.woff2) format("woff2")}'
    ".a{font-family:GDS Transport,arial,sans-serif;color:#000}"
    ".b:before{background-image:url(/assets/images/govuk-crest.svg);width:1px}\n"
    "/*# sourceMappingURL=govuk-frontend.min.css.map */\n"
)


def package(folder: Path, *, version: str = "6.6.0", sheet: str = SHEET) -> Path:
    """A folder like that of the npm package."""
    dist = folder / "dist" / "govuk"
    dist.mkdir(parents=True)
    (folder / "package.json").write_text(f'{{\n  "version": "{version}"\n}}\n')
    (dist / "govuk-frontend.min.css").write_text(sheet)
    (dist / "govuk-frontend.min.js").write_text(
        "export{initAll};//# sourceMappingURL=govuk-frontend.min.js.map\n"
    )
    return folder


def test_the_stylesheet_keeps_its_rules_and_loses_typeface_crest_and_map() -> None:
    assert assets.clean_css(SHEET) == (
        ":root{--a:1}"
        ".a{font-family:" + assets.FONT_STACK + ";color:#000}"
        ".b:before{background-image:none;width:1px}\n"
    )


def test_a_stylesheet_with_an_unknown_use_of_the_typeface_is_refused() -> None:
    with pytest.raises(assets.AssetsError, match="GDS Transport"):
        assets.clean_css(".a{font:1px GDS Transport}")


def test_a_stylesheet_with_a_file_we_do_not_ship_is_refused() -> None:
    with pytest.raises(assets.AssetsError, match="/assets"):
        assets.clean_css(".a{background:url(/assets/images/other.svg)}")


def test_the_folder_can_be_named(tmp_path: Path) -> None:
    assert assets.built_folder({"WAYFORWARD_ASSETS": str(tmp_path)}) == tmp_path
    assert assets.built_folder({}).parent == Path(assets.__file__).parent


def test_building_replaces_what_was_there(tmp_path: Path) -> None:
    govuk = package(tmp_path / "a govuk folder")
    target = tmp_path / "built"
    first = {path: path.read_bytes() for path in assets.build(govuk, target)}
    (target / "vendor" / "left-over.css").write_text("old")
    second = {path: path.read_bytes() for path in assets.build(govuk, target)}
    assert second == first
    assert sorted(str(path.relative_to(target / "vendor")) for path in second) == [
        "fonts/LICENSE.txt",
        "fonts/SourceSansPro-Bold.otf",
        "fonts/SourceSansPro-BoldIt.otf",
        "fonts/SourceSansPro-It.otf",
        "fonts/SourceSansPro-Regular.otf",
        "govuk-frontend.min.css",
        "govuk-frontend.min.js",
        "source-sans.css",
        "vega.js",
    ]


@pytest.mark.parametrize(
    ("govuk", "message"),
    [
        (lambda tmp_path: tmp_path / "absent", "make assets"),
        (lambda tmp_path: package(tmp_path / "new", version="7.0.0"), "another version"),
    ],
)
def test_a_fault_is_one_sentence_that_says_what_to_do(govuk, message, tmp_path, capsys) -> None:
    status = assets.main(["--govuk", str(govuk(tmp_path)), "--to", str(tmp_path / "built")])
    written = capsys.readouterr()
    assert status == 1
    assert message in written.err
    assert written.out == ""
    assert not (tmp_path / "built").exists()


PAGE = (
    '<!doctype html><html lang="en"><title>A chart</title><link rel="stylesheet"'
    ' href="/source-sans.css"><p id="text">£1.0m</p><div id="chart"></div>'
    '<script src="/vega.js"></script><script src="/chart.js"></script>'
)
# A calculated field, a selection and a tooltip: all three are expressions that Vega evaluates.
CHART = """
const n = 1;
window.refused = [];
document.addEventListener("securitypolicyviolation", e => refused.push(e.violatedDirective));
vegaEmbed("#chart", {
  data: {values: [{a: "A", b: 2}, {a: "B", b: 5}]},
  transform: [{calculate: "datum.b * 2", as: "d"}],
  params: [{name: "pick", select: "point"}],
  mark: {type: "bar", tooltip: true},
  encoding: {
    x: {field: "a"}, y: {field: "d", type: "quantitative"},
    opacity: {condition: {param: "pick", value: 1}, value: 0.5}
  }
}, {ast: true, renderer: "svg", actions: false, defaultStyle: false,
    tooltip: {disableDefaultStyle: true}})
  .then(r => { window.answer = r.view.data("data_0").map(row => row.d); })
  .catch(error => { window.answer = String(error); });
"""
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The assets behind a policy that allows no evaluated script and no inline style."""
    assets.build(package(tmp_path / "govuk"), tmp_path / "built")
    vendor = tmp_path / "built" / "vendor"
    pages = {"/": (PAGE, "text/html"), "/chart.js": (CHART, "text/javascript")}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kinds = {".js": "text/javascript", ".css": "text/css", ".otf": "font/otf"}
            file = vendor / self.path.lstrip("/")
            if self.path in pages:
                text, kind = pages[self.path]
                body = text.encode()
            elif file.is_file():
                body, kind = file.read_bytes(), kinds[file.suffix]
            else:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_charts_run_under_a_strict_content_security_policy(site: str, browser: Any) -> None:
    page = browser.new_page()
    page.goto(site)
    page.wait_for_function("window.answer", timeout=30_000)
    # 2 x 2 and 5 x 2, by hand.
    assert page.evaluate("window.answer") == [4, 10]
    assert page.evaluate("window.refused") == []
    assert page.locator("#chart svg").count() == 1
    page.locator("#text").evaluate("e => e.style.fontFamily = 'Source Sans Pro'")
    loaded = "document.fonts.load('19px \"Source Sans Pro\"').then(faces => faces.length)"
    assert page.evaluate(loaded) == 1
    page.close()
