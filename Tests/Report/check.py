#!/usr/bin/env python3
"""Looks at the page of `weft trace --report` in a real browser.

    Tests/Report/check.py [--weft .build/release/weft] [--screenshots DIR]

The numbers that the page shows are those of `weft trace --summary --json` for the same run; nothing is fetched; tables
sort; dark mode, a narrow window and print are readable. Exit code 0: all of it holds; 1: something does not. Without a
browser it says "skipped" and how many checks that were.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from browser import Browser, executable

ROOT = pathlib.Path(__file__).resolve().parents[2]

# A table as lists of cells: the number where a cell has one, else its text.
TABLE = """(id => [...document.getElementById(id).tBodies[0].rows].map(row => [...row.cells]
  .filter(cell => !cell.classList.contains("p"))
  .map(cell => cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v))))"""

# Contrast of text to the background of its nearest ancestor that has one (WCAG 2, relative luminance).
CONTRAST = """(selector => {
  const parse = color => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  return Math.min(...[...document.querySelectorAll(selector)].map(element => {
    let holder = element, back;
    do { back = parse(getComputedStyle(holder).backgroundColor); holder = holder.parentElement; }
    while (holder && back.length === 4 && back[3] === 0);
    const style = getComputedStyle(element);
    const [a, b] = [light(parse(element instanceof SVGElement ? style.fill : style.color)), light(back)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }));
})"""

checks = 0


def require(condition, message):
    global checks
    checks += 1
    if not condition:
        print(f"FAIL: {message}", file=sys.stderr)
        sys.exit(1)


def check_numbers(browser, summary):
    for name, value in {
        "instructions": summary["instructions"], "cells": summary["cells"], "rows": summary["rows"],
        "padding": summary["height"] - summary["rows"],
        "unconstrained-count": sum(item["count"] for item in summary["unconstrained"]),
    }.items():
        shown = browser.value(f"Number(document.getElementById('figure-{name}').dataset.v)")
        require(shown == value, f"{name}: the page shows {shown}, the summary has {value}")
    shown = browser.value("document.getElementById('openness').textContent")
    require(shown == summary["openness"], f"openness: {shown}")

    chips = {row[0]: row[1:] for row in browser.value(f"{TABLE}('chips')")}
    expected = {
        chip["name"]: [chip["rows"], chip["height"], chip["height"] - chip["rows"], chip["columns"], chip["cells"]]
        for chip in summary["chips"]}
    require(chips == expected, f"chips: {chips} instead of {expected}")
    require(browser.value("document.querySelectorAll('#chips .bar').length") == len(expected), "a bar for every chip")

    for table in ("opcode-table", "function-table"):
        rows = browser.value(f"{TABLE}('{table}')")
        more = browser.value(f"document.getElementById('{table}-more') ? {TABLE}('{table}-more') : []")
        require(sum(row[1] for row in rows + more) == summary["instructions"], f"{table} adds up to the instructions")
        counts = [row[1] for row in rows + more]
        require(counts == sorted(counts, reverse=True), f"{table} begins with the most frequent")

    if summary["unconstrained"]:
        expected = [[item["instruction"], item["count"]] for item in summary["unconstrained"]]
        require(browser.value(f"{TABLE}('unconstrained-table')") == expected, "unconstrained instructions")
    segments = browser.value(f"{TABLE}('segment-table')")
    require(sum(row[1] for row in segments) == summary["instructions"], "segments add up to the instructions")
    require(sum(row[5] for row in segments) == summary["cells"], "segments add up to the cells")


def check_maps(browser):
    spaces = browser.value("[...document.querySelectorAll('[id^=map-]')].map(p => [p.id.slice(4), Number(p.dataset.v)])")
    require([space for space, _ in spaces][:2] == ["1", "2"], f"maps of registers and memory: {spaces}")
    maps = browser.value("""[...document.querySelectorAll('svg.heat')].map(svg => ({
      counts: [...svg.querySelectorAll('.hit title')].map(t => Number(t.textContent.match(/: ([\\d,]+) acc/)[1].replaceAll(',', ''))),
      shades: svg.querySelectorAll('path').length, width: svg.getBoundingClientRect().width}))""")
    require(len(maps) == len(spaces), "a picture for every space")
    for (space, accesses), picture in zip(spaces, maps):
        require(sum(picture["counts"]) == accesses, f"rows of space {space} add up to its {accesses} accesses")
        require(picture["shades"] > 0 and picture["width"] > 300, f"the picture of space {space} shows something")
    pages = browser.value(f"{TABLE}('page-table')")
    require(all(row[2] == row[3] + row[4] for row in pages), "reads and writes of a page are its accesses")


def check_sorting(browser):
    sorts = browser.value("""(() => {
      const head = [...document.querySelectorAll('#chips th')].find(th => th.textContent.startsWith('height'));
      const column = () => [...document.querySelectorAll('#chips tbody tr')].map(row => Number(row.cells[2].dataset.v));
      head.click(); const down = column(); const state = head.getAttribute('aria-sort');
      head.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'})); return [down, state, column()];
    })()""")
    down, state, up = sorts
    require(state == "descending" and down == sorted(down, reverse=True), "a click sorts, the largest first")
    require(up == sorted(up), "Enter sorts the other way round")


def check_looks(browser, name, dark):
    for selector, least in {"body": 7, "p": 4.5, "td": 7, "th": 4.5, "dd": 7, "dt": 4.5, ".labels text": 4.5,
                            "footer": 4.5, "nav a": 4.5, ".open": 4.5, "summary": 4.5}.items():
        if browser.value(f"document.querySelector('{selector}') !== null"):
            contrast = browser.value(f"{CONTRAST}('{selector}')")
            require(contrast >= least, f"{name}: contrast of {selector} is {contrast:.2f}, below {least}")
    page = browser.value("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    require((max(page) < 64) == dark and (min(page) > 224) != dark, f"{name}: the page is {page}")


arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
arguments.add_argument("--weft", default=str(ROOT / ".build/release/weft"))
arguments.add_argument("--program", default=str(ROOT / "programs/rv32/textstats/textstats.elf"))
arguments.add_argument("--screenshots", type=pathlib.Path)
arguments = arguments.parse_args()
path = executable()
if path is None:
    print("skipped: no browser is installed, 1 page is not looked at")
    sys.exit(0)

with tempfile.TemporaryDirectory() as work:
    page = pathlib.Path(work) / "report.html"
    text = pathlib.Path(work) / "input"
    text.write_text("the quick brown fox jumps over the lazy dog\n" * 400)
    trace = subprocess.run(
        [arguments.weft, "trace", arguments.program, "--input", str(text), "--report", str(page), "--summary", "--json"],
        check=True, stdout=subprocess.PIPE)
    summary = json.loads(trace.stdout)
    pictures = arguments.screenshots
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)

    def picture(name):
        if pictures:
            browser.screenshot(pictures / f"{name}.png")

    with Browser(path) as browser:
        url = page.as_uri()
        browser.window(1200)
        browser.media()
        browser.open(url)
        check_numbers(browser, summary)
        check_maps(browser)
        check_looks(browser, "light", dark=False)
        picture("light")
        check_sorting(browser)
        browser.media(scheme="dark")
        check_looks(browser, "dark", dark=True)
        picture("dark")
        browser.window(390, 844)
        browser.media()
        wide = browser.value("document.scrollingElement.scrollWidth")
        require(wide <= 390, f"a narrow window scrolls sideways: {wide} pixels")
        picture("narrow")
        # Dark people print on white paper, too.
        browser.window(800)
        browser.media(media="print", scheme="dark")
        check_looks(browser, "print", dark=False)
        require(browser.value("getComputedStyle(document.querySelector('nav')).display") == "none", "print has no links")
        picture("print")
        pdf = browser.pdf()
        require(pdf.startswith(b"%PDF") and len(pdf) > 10_000, "the page prints")
        if pictures:
            (pictures / "print.pdf").write_bytes(pdf)
        require(browser.requests() == [url], f"requests: {browser.requests()}")
        require(browser.complaints() == [], f"the console says: {browser.complaints()}")

        browser.call("Emulation.setScriptExecutionDisabled", value=True)
        browser.open(url)
        check_numbers(browser, summary)
        require(browser.value("document.querySelectorAll('th.sortable').length") == 0, "no script ran")
    print(f"{pathlib.Path(path).name}: {checks} checks, {summary['instructions']} instructions, "
          f"{page.stat().st_size} bytes of page")
