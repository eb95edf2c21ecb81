"""Results as one HTML file: no network, nothing beside it, safe to open whoever the results come from.

Templates escape everything. The content security policy forbids all that this file does not itself contain: style
and scripts are named by their hashes, so that no text from the results can become either.
"""

import gzip
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from harness.report import model
from harness.results import Results

_HERE = Path(__file__).parent
_DAGRE = "vendor/dagre.min.js"
_SCRIPTS = (_DAGRE, "graph.js", "report.js")


def render(results: Results) -> str:
    """The report as the text of an HTML file, to be written as UTF-8."""
    style = _asset("report.css")
    scripts = tuple(map(_asset, _SCRIPTS))
    policy = (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {_source(style)}; "
        f"script-src {' '.join(map(_source, scripts))}"
    )
    template = _templates().get_template("report.html")
    return template.render(
        report=model.report(results), policy=policy, style=Markup(style), scripts=tuple(map(Markup, scripts))
    )


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(breakable=_breakable, prose=_prose, packed=_packed)
    return environment


def _breakable(name: str) -> Markup:
    """A long name that may go on in the next line after a `_` or a `/`."""
    return Markup("<wbr>").join(re.split(r"(?<=[_/])", name))


@cache
def _asset(name: str) -> str:
    """A file of static/ as it is inlined; a vendored one carries its licence along."""
    text = (_HERE / "static" / name).read_text(encoding="utf-8")
    if name == _DAGRE:
        licence = (_HERE / "static" / "vendor" / "dagre.LICENSE").read_text(encoding="utf-8")
        text = f"/*! dagre, https://github.com/dagrejs/dagre\n\n{licence}*/\n{text}"
    return text


def _prose(text: str) -> Markup:
    """A sentence in which `names` stand between backticks."""
    parts = re.split(r"`([^`]+)`", text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )


def _packed(html: str) -> Markup:
    """Elements compressed to text, which report.js unpacks where they stand when somebody looks there."""
    data = b64encode(gzip.compress(html.encode(), mtime=0)).decode()
    return Markup('<script type="application/gzip" class="packed">{}</script>').format(data)


def _source(text: str) -> str:
    """How the policy names an inlined style or script."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
