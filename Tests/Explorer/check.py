"""check.py FOLDER: looks at the explorers of FOLDER/{rich,hostile,large,alone,noised} in Chromium, with one browser.

Prints a JSON list of `{"check": …, "failure": null or why}`. Exit 77 where there is no Chromium, as test suites use to skip.
What the pages should say is taken from the other files of the bundles.
"""

import csv
import io
import json
import math
import os
import sys
import tempfile
import traceback

from devtools import Browser, find_chromium

checks = []


def check(function):
    checks.append(function)
    return function


class Look:
    """A bundle in a page, and what its other files say."""

    def __init__(self, browser, folder):
        self.browser, self.folder = browser, folder
        self.page = None

    def open(self, fragment="", **options):
        if self.page:
            self.page.close()
        self.page = self.browser.page(**options)
        self.page.open(f"{self.folder}/explorer.html", fragment)
        return self.page

    def table(self, name="clusters"):
        with open(f"{self.folder}/tables/{name}.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def done(self):
        complaints = self.page.complaints()
        expect(not complaints, "; ".join(complaints))


def expect(condition, why="it does not hold"):
    if not condition:
        raise AssertionError(why)


def equal(found, wanted):
    expect(found == wanted, f"found {found!r:.300}, wanted {wanted!r:.300}")


labels = "[...document.querySelectorAll('#rows .row')].sort((a, b) => a.ariaRowIndex - b.ariaRowIndex).map((r) => r.querySelector('.label .label').textContent)"
focused = "document.activeElement.dataset?.node ?? null"
painted = """(() => { const c = new OffscreenCanvas(base.width, base.height), at = c.getContext('2d', { willReadFrequently: true });
  at.drawImage(base, 0, 0); const d = at.getImageData(0, 0, c.width, c.height).data;
  const seen = new Set(); for (let i = 0; i < d.length; i += 4 * 97) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2] | (d[i + 3] > 0) << 24); return seen.size })()"""


@check
def nothing_is_asked_of_the_network(at):
    for name in ("rich", "hostile", "large", "alone", "noised"):
        for dark in (False, True):
            look = at(name)
            page = look.open(dark=dark, reduced=dark)
            equal(page.run("document.documentElement.dataset.theme"), "dark" if dark else "light")
            for view in ("treemap", "map", "withheld", "table"):
                page.run(f"document.getElementById('tab-{view}').click()")
                page.frames()
            look.done()
            loaded = [e for e in look.browser.events if e["method"] == "Network.requestWillBeSent" and e.get("sessionId") == page.session]
            equal(len(loaded), 1)


@check
def every_view_shows_something(at):
    for name in ("rich", "hostile", "large", "alone", "noised"):
        look = at(name)
        page = look.open()
        expect(page.run("document.querySelectorAll('#rows .row').length") > 0, f"{name}: an empty table")
        for view, least in (("treemap", 2), ("map", 2)):
            page.run(f"document.getElementById('tab-{view}').click()")
            page.frames()
            expect(page.run(painted) >= least, f"{name}: nothing is painted in the {view}")
            expect(page.run("svgText()").count("<rect" if view == "treemap" else "<circle") >= 1, f"{name}: an empty SVG file")
        page.run("document.getElementById('tab-withheld').click()")
        text = page.run("document.getElementById('withheld').innerText")
        expect("25" in text and "withheld" in text, f"{name}: the panel does not say what k is")
        look.done()


@check
def the_table_says_what_the_release_says(at):
    for name in ("rich", "noised", "large"):
        look = at(name)
        page = look.open(width=1600)
        rows = look.table()
        page.run("for (let i = 0; i < size; i++) state.open.add(i); draw()")
        equal(page.run("table.rows.length"), len(rows))
        shown = page.run("table.rows.map((i) => [idOf(i), tree.label[i], ...['share', 'users', 'conversations'].map((key) => cellContent(key, i).at(-1).textContent ?? cellContent(key, i).at(-1))])")
        wanted = [[r["cluster_id"], r["label"],
                   # Halves are rounded up, as in the report.
                   ("100" if float(r["share"]) >= 0.9995 else f"{math.floor(float(r['share']) * 1000 + 0.5) / 10:.1f}") + "\u202f%",
                   f"{int(r['n_users']):,}", f"{int(r['n_conversations']):,}"] for r in rows]
        for row, want in zip(shown, wanted):
            equal(row, want)
        look.done()


@check
def only_rows_in_sight_exist(at):
    look = at("large")
    page = look.open()
    page.run("for (let i = 0; i < size; i++) state.open.add(i); draw()")
    expect(page.run("table.rows.length") > 300)
    for key in ("end", "middle"):
        page.run("document.getElementById('rows').scrollTop = " + ("1e7" if key == "end" else "3000"))
        page.frames()
        expect(page.run("document.querySelectorAll('#rows .row').length") < 60, "rows out of sight are not dropped")
        # Every place in sight has its row.
        expect(page.run("""(() => { const rows = document.getElementById('rows'), box = rows.getBoundingClientRect();
          for (let y = box.top + 8; y < box.bottom - 8; y += 18) if (!document.elementFromPoint(box.left + 60, y).closest('.row')) return false; return true })()"""), "a gap between rows")
    look.done()


@check
def the_keyboard_walks_the_tree(at):
    look = at("rich")
    page = look.open()
    page.run("state.open = new Set([0]); draw(); document.querySelector('#rows .row').focus()")
    children = page.run("children[0].length")
    row = lambda: page.run("(() => { const r = document.activeElement; return { id: +r.dataset.node, level: r.ariaLevel, expanded: r.ariaExpanded, selected: r.ariaSelected, pos: r.ariaPosInSet, set: r.ariaSetSize, index: r.ariaRowIndex } })()")
    equal(row(), {"id": 0, "level": "1", "expanded": "true", "selected": "true", "pos": "1", "set": "1", "index": "2"})
    page.key("ArrowDown")
    equal(row(), {"id": 1, "level": "2", "expanded": "false", "selected": "true", "pos": "1", "set": str(children), "index": "3"})
    page.key("ArrowRight")
    equal(row()["expanded"], "true")
    page.key("ArrowRight")
    equal((row()["id"], row()["level"], row()["pos"]), (2, "3", "1"))
    page.key("ArrowLeft")
    page.key("ArrowLeft")
    equal((row()["id"], row()["expanded"]), (1, "false"))
    page.key("ArrowLeft")
    equal(row()["id"], 0)
    page.key("End")
    equal((row()["id"], row()["pos"]), (page.run("children[0].at(-1)"), str(children)))
    page.key("ArrowDown")
    equal(row()["pos"], str(children))
    page.key("Home")
    equal(row()["id"], 0)
    # One row can be reached by the tabulator, and it is the one that has the focus.
    equal(page.run("[...document.querySelectorAll('#rows .row')].filter((r) => r.tabIndex === 0).map((r) => r.dataset.node)"), ["0"])
    page.key(" ")
    equal((row()["expanded"], page.run("table.rows.length")), ("false", 1))
    page.key(" ")
    page.key("*")
    # Type-ahead: the next row that begins so.
    wanted = page.run("table.rows.find((i) => i > 1 && tree.parent[i] === 0)")
    page.key("ArrowDown")
    for letter in page.run(f"tree.label[{wanted}].slice(0, 6)"):
        page.key(letter)
    equal(row()["id"], wanted)
    page.key("Enter")
    equal(page.run("document.querySelector('#detail h2').textContent"), page.run(f"tree.label[{wanted}]"))
    page.key("/", "/")
    equal(page.run("document.activeElement.id"), "search")
    look.done()


@check
def the_focus_survives_scrolling(at):
    look = at("large")
    page = look.open()
    page.run("for (let i = 0; i < size; i++) state.open.add(i); draw(); document.querySelector('#rows .row').focus()")
    page.run("document.getElementById('rows').scrollTop = 5000")
    page.frames()
    equal(page.run(focused), "0")
    page.key("ArrowDown")
    page.frames()
    equal(page.run(focused), "1")
    expect(page.run("document.getElementById('rows').scrollTop") < 100, "the focus is out of sight")
    look.done()


@check
def roles_are_those_of_a_tree_table(at):
    look = at("rich")
    page = look.open()
    equal(page.run("document.getElementById('grid').getAttribute('role')"), "treegrid")
    columns = page.run("+document.getElementById('grid').ariaColCount")
    equal(page.run("document.querySelectorAll('#columns [role=columnheader]').length"), columns)
    expect(page.run(f"[...document.querySelectorAll('#rows [role=row]')].every((r) => r.querySelectorAll('[role=gridcell]').length === {columns} && r.ariaLevel && r.ariaPosInSet && r.ariaSetSize && r.ariaRowIndex)"))
    equal(page.run("+document.getElementById('grid').ariaRowCount"), page.run("table.rows.length + 1"))
    expect(page.run("[...document.querySelectorAll('button, input, select, summary, [tabindex=\"0\"]')].every((e) => e.closest('[hidden]') || (e.textContent.trim() || e.ariaLabel || e.labels?.length))"), "a control without a name")
    # As the browser gives them to a screen reader.
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    roles = {n["role"]["value"] for n in nodes if "role" in n}
    for role in ("treegrid", "row", "gridcell", "columnheader", "tab", "tabpanel", "searchbox", "status", "complementary"):
        expect(role in roles, f"no {role} among {sorted(roles)}")
    look.done()


@check
def columns_are_sorted(at):
    look = at("rich")
    page = look.open(width=1600)
    page.run("state.open = new Set([0]); draw()")
    for key, of in (("users", "tree.users[i]"), ("conversations", "tree.conversations[i]"), ("share", "tree.share[i]"), ("change", "(change(i)?.points ?? -9)")):
        for ordering in ("descending", "ascending", "none"):
            page.run(f"document.querySelector('#columns .{key} button').click()")
            equal(page.run(f"document.querySelector('#columns .{key}').ariaSort"), ordering)
            found = page.run(f"table.rows.slice(1).map((i) => {of})")
            if ordering == "none":
                equal(page.run("table.rows.slice(1)"), page.run("children[0]"))
            else:
                equal(found, sorted(found, reverse=ordering == "descending"))
    look.done()


@check
def search_finds_labels_and_terms(at):
    look = at("rich")
    page = look.open()
    word = look.table()[5]["label"].split(" · ")[0]
    page.run("document.getElementById('search').focus()")
    page.type(word.upper())
    page.frames()
    hits = [r["cluster_id"] for r in look.table() if word in r["label"] or word in r["top_terms"].split(", ")]
    equal(page.run("asked().map(idOf)"), hits)
    rows = page.run("table.rows.map(idOf)")
    expect(set(hits) <= set(rows), "a hit without a row")
    expect(page.run("[...document.querySelectorAll('#rows mark')].every((m) => m.textContent.toUpperCase() === document.getElementById('search').value)"), "something else is marked")
    expect(page.run("document.querySelectorAll('#rows mark').length") > 0, "nothing is marked")
    expect(f"{len([h for h in hits if h != 'c0'])} topic" in page.run("document.getElementById('status').textContent"), "the number of hits is not said")
    for view in ("treemap", "map"):
        page.run(f"document.getElementById('tab-{view}').click()")
        expect(page.run("chart.shapes.some((s) => s.node > 0 && s.alpha < 0.5)"), f"the {view} does not fade what was not found")
    page.run("document.getElementById('tab-table').click()")
    page.run("document.getElementById('search').focus(); document.getElementById('search').select()")
    page.type("nothing has this word")
    equal((page.run("asked().length"), page.run("document.querySelector('#rows .empty') !== null")), (0, True))
    page.run("document.getElementById('search').focus()")
    page.key("Escape")
    equal(page.run("asked().length"), len(look.table()))
    look.done()


@check
def a_filter_counts_one_value_only(at):
    look = at("rich")
    page = look.open()
    cells = [c for c in look.table("cluster_facets") if c["facet"] == "plan" and c["value"] == "beta"]
    page.run("const s = document.getElementById('only'); s.value = String(valueNamed('plan=beta')); s.dispatchEvent(new Event('change'))")
    equal(page.run("asked().map((i) => [idOf(i), measure.users[i], measure.conversations[i]])"),
          [[c["cluster_id"], int(c["n_users"]), int(c["n_conversations"])] for c in cells])
    expect(page.run("document.getElementById('status').textContent").startswith("Counting only plan: beta"))
    page.run("for (let i = 0; i < size; i++) state.open.add(i); draw()")
    equal(sorted(page.run("table.rows.map(idOf)")), sorted(c["cluster_id"] for c in cells))
    look.done()


@check
def a_value_colours_every_view(at):
    look = at("rich")
    page = look.open("color=plan%3Dalpha", width=1500)
    cells = {c["cluster_id"]: c for c in look.table("cluster_facets") if c["facet"] == "plan" and c["value"] == "alpha"}
    shares = page.run("Array.from({ length: size }, (_, i) => shareOf(coloring.by, i))")
    for at_, row in enumerate(look.table()):
        cell = cells.get(row["cluster_id"])
        expect((shares[at_] is None) == (cell is None) and (cell is None or abs(shares[at_] - float(cell["share"])) < 1e-3), f"the share of {row['cluster_id']}")
    expect(page.run("document.querySelectorAll('#rows .cell.value').length") > 3, "no column of the value")
    for view in ("treemap", "map"):
        page.run(f"document.getElementById('tab-{view}').click()")
        fills = page.run("new Set(chart.shapes.filter((s) => s.node > 0 && !s.text).map((s) => s.fill)).size")
        expect(fills > 2, f"one colour in the {view}")
        expect("plan: alpha" in page.run("document.getElementById('legend').textContent"), "no legend")
    look.done()


@check
def change_is_worked_out_from_the_months(at):
    look = at("rich")
    page = look.open(width=1600)
    months = {}
    for c in look.table("cluster_facets"):
        if c["facet"] == ".month":
            months.setdefault(c["cluster_id"], {})[c["value"]] = int(c["n_conversations"])
    periods = sorted(months["c0"])
    half = len(periods) // 2
    step = page.run("rules.facets_rounded_to") - 1
    clear, unclear = 0, 0
    for at_, row in enumerate(look.table()[1:], 1):
        mine, found = months.get(row["cluster_id"], {}), page.run(f"change({at_})")
        ends = []
        for part in (periods[:half], periods[len(periods) - half:]):
            shown = [p for p in part if p in mine]
            low, all_ = sum(mine[p] for p in shown), sum(months["c0"][p] for p in shown)
            ends.append((low / (all_ + step * len(shown)), (low + step * len(shown)) / all_, (2 * low + step * len(shown)) / (2 * all_ + step * len(shown))) if shown else None)
        if None in ends:
            equal(found, None)
            continue
        expect(abs(found["points"] - (ends[1][2] - ends[0][2])) < 1e-12, f"the change of c{at_}")
        equal(found["isClear"], ends[1][0] > ends[0][1] or ends[1][1] < ends[0][0])
        clear += found["isClear"]
        unclear += not found["isClear"]
    expect(clear > 0 and unclear > 0 and page.run("document.querySelectorAll('#rows .rise, #rows .fall').length") > 0, "no change is clear")
    page.run("document.getElementById('rows').querySelectorAll('.row')[1].click()")
    equal(page.run("document.querySelectorAll('.spark rect, .spark circle').length"), len(periods))
    look.done()


def download(look, page, button):
    with tempfile.TemporaryDirectory() as folder:
        look.browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=folder, eventsEnabled=True)
        before = len(look.browser.events)
        page.run(f"document.getElementById('{button}').click()", user=True)
        for _ in range(400):
            page.frames()
            if any(e["method"] == "Browser.downloadProgress" and e["params"]["state"] == "completed" for e in look.browser.events[before:]):
                break
        names = os.listdir(folder)
        expect(len(names) == 1, f"{button} gave {names}")
        with open(f"{folder}/{names[0]}", encoding="utf-8", newline="") as file:
            return names[0], file.read()


@check
def downloads_equal_the_table(at):
    for bundle in ("rich", "hostile", "noised"):
        look = at(bundle)
        page = look.open()
        name, text = download(look, page, "save-csv")
        expect(name.endswith(".csv"))
        rows, wanted = list(csv.DictReader(io.StringIO(text, newline=""))), look.table()
        equal(len(rows), len(wanted))
        expect({"cluster_id", "parent_id", "label", "n_users", "n_conversations", "share", "top_terms"} <= set(rows[0]), "columns are missing")
        for row, want in zip(rows, wanted):
            equal({key: row[key] for key in row if key in want}, {key: want[key] for key in row if key in want})
        expect(all(line.endswith("\r\n") for line in [text[-2:]]) and not text.startswith("\ufeff"))
        document = json.loads(download(look, page, "save-json")[1])
        with open(f"{look.folder}/release.json", encoding="utf-8") as file:
            release = json.load(file)
        equal([{k: c[k] for k in ("cluster_id", "label", "n_users", "n_conversations", "share", "top_terms", "description")} for c in document["clusters"]],
              [{k: c[k] for k in ("cluster_id", "label", "n_users", "n_conversations", "share", "top_terms", "description")} for c in release["clusters"]])
        look.done()
    # What search and filter leave, and nothing else.
    look = at("rich")
    word = look.table()[5]["label"].split(" · ")[0]
    page = look.open(f"q={word}&only=plan%3Dbeta")
    text = download(look, page, "save-csv")[1]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    cells = {c["cluster_id"]: c for c in look.table("cluster_facets") if c["facet"] == "plan" and c["value"] == "beta"}
    hits = [r["cluster_id"] for r in look.table() if r["cluster_id"] in cells and (word in r["label"] or word in r["top_terms"].split(", "))]
    equal([[r["cluster_id"], r["n_users"], r["n_conversations"], r["facet"], r["value"]] for r in rows],
          [[i, cells[i]["n_users"], cells[i]["n_conversations"], "plan", "beta"] for i in hits])
    page.run("document.getElementById('tab-treemap').click()")
    name, picture = download(look, page, "save-svg")
    import xml.etree.ElementTree as tree
    root = tree.fromstring(picture)
    expect(name.endswith(".svg") and len(root.findall("{http://www.w3.org/2000/svg}rect")) > len(hits))
    look.done()


@check
def the_address_holds_the_state(at):
    look = at("rich")
    page = look.open()
    label = page.run("tree.label[2]")
    page.run("state.color = 'change'; state.only = valueNamed('plan=alpha'); state.sort = { key: 'users', descends: false }; reveal(7); state.zoom = 1; state.selected = 2; state.query = 'topic'; state.view = 'treemap'; draw()")
    page.wait("location.hash.includes('q=topic')")
    fragment = page.run("location.hash.slice(1)")
    keys = ("view", "selected", "zoom", "query", "only", "color", "sort", "list")
    equal(page.run("state.zoom"), 1)
    before = page.run(f"Object.fromEntries({json.dumps(keys)}.map((k) => [k, state[k]]))")
    look.done()
    again = look.open(fragment)
    equal(again.run(f"Object.fromEntries({json.dumps(keys)}.map((k) => [k, state[k]]))"), before)
    equal(again.run("document.querySelector('#detail h2').textContent"), label)
    # By hand, and by hands that are not careful.
    for fragment in ("view=map&id=c3", "view=nothing&id=c99999999&zoom=x&sort=y.z&only=&color=", "%E0%A4%A", "main", "id=c-1&q=%00"):
        again.run(f"location.hash = {json.dumps(fragment)}")
        again.frames()
    look.done()
    again = look.open("view=map&id=c3")
    equal(again.run("[state.view, state.selected]"), ["map", 3])
    look.done()


@check
def hostile_labels_are_text(at):
    look = at("hostile")
    with open(f"{look.folder}/explorer.html", encoding="utf-8") as file:
        page_text = file.read()
    # The markup of the page itself is all there is.
    equal((page_text.count("<script"), page_text.count("</script"), page_text.count("<!--")), (2, 2, 0))
    page = look.open(width=1500)
    page.run("globalThis.alert = () => { globalThis.ran = true }")
    wanted = [r["label"] for r in json.load(open(f"{look.folder}/release.json", encoding="utf-8"))["clusters"]]
    expect(any("</script>" in w for w in wanted) and any(len(w) > 490 for w in wanted), "the bundle is not hostile enough")
    page.run("for (let i = 0; i < size; i++) state.open.add(i); state.isPrinted = true; draw(); state.isPrinted = false")
    shown = page.run("table.rows.map((i) => document.querySelector(`#row-${i} .label .label`).textContent)")
    for label, text in zip(wanted, shown):
        expect(text == label or "\\u{" in text, f"{label!r} is shown as {text!r}")
        expect(not any(c in text for c in "\u202e\u200b\u001b\u0000\r\n"), f"{text!r} can act")
    for view in ("table", "treemap", "map", "withheld"):
        page.run(f"document.getElementById('tab-{view}').click()")
        for i in range(len(wanted)):
            page.run(f"select({i})")
        expect(page.run("!document.querySelector('main script, main img, main iframe, #detail script, #detail img, #detail a')"), "a label became markup")
    equal(page.run("globalThis.ran ?? null"), None)
    # A 500 characters long label widens nothing, chosen or not.
    page.run(f"select({wanted.index('W' * 500)}); showDetail(true)")
    for width in (1500, 800, 360):
        page.resize(width, 700)
        page.frames()
        for view in ("table", "treemap", "map", "withheld"):
            page.run(f"document.getElementById('tab-{view}').click()")
            expect(page.run("document.documentElement.scrollWidth <= innerWidth"), f"{view} is wider than {width} pixels")
            for part in ("detail", "withheld", "main"):
                expect(page.run(f"$('{part}').scrollWidth <= $('{part}').clientWidth"), f"{part} is wider than its place at {width} pixels")
    import xml.etree.ElementTree as tree
    page.run("document.getElementById('tab-treemap').click()")
    tree.fromstring(page.run("svgText()"))
    page.run("document.getElementById('tab-map').click()")
    tree.fromstring(page.run("svgText()"))
    look.done()
    # What runs is what the policy names: markup that gets in does nothing.
    equal(page.run("(() => { try { document.body.innerHTML += '<b>x</b>'; return 'written' } catch { return 'refused' } })()"), "refused")
    expect(page.run("(() => { const s = document.createElement('style'); s.textContent = 'body { color: red }'; document.head.append(s); return getComputedStyle(document.body).color !== 'rgb(255, 0, 0)' })()"))


@check
def treemap_and_map_are_walked_and_zoomed(at):
    look = at("rich")
    page = look.open("view=treemap")
    # Areas are as the conversations.
    areas = page.run("chart.shapes.filter((s) => s.node > 0 && s.rect && tree.parent[s.node] === 0 && !s.rest).map((s) => [(s.rect[2] + 3) * (s.rect[3] + 3), tree.conversations[s.node]])")
    ratios = [a / n for a, n in areas]
    expect(len(areas) == page.run("children[0].length") and max(ratios) / min(ratios) < 1.02, f"areas are not as the counts: {ratios}")
    page.run("document.getElementById('canvas').focus()")
    page.run("select(1)")
    page.key("Enter")
    equal((page.run("state.zoom"), page.run("document.querySelectorAll('#crumbs li').length")), (1, 2))
    page.key("ArrowRight")
    expect(page.run("isWithin(state.selected, 1) && state.selected !== 1"), "the arrow leads out of the picture")
    page.key("Escape")
    equal((page.run("state.zoom"), page.run("state.selected")), (0, 1))
    page.run("document.getElementById('tab-map').click()")
    box = page.run("(() => { const b = document.getElementById('canvas').getBoundingClientRect(); return [b.left, b.top] })()")
    i, x, y = page.run("(() => { const s = chart.shapes.findLast((s) => s.disc && s.node > 0); return [s.node, s.disc[0], s.disc[1]] })()")
    page.move(box[0] + x, box[1] + y)
    page.frames()
    expect(page.run(f"!document.getElementById('tip').hidden && document.getElementById('tip').textContent.includes(tree.label[{i}])"), "no tip under the pointer")
    page.click(box[0] + x, box[1] + y)
    equal(page.run("state.selected"), i)
    before = page.run("chart.view.scale")
    page.run("document.getElementById('zoom-in').click()")
    page.frames()
    expect(page.run("chart.view.scale") > before)
    look.done()


@check
def discs_without_places_lie_in_their_topics(at):
    look = at("large")
    page = look.open("view=map")
    equal(page.run("hasPlaces()"), False)
    worst = page.run("""(() => { let worst = 0;
      for (let i = 1; i < size; i++) { const a = discs[i], b = discs[tree.parent[i]];
        worst = Math.max(worst, Math.hypot(a.x - b.x, a.y - b.y) + a.r - b.r) }
      for (let p = 0; p < size; p++) for (const i of children[p]) for (const j of children[p]) if (i < j)
        worst = Math.max(worst, discs[i].r + discs[j].r - Math.hypot(discs[i].x - discs[j].x, discs[i].y - discs[j].y));
      return worst })()""")
    expect(worst < 1e-6, f"discs overlap by {worst}")
    equal(page.run("JSON.stringify(discs)"), look.open("view=map").run("JSON.stringify(discs)"))
    look.done()


@check
def narrow_wide_and_printed(at):
    look = at("rich")
    for width in (360, 768, 1280, 2560):
        page = look.open(width=width, height=800)
        for view in ("table", "treemap", "map", "withheld"):
            page.run(f"document.getElementById('tab-{view}').click()")
            expect(page.run("document.documentElement.scrollWidth <= innerWidth"), f"{view} is wider than {width} pixels")
        look.done()
    page = look.open(width=360, height=700)
    page.run("document.querySelectorAll('#rows .row')[1].click()")
    expect(page.run("getComputedStyle(document.getElementById('detail')).display") == "block", "no detail on a narrow screen")
    page.run("document.querySelector('#detail .close').click()")
    expect(page.run("getComputedStyle(document.getElementById('detail')).display") == "none")
    page = look.open()
    page.run("for (let i = 0; i < size; i++) state.open.add(i); draw(); state.theme = 'dark'; dispatchEvent(new Event('beforeprint')); fillTable()")
    equal(page.run("document.querySelectorAll('#rows .row').length"), page.run("table.rows.length"))
    equal(page.run("document.documentElement.dataset.theme"), "light")
    page.run("dispatchEvent(new Event('afterprint'))")
    equal(page.run("document.documentElement.dataset.theme"), "dark")
    look.done()


@check
def the_withheld_panel_says_the_rules(at):
    for name in ("rich", "noised"):
        look = at(name)
        page = look.open("view=withheld")
        text = page.run("document.getElementById('withheld').innerText")
        with open(f"{look.folder}/release.json", encoding="utf-8") as file:
            release = json.load(file)
        for part in (str(release["rules"]["minimum_users"]), release["release_id"], f"{release['accounts']['counted']:,}"):
            expect(part in text, f"{part} is not in the panel")
        if name == "noised":
            expect(str(release["rules"]["differential"]["epsilon"]) in text and "noise" in text, "the budget is not said")
        look.done()


def main():
    program = find_chromium()
    if not program:
        sys.exit(77)
    folder, *names = sys.argv[1:]
    results = []
    with Browser(program) as browser:
        for function in checks:
            if names and function.__name__ not in names:
                continue
            looks = {}
            try:
                function(lambda name: looks.setdefault(name, Look(browser, f"{folder}/{name}")))
                failure = None
            except Exception as error:
                failure = f"{type(error).__name__}: {error}" + ("" if isinstance(error, AssertionError) else "\n" + traceback.format_exc())
                where = traceback.extract_tb(error.__traceback__)
                failure += f" (line {[f.lineno for f in where if f.filename == __file__ and f.name == function.__name__][-1]})"
            for look in looks.values():
                if look.page:
                    look.page.close()
            results.append({"check": function.__name__, "failure": failure})
    print(json.dumps(results))


if __name__ == "__main__":
    main()
