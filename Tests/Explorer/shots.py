"""shots.py BUNDLE FOLDER NAME=WIDTHxHEIGHT[@SCALE][:dark]#FRAGMENT…: pictures of an explorer in Chromium."""

import re
import sys

from devtools import Browser, find_chromium


def main():
    bundle, folder, *wanted = sys.argv[1:]
    with Browser(find_chromium() or sys.exit("shots.py: there is no Chromium here")) as browser:
        for text in wanted:
            match = re.fullmatch(r"([\w-]+)=(\d+)x(\d+)(?:@([\d.]+))?(:dark)?(?:#(.*))?", text)
            name, width, height, scale, dark, fragment = match.groups()
            page = browser.page(int(width), int(height), float(scale or 1), dark is not None)
            page.open(f"{bundle}/explorer.html", fragment or "")
            if int(width) <= 860 and "detail=1" in (fragment or ""):
                page.run("showDetail(true)")
            page.frames(4)
            page.shot(f"{folder}/{name}.png")
            for complaint in page.complaints():
                print(f"{name}: {complaint}", file=sys.stderr)
            page.close()


if __name__ == "__main__":
    main()
