/// How a report looks and what its script does. Both work without the network, and the page without the script.
enum ReportStyle {
  static let css = """
    :root {
      color-scheme: light dark;
      --page: #fdfdfc; --ink: #1d2126; --soft: #5b646e; --line: #dfe2e6; --wash: #f3f4f6;
      --first: #2f5fa8; --second: #c9d7ec; --warn: #8a5a00; --warn-wash: #fdf3dd;
      --h1: #dde8f7; --h2: #bdd3ef; --h3: #93b6e2; --h4: #6593d0; --h5: #3f71b8; --h6: #274f92; --h7: #14316a;
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --page: #14171a; --ink: #e4e7ea; --soft: #9aa4ae; --line: #2d333a; --wash: #1c2126;
        --first: #7aa7e8; --second: #2c415f; --warn: #f0c265; --warn-wash: #32290f;
        --h1: #1d2b40; --h2: #24405f; --h3: #2d5786; --h4: #3a72b2; --h5: #5990d2; --h6: #8db6ea; --h7: #d3e4fb;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 68rem; background: var(--page); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
      font-variant-numeric: tabular-nums;
    }
    h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.01em; overflow-wrap: anywhere; }
    h2 { margin: 3rem 0 0.25rem; font-size: 1.2rem; letter-spacing: -0.005em; }
    h3 { margin: 1.75rem 0 0.5rem; font-size: 1rem; }
    p { margin: 0.25rem 0 0.75rem; max-width: 46rem; color: var(--soft); }
    header p { color: var(--ink); }
    a { color: var(--first); }
    nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin-top: 1rem; font-size: 0.9rem; }
    nav a { text-decoration: none; white-space: nowrap; }
    nav a:hover { text-decoration: underline; }
    code { font: 0.92em ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
      overflow-wrap: anywhere; unicode-bidi: isolate; }
    .open { margin: 1rem 0 0; padding: 0.6rem 0.9rem; max-width: none; border-left: 3px solid var(--first);
      background: var(--wash); color: var(--ink); }
    .open.warn { border-color: var(--warn); background: var(--warn-wash); color: var(--warn); }
    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1px;
      margin: 1.5rem 0 0; border: 1px solid var(--line); background: var(--line); }
    .figures div { padding: 0.75rem 0.9rem; background: var(--page); }
    .figures dt { color: var(--soft); font-size: 0.85rem; }
    .figures dd { margin: 0; font-size: 1.2rem; line-height: 1.35; font-weight: 600; }
    .scroll { overflow-x: auto; }
    table { width: 100%; border-collapse: collapse; font-size: 0.92rem; }
    #unconstrained-table { width: auto; min-width: 24rem; }
    th { padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--ink); color: var(--soft);
      font-weight: 600; font-size: 0.85rem; text-align: left; white-space: nowrap; }
    td { padding: 0.28rem 0.75rem 0.28rem 0; border-bottom: 1px solid var(--line); }
    th:last-child, td:last-child { padding-right: 0; }
    .n { text-align: right; white-space: nowrap; }
    .p { width: 24%; min-width: 7rem; }
    th.sortable { cursor: pointer; }
    th.sortable:hover, th.sortable:focus-visible { color: var(--ink); }
    th[aria-sort=ascending]::after { content: " ↑"; }
    th[aria-sort=descending]::after { content: " ↓"; }
    .bar { display: block; width: 100%; height: 10px; }
    .b1 { fill: var(--first); } .b2 { fill: var(--second); }
    .key { display: inline-flex; gap: 1.25rem; margin: 0.25rem 0 0.5rem; color: var(--soft); font-size: 0.85rem; }
    .key svg, .legend svg { margin-right: 0.35rem; vertical-align: -1px; }
    .map { display: grid; grid-template-columns: auto 1fr; }
    .labels text { fill: var(--soft); text-anchor: end; font: 9.5px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono",
      monospace; }
    .heat { display: block; width: 100%; background: var(--wash); }
    .h1 { fill: var(--h1); } .h2 { fill: var(--h2); } .h3 { fill: var(--h3); } .h4 { fill: var(--h4); }
    .h5 { fill: var(--h5); } .h6 { fill: var(--h6); } .h7 { fill: var(--h7); }
    .hit { fill: transparent; }
    .hit:hover { stroke: var(--ink); stroke-width: 1px; vector-effect: non-scaling-stroke; }
    .axis { display: flex; justify-content: space-between; margin: 0.2rem 0 0 96px; color: var(--soft);
      font-size: 0.8rem; }
    .legend { display: flex; flex-wrap: wrap; gap: 0.25rem 0.9rem; margin: 0.35rem 0 0 96px; color: var(--soft);
      font-size: 0.8rem; }
    details { margin-top: 0.75rem; } summary { cursor: pointer; color: var(--first); }
    footer { margin-top: 3.5rem; padding-top: 0.75rem; border-top: 1px solid var(--line); color: var(--soft);
      font-size: 0.85rem; }
    @media (max-width: 40rem) {
      body { padding: 1.5rem 1rem 3rem; }
      .figures { grid-template-columns: repeat(2, 1fr); }
      td.p, th.p { display: none; }
    }
    @media print {
      body { max-width: none; padding: 0; font-size: 10pt; }
      nav { display: none; }
      a { color: inherit; text-decoration: none; }
      h2 { margin-top: 1.5rem; break-after: avoid; } h3, p { break-after: avoid; }
      tr, .map, .figures { break-inside: avoid; }
      .scroll { overflow: visible; }
      svg, .open, .figures { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }
    """

  /// Sorts a table by a column when its head is clicked, or chosen with the keyboard.
  static let script = """
    document.querySelectorAll("table").forEach(table => {
      const body = table.tBodies[0];
      table.querySelectorAll("th:not(.p)").forEach((head, column) => {
        const key = row => {
          const cell = row.cells[head.cellIndex];
          return cell.dataset.v === undefined ? cell.textContent : BigInt(cell.dataset.v);
        };
        const sort = () => {
          const down = head.getAttribute("aria-sort") !== "descending" && head.classList.contains("n")
            || head.getAttribute("aria-sort") === "ascending";
          table.querySelectorAll("th").forEach(other => other.removeAttribute("aria-sort"));
          head.setAttribute("aria-sort", down ? "descending" : "ascending");
          [...body.rows].map(row => [key(row), row])
            .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1))
            .forEach(([, row]) => body.append(row));
        };
        head.classList.add("sortable");
        head.tabIndex = 0;
        head.addEventListener("click", sort);
        head.addEventListener("keydown", event => {
          if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(); }
        });
      });
    });
    """
}
