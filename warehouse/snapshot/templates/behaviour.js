// The page is whole without this: it adds search, filters, order, links, and a word where a newer edition is due.
"use strict";
(() => {
  const line = document.querySelector(".freshness");
  const due = line && line.dataset.nextDue;
  if (due && new Date().toISOString().slice(0, 10) > due) document.querySelector(".stale").hidden = false;

  const sortValue = (cell) => {
    const text = cell.innerText.trim();
    const number = Number.parseFloat(text.replace(/,/g, "").replace("−", "-"));
    return /^[+−]?[\d]/.test(text) && !/^\d{4}-\d{2}/.test(text) && !Number.isNaN(number) ? number : text;
  };
  const compare = (a, b) => {
    if (a === "—" || b === "—") return (a === "—") - (b === "—");
    return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh-CN");
  };
  const sortBy = (table, head) => {
    const ascending = head.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const body = table.tBodies[0];
    const keyed = [...body.rows].map((row) => [sortValue(row.cells[Math.min(head.cellIndex, row.cells.length - 1)]), row]);
    keyed.sort((a, b) => (ascending ? 1 : -1) * compare(a[0], b[0]));
    body.append(...keyed.map(([, row]) => row));
  };
  for (const table of document.querySelectorAll(".sortable")) {
    table.classList.add("js");
    for (const head of table.tHead.rows[0].cells) {
      head.tabIndex = 0;
      head.addEventListener("click", () => sortBy(table, head));
      head.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sortBy(table, head); }
      });
    }
  }

  // A link to what a filter, or a fold, hides shows it again.
  const reveal = (target) => {
    if (!target) return;
    if (target.closest("[hidden]")) clear();
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  };
  const named = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));

  const toolbar = document.querySelector(".toolbar");
  const fields = toolbar ? [...toolbar.elements].filter((field) => field.name) : [];
  const grid = document.querySelector(".cards");
  const cards = toolbar ? [...grid.children].map((card) => ({
    card, text: card.textContent.toLowerCase(), windows: [...card.querySelectorAll(".window")],
  })) : [];
  const numberOr = (text, otherwise) => (text === "" ? otherwise : Number(text));
  const orders = {
    "": () => 0,
    gap: (a, b) => numberOr(a.card.dataset.gap, Infinity) - numberOr(b.card.dataset.gap, Infinity),
    attained: (a, b) => numberOr(a.card.dataset.attained, Infinity) - numberOr(b.card.dataset.attained, Infinity),
  };
  const asked = () => fields.filter((field) => field.value && !["text", "order"].includes(field.name));
  const apply = () => {
    const words = toolbar.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = asked();
    const fits = (one) => wanted.every(({ name, value }) => (one.dataset[name] || "").split(" ").includes(value));
    let shown = 0;
    let counted = 0;
    for (const { card, text, windows } of cards) {
      const fitting = words.every((word) => text.includes(word)) ? windows.filter(fits) : [];
      card.hidden = !fitting.length;
      shown += fitting.length ? 1 : 0;
      counted += fitting.filter((one) => one.dataset.group).length;
      for (const one of windows) one.classList.toggle("found", wanted.length > 0 && fitting.includes(one));
    }
    grid.append(...[...cards].sort(orders[toolbar.elements.order.value]).map(({ card }) => card));
    toolbar.querySelector(".shown").textContent = shown;
    toolbar.querySelector(".counted").textContent = counted;
    document.querySelector(".nothing").hidden = shown > 0;
  };

  // The address holds the filters, so that it can be passed on and gone back to.
  const address = () => {
    const chosen = new URLSearchParams(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
    return `${location.pathname}${`?${chosen}`.replace(/^\?$/, "")}${location.hash}`;
  };
  const keep = () => { apply(); history.replaceState(null, "", address()); };
  const read = () => {
    const chosen = new URLSearchParams(location.search);
    for (const field of fields) field.value = chosen.get(field.name) || "";
    for (const field of fields) if (field.selectedIndex === -1) field.value = "";
    apply();
  };
  const clear = () => { for (const field of fields) field.value = ""; keep(); };

  // The counts of a table lead to what they count, as those of the first screen do without a script.
  const linked = () => {
    for (const table of document.querySelectorAll("table[data-by]")) {
      for (const row of table.tBodies[0].rows) {
        for (const cell of row.cells) {
          const group = [...cell.classList].find((name) => toolbar.querySelector(`option[value="${name}"]`));
          if (!group) continue;
          const link = document.createElement("a");
          link.href = `?${new URLSearchParams({ group, [table.dataset.by]: row.dataset.code })}#indicators`;
          link.append(...cell.childNodes);
          cell.append(link);
        }
      }
    }
  };
  // A part of a bar leads where the count beside it leads.
  document.addEventListener("click", (event) => {
    const part = event.target.closest(".bar span");
    const same = part && (part.closest("tr") || part.closest("section")).querySelector(`.${part.className} a`);
    if (same) same.click();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const href = link.getAttribute("href");
    if (toolbar && href.startsWith("?")) {
      event.preventDefault();
      history.pushState(null, "", href);
      read();
      reveal(named());
    } else if (href.startsWith("#")) {
      const target = document.getElementById(decodeURIComponent(href.slice(1)));
      if (target && target.closest("[hidden]")) clear();
    }
  });
  window.addEventListener("hashchange", () => reveal(named()));
  if (!toolbar) return;
  window.addEventListener("popstate", read);
  toolbar.addEventListener("input", keep);
  toolbar.addEventListener("reset", (event) => { event.preventDefault(); clear(); });
  toolbar.addEventListener("submit", (event) => event.preventDefault());
  toolbar.hidden = false;
  linked();
  read();
  if (location.hash) reveal(named());
})();
