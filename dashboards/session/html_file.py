"""A run to take away as one HTML file that plays without a server: the dashboard's own widgets, its world, and Vue.

The file asks nobody for anything: its policy forbids the network, and allows its own two scripts by their hashes.
"""

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path

from agents.library import Library
from dashboards import compile_ahead
from dashboards.session import read_link
from dashboards.session.session import Session
from dashboards.widgets import widget_files

VUE = "module/vue3-www/vue.global.js"
"""The whole of Vue, with the compiler of templates, inside the package trame-client."""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{look}</style>
</head>
<body>
<noscript><p class="plain">Demarche needs JavaScript. Demarche necesita JavaScript.</p></noscript>
<div id="replay"></div>
<script type="application/json" id="run">{run}</script>
<!-- Vue.js 3. {licence} -->
<script>{vue}</script>
<script>{start}</script>
</body>
</html>
"""

LICENCE = """Copyright (c) 2018-present, Yuxi (Evan) You and Vue contributors

The MIT License (MIT). Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction, including without
limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software,
and to permit persons to whom the Software is furnished to do so, subject to the following conditions: The above
copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""
"""Of Vue, to travel with it."""

START = """
const parts = {{ {children} }}
const shell = {shell}
const run = JSON.parse(document.getElementById('run').textContent)
const given = {{ ...run, other: '', paired: '', message: '', replay: true }}
// what the server gives the dashboard is data here, and what would ask it is never sent
const methods = {{ ...shell.methods, event_ask() {{}} }}
Vue.createApp({{ ...shell, components: parts, mixins: [{{ data: () => given }}], methods }}).mount('#replay')
"""


def named(text: str, rules: Library | None = None) -> tuple[str, str]:
    """The replay of the run in a link, and a name for its file.

    Raises:
        InputError: As `link.decode`.
    """
    spec = read_link.decode(text, rules)
    return page(Session(spec, rules)), f"{Path(spec.scenario).stem}-seed{spec.seed}-run{spec.run}.html"


def page(session: Session) -> str:
    """The run on a session's screen as one HTML file."""
    world = session.world()
    rare = "" if json.loads(world)["rarity"] or not compile_ahead.was_compiled() else session.rarity()
    run = json.dumps({"world": world, "rarity": rare, "words": widget_files.WORDS}, ensure_ascii=False)
    start = START.format(
        children=", ".join(f"{name}: {widget_files.plain(name)}" for name in widget_files.children()),
        shell=widget_files.plain(widget_files.SHELL),
    )
    return PAGE.format(
        policy=_policy(_vue(), start),
        title=escape(f"{json.loads(world)['scenario']['title']['en']} – Demarche"),
        look=widget_files.look(),
        run=run.replace("<", "\\u003c"),  # no text of a scenario can end the block it lies in
        licence=LICENCE,
        vue=_vue(),
        start=start,
    )


def _policy(*scripts: str) -> str:
    """Nothing from anywhere; these scripts, and the compiler of templates inside Vue, which needs eval."""
    hashes = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return f"default-src 'none'; script-src {hashes} 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:"


@cache
def _vue() -> str:
    return files("trame_client").joinpath(VUE).read_text(encoding="utf-8").strip()
