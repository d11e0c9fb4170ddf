// The page is whole without this: it adds search, filters, order, and a word where a newer edition is due.
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

  const toolbar = document.querySelector(".toolbar");
  if (!toolbar) return;
  const grid = document.querySelector(".cards");
  const cards = [...grid.children].map((card) => ({ card, text: card.textContent.toLowerCase() }));
  const numberOr = (text, otherwise) => (text === "" ? otherwise : Number(text));
  const orders = {
    "": () => 0,
    gap: (a, b) => numberOr(a.card.dataset.gap, Infinity) - numberOr(b.card.dataset.gap, Infinity),
    attained: (a, b) => numberOr(a.card.dataset.attained, Infinity) - numberOr(b.card.dataset.attained, Infinity),
  };
  const apply = () => {
    const wanted = toolbar.elements;
    const words = wanted.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { card, text } of cards) {
      const fits = words.every((word) => text.includes(word))
        && (!wanted.group.value || card.dataset.groups.split(" ").includes(wanted.group.value))
        && (!wanted.lead.value || card.dataset.leads.split(" ").includes(wanted.lead.value))
        && (!wanted.section.value || card.dataset.section === wanted.section.value);
      card.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    grid.append(...[...cards].sort(orders[wanted.order.value]).map(({ card }) => card));
    toolbar.querySelector("output").textContent = `${shown} / ${cards.length}`;
  };
  toolbar.addEventListener("input", apply);
  toolbar.addEventListener("submit", (event) => event.preventDefault());
  toolbar.hidden = false;
  apply();
})();
