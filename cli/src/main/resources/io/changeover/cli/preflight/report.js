"use strict";
const table = document.getElementById("estate");
const body = table.tBodies[0];
const words = document.getElementById("words");
const verdict = document.getElementById("verdict");
const shown = document.getElementById("shown");
const all = Array.from(body.rows);
function filter() {
  const wanted = words.value.toLowerCase();
  let count = 0;
  for (const row of all) {
    const details = document.getElementById(row.dataset.details);
    const text = (row.textContent + " " + details.textContent).toLowerCase();
    const fits = text.includes(wanted) && (!verdict.value || row.dataset.verdict === verdict.value);
    row.hidden = details.hidden = !fits;
    count += fits ? 1 : 0;
  }
  shown.textContent = count + " of " + all.length + " clusters";
}
function sort(head) {
  const up = head.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const at = head.cellIndex;
  const compare = head.dataset.kind === "number"
    ? (a, b) => Number(a.cells[at].textContent) - Number(b.cells[at].textContent)
    : (a, b) => a.cells[at].textContent.localeCompare(b.cells[at].textContent, "en", { numeric: true });
  body.append(...Array.from(body.rows).sort((a, b) => (up ? 1 : -1) * compare(a, b)));
}
for (const head of table.tHead.rows[0].cells) head.firstElementChild.addEventListener("click", () => sort(head));
document.querySelector(".filter").addEventListener("submit", event => event.preventDefault());
words.addEventListener("input", filter);
verdict.addEventListener("change", filter);
function open() {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}
window.addEventListener("hashchange", open);
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = Array.from(document.querySelectorAll("details:not([open])"));
  for (const one of opened) one.open = true;
});
window.addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
open();
filter();
