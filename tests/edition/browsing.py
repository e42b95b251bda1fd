"""Looks at an edition in a real browser, and prints what it found as JSON.

It is a program of its own: what drives the browser runs a loop of events, which the tests of the
app do too. `python browsing.py BROWSER FOLDER < WISHES`
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, Page, sync_playwright

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
TELEPHONE = {
    "color_scheme": "light",
    "is_mobile": True,
    "has_touch": True,
    "viewport": {"width": 390, "height": 844},
}
DESK = {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}}


def main(browser: str, folder: Path, wishes: dict) -> dict:
    with sync_playwright() as playwright:
        # Root has no sandbox, and CI is often root.
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        try:
            return {
                "checked": [
                    *checked(started, folder, wishes["pages"], RULES, **TELEPHONE),
                    *checked(started, folder, wishes["dark"], COLOURS, **DESK),
                ],
                "search": search(started, folder, wishes),
                "in_small_files": in_small_files(
                    started, Path(wishes["small_files"]), wishes["searches"]
                ),
                "without_scripts": without_scripts(started, folder),
                "keyboard": keyboard(started, folder),
                "printed": printed(started, folder, wishes["record"]),
            }
        finally:
            started.close()


def opened(browser: Browser, said: list[str], **how) -> Page:
    page = browser.new_context(**how).new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(f"request {request.url}"))
    return page


def checked(browser: Browser, folder: Path, names, rules, **how):
    """What is wrong with each page, in one scheme of colours and one width."""
    said: list[str] = []
    page = opened(browser, said, **how)
    for name in names:
        said.clear()
        page.goto((folder / name).as_uri())
        heard = list(said)
        page.evaluate(AXE)
        options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
        found = page.evaluate("options => axe.run(document, options)", options)
        yield {
            "page": name,
            "scheme": how["color_scheme"],
            "too_wide": page.evaluate("document.documentElement.scrollWidth")
            > how["viewport"]["width"],
            "heard": heard,
            "violations": [
                f"{each['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
                for each in found["violations"]
                for node in each["nodes"][:3]
            ],
        }


def found_for(page: Page, searches) -> dict:
    """What is found for each of some words, in order."""
    found = {}
    for typed in searches:
        page.fill("#words", typed)
        page.locator("#results[aria-busy=false]").wait_for(state="attached")
        found[typed] = page.eval_on_selector_all(
            "#results a", "links => links.map(link => link.getAttribute('href'))"
        )
    return found


def in_small_files(browser: Browser, folder: Path, searches) -> dict:
    said: list[str] = []
    page = opened(browser, said)
    page.goto((folder / "search.html").as_uri())
    return {"found": found_for(page, searches), "loaded": len(said)}


def search(browser: Browser, folder: Path, wishes) -> dict:
    said: list[str] = []
    page = opened(browser, said)
    page.goto((folder / "search.html").as_uri())
    found = found_for(page, wishes["searches"])
    apart = page.evaluate("texts => texts.map(explorerWordsIn)", wishes["texts"])
    page.goto((folder / "search.html").as_uri() + f"#{wishes['searches'][0]}")
    page.reload()
    page.click("#results li:first-child a")
    page.wait_for_load_state()
    return {"found": found, "apart": apart, "led_to": page.url, "heard": said}


def without_scripts(browser: Browser, folder: Path) -> dict:
    said: list[str] = []
    page = opened(browser, said, java_script_enabled=False)
    page.goto((folder / "search.html").as_uri())
    seen = {"form": page.locator("#search").is_visible()}
    page.click("main noscript a")
    seen["led_to"] = page.url
    page.click("text=issues")
    page.click("main li a")
    seen["record"] = page.locator("h1").inner_text()
    return seen


def keyboard(browser: Browser, folder: Path) -> dict:
    page = opened(browser, [])
    page.goto((folder / "index.html").as_uri())
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    stops = set()
    page.goto((folder / "days.html").as_uri())
    while len(stops) < 1000:
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.outerHTML")
        if here in stops and 'class="skip"' in here:
            break
        stops.add(here)
    links = page.evaluate(
        "[...new Set([...document.querySelectorAll('a, [tabindex=\"0\"]')].map(a => a.outerHTML))]"
    )
    return {
        "first": first,
        "outline": outline,
        "inside": inside,
        "missed": [link[:200] for link in links if link not in stops],
    }


def printed(browser: Browser, folder: Path, record: str) -> dict:
    page = opened(browser, [])
    page.goto((folder / record).as_uri())
    page.emulate_media(media="print")
    return {
        "nav": page.locator("header.site nav").is_visible(),
        "addresses": page.eval_on_selector_all(
            ".sources a[rel]", "links => links.map(a => [a.textContent, a.getAttribute('href')])"
        ),
        "bytes": len(page.pdf()),
    }


if __name__ == "__main__":
    json.dump(main(sys.argv[1], Path(sys.argv[2]), json.load(sys.stdin)), sys.stdout)
