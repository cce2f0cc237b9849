"""measure.py BUNDLE: how fast the explorer of a bundle is, in milliseconds, in a browser of its own.

First paint is the browser's first contentful paint of the file, the least of five. An interaction is what its event does
until the page is laid out and its pictures are painted: the median of ten by the clock, and the processor time of the page's
thread for the same with everything that follows until two frames later, which does not depend on what else the machine does.
"""

import statistics
import sys

from devtools import Browser, find_chromium

INTERACTIONS = {
    "scroll the table": "$('rows').scrollTop = 500 + (n * 7919) % 200000; fillTable(); $('rows').offsetHeight",
    "open and close a topic": "toggle(children[0][n % 5]); $('rows').offsetHeight",
    "a letter into the search": "$('search').value = ['w', 'wo', 'w 1', 'w 12', ''][n % 5]; $('search').dispatchEvent(new Event('input')); $('rows').offsetHeight",
    "select a topic": "goTo((n * 97) % table.rows.length); $('detail').offsetHeight",
    "sort by users": "sortBy(tableColumns().find((c) => c.key === 'users')); $('rows').offsetHeight",
    "turn to the treemap": "state.view = n % 2 ? 'table' : 'treemap'; draw(); $('main').offsetHeight",
    "turn to the map": "state.view = n % 2 ? 'table' : 'map'; draw(); $('main').offsetHeight",
    "move the pointer over the map": "hover(nodeAt(100 + n * 61, 100 + n * 37), 100, 100)",
    "zoom the map": "chart.view = keepInside({ scale: 1 + n / 2, x: -n * 40, y: -n * 30 }); chart.shapes = mapShapes(); paint($('base'), chart.shapes); drawLens()",
    "colour by a value": "state.color = n % 2 ? 'topic' : Math.max(0, values.length - 1 - n); if (values.length) draw()",
}


def main():
    with Browser(find_chromium() or sys.exit("measure.py: there is no Chromium here")) as browser:
        paints, loads = [], []

        def busy(page):
            return next(m["value"] for m in page.call("Performance.getMetrics")["metrics"] if m["name"] == "TaskDuration") * 1000

        for _ in range(5):
            page = browser.page(1440, 900)
            page.call("Performance.enable", timeDomain="threadTicks")
            page.open(f"{sys.argv[1]}/explorer.html")
            page.wait("performance.getEntriesByName('first-contentful-paint').length")
            paints.append(page.run("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
            loads.append(busy(page))
            last = page
        result = {"clusters": last.run("size"), "bytes": last.run("document.documentElement.outerHTML.length"),
                  "first paint": round(min(paints), 1), "load, processor": round(min(loads), 1)}
        last.run("for (let i = 0; i < size; i++) state.open.add(i); draw()")
        for name, script in INTERACTIONS.items():
            if "map" in name and "turn" not in name:
                last.run("state.view = 'map'; draw()")
            elif "turn" not in name:
                last.run("state.view = 'table'; draw()")
            times, processor = [], []
            for n in range(10):
                before = busy(last)
                times.append(last.run(f"(() => {{ const n = {n}; const t = performance.now(); {script}; return performance.now() - t }})()"))
                last.frames()
                processor.append(busy(last) - before)
            result[name] = {"clock": round(statistics.median(times), 1), "processor": round(statistics.median(processor), 1)}
        for name, value in result.items():
            print(f"{name:32}", value if not isinstance(value, dict) else f"{value['clock']:7} {value['processor']:7}")


if __name__ == "__main__":
    main()
