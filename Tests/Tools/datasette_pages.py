"""datasette_pages.py BUNDLE: starts Datasette on a port of loopback that the system chooses and fetches its pages: the
tables with their facets and descriptions, and every canned query. Prints a line for each."""

import html
import json
import os
import re
import subprocess
import sys
import threading
import urllib.parse
import urllib.request

bundle = sys.argv[1]
with open(bundle + "/metadata.json", encoding="utf-8") as file:
    described = json.load(file)["databases"]["release"]
with open(bundle + "/release.json", encoding="utf-8") as file:
    release = json.load(file)
server = subprocess.Popen(
    [os.path.dirname(sys.executable) + "/datasette", "serve", "--immutable", bundle + "/release.sqlite",
     "--metadata", bundle + "/metadata.json", "--host", "127.0.0.1", "--port", "0"],
    stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


def read_on():
    """Empties the pipe, which would stop the server once it is full."""
    for _ in server.stderr:
        pass


try:
    address = None
    for line in server.stderr:
        found = re.search(r"running on (http://127\.0\.0\.1:[0-9]+)", line)
        if found:
            address = found.group(1)
            break
    threading.Thread(target=read_on, daemon=True).start()

    def get(path, **query):
        with urllib.request.urlopen(f"{address}/{path}?{urllib.parse.urlencode(query)}", timeout=60) as answer:
            return answer.status, answer.read().decode()

    def rows(path, **query):
        return json.loads(get(path + ".json", _shape="objects", **query)[1])["rows"]

    print("home", "Throng release" in get("")[1])
    for table, entry in described["tables"].items():
        status, page = get(f"release/{table}")
        texts = all(html.escape(text, quote=False)[:30] in html.unescape(page) or text[:30] in html.unescape(page)
                    for text in entry["columns"].values())
        print(f"table {table}", status == 200 and entry["description"] in html.unescape(page) and texts)
        for facet in entry.get("facets", []):
            answer = json.loads(get(f"release/{table}.json", _facet=facet)[1])
            print(f"facet {table}.{facet}", facet in str(answer["facet_results"]))
    label = release["clusters"][1]["label"]
    facets = [f["name"] for f in release["facets"] if not f["parts"]]
    values = {"term": release["clusters"][1]["top_terms"][0], "facet": facets[0], "cluster_id": "c0"}
    for query, entry in described["queries"].items():
        given = {name: values[name] for name in re.findall(r":(\w+)", entry["sql"])}
        status, page = get(f"release/{query}", **given)
        found = rows(f"release/{query}", **given)
        print(f"query {query}", status == 200 and entry["title"] in page, len(found))
    topics = rows("release/topics")
    print("all topics", [t["cluster_id"] for t in topics] == [c["cluster_id"] for c in release["clusters"]])
    found = rows("release/topics_with_term", term=values["term"])
    print("topic by term", label in [row["label"] for row in found])
    cells = [c for c in release["cluster_facets"] if c["facet"] == facets[0]]
    print("cells", len(rows("release/who_talks", facet=facets[0])) == len(cells))
finally:
    server.kill()
    server.wait()
