"""Drives Chromium over a pair of pipes (--remote-debugging-pipe): no socket, no package, messages end with a NUL."""

import json
import os
import shutil
import subprocess
import tempfile
import time


def find_chromium():
    """The browser's program, or None."""
    for name in (os.environ.get("THRONG_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if name and shutil.which(name):
            return shutil.which(name)
    return None


class PageError(Exception):
    """What a script in the page threw, or a command that the browser refused."""


class Browser:
    def __init__(self, program):
        self.profile = tempfile.mkdtemp(prefix="throng-chromium-")
        commands, answers = os.pipe(), os.pipe()
        for end in (commands[0], answers[1]):
            os.set_inheritable(end, True)

        def place():
            # Away from 3 and 4 first, so that neither of the two is overwritten before it is copied.
            read, write = os.dup(commands[0]), os.dup(answers[1])
            high_read, high_write = os.dup2(read, 203), os.dup2(write, 204)
            os.dup2(high_read, 3)
            os.dup2(high_write, 4)
            os.set_inheritable(3, True)
            os.set_inheritable(4, True)

        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
             "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--force-color-profile=srgb",
             "--hide-scrollbars", "--remote-debugging-pipe", f"--user-data-dir={self.profile}", "about:blank"],
            close_fds=False, preexec_fn=place, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(commands[0])
        os.close(answers[1])
        self.to, self.source = commands[1], answers[0]
        self.buffer, self.number, self.events = b"", 0, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
        except (PageError, OSError):
            self.process.kill()
        self.process.wait()
        os.close(self.to)
        os.close(self.source)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _message(self):
        while b"\0" not in self.buffer:
            more = os.read(self.source, 1 << 20)
            if not more:
                raise PageError("the browser has gone")
            self.buffer += more
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if session:
            command["sessionId"] = session
        data = json.dumps(command).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        number = self.number
        while True:
            message = self._message()
            if message.get("id") == number:
                if "error" in message:
                    raise PageError(f"{method}: {message['error'].get('message')}")
                return message["result"]
            if "method" in message:
                self.events.append(message)

    def page(self, width=1280, height=800, scale=1, dark=False, reduced=False):
        return Page(self, width, height, scale, dark, reduced)


class Page:
    def __init__(self, browser, width, height, scale, dark, reduced):
        self.browser = browser
        self.target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.resize(width, height, scale)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if reduced else "no-preference"}])

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)

    def resize(self, width, height, scale=1):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=width < 500)

    def open(self, path, fragment=""):
        """Opens a file and waits until it has drawn itself."""
        self.browser.events = [e for e in self.browser.events if e.get("sessionId") != self.session]
        url = "file://" + os.path.abspath(path) + ("#" + fragment if fragment else "")
        self.call("Page.navigate", url=url)
        self.wait("document.readyState === 'complete' && !!document.documentElement.dataset.theme")
        self.frames()

    def run(self, script, user=False):
        """The value of an expression, promises awaited."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=user)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise PageError(details.get("exception", {}).get("description") or details.get("text"))
        return answer["result"].get("value")

    def wait(self, condition, seconds=20):
        """Until a condition of the page holds, or the time that even a busy machine needs is over."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if self.run(f"!!({condition})"):
                    return
                self.frames()
            except PageError as error:
                # A page that is being replaced has no context for a moment.
                if "context" not in str(error).lower() and "navigat" not in str(error).lower():
                    raise
        raise PageError(f"never came true: {condition}")

    def frames(self, n=2):
        """Lets the page paint."""
        self.run(f"new Promise((done) => {{ let n = {n}; const next = () => n-- > 0 ? requestAnimationFrame(next) : done(true); next(); }})")

    def key(self, key, text=None):
        codes = {"Enter": 13, "Escape": 27, "Tab": 9, " ": 32, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39,
                 "ArrowDown": 40, "Home": 36, "End": 35, "PageUp": 33, "PageDown": 34, "Backspace": 8}
        text = text if text is not None else (key if len(key) == 1 else "\r" if key == "Enter" else None)
        extra = {"text": text} if text else {}
        common = dict(key=key, windowsVirtualKeyCode=codes.get(key, ord(key[0].upper())))
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **common, **extra)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def click(self, x, y, count=1):
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=count)

    def move(self, x, y):
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def shot(self, path):
        import base64
        data = self.call("Page.captureScreenshot", format="png")["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def complaints(self):
        """Console errors and warnings, exceptions, and requests for anything but the file itself."""
        found = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                continue
            what, about = event["method"], event.get("params", {})
            if what == "Runtime.exceptionThrown":
                details = about["exceptionDetails"]
                found.append("exception: " + (details.get("exception", {}).get("description") or details.get("text", "")))
            elif what == "Runtime.consoleAPICalled" and about["type"] in ("error", "warning", "assert"):
                found.append("console: " + " ".join(str(a.get("value", a.get("description"))) for a in about["args"]))
            elif what == "Log.entryAdded" and about["entry"]["level"] in ("error", "warning"):
                found.append("log: " + about["entry"]["text"])
            elif what == "Network.requestWillBeSent":
                url = about["request"]["url"]
                if not (about.get("type") == "Document" and url.startswith("file://")) and not url.startswith("blob:"):
                    found.append("request: " + url)
        return found
