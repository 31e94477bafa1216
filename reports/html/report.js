"use strict";
(() => {
  const form = document.querySelector(".finder");
  const find = document.getElementById("find");
  const severity = document.getElementById("severity");
  const status = form.querySelector(".status");
  const passed = document.querySelector("#passed details");

  // entries are read once, when the first search needs them: the text of a result includes that of its check.
  let entries;
  const read = () => {
    if (entries) return entries;
    entries = [];
    const heads = new Map();
    for (const row of document.querySelectorAll("[data-v] > .rows > li")) {
      const group = row.closest("[data-v]");
      if (!heads.has(group)) {
        const check = group.closest(".check");
        const why = group.querySelector(".why");
        heads.set(group, [
          check ? check.querySelector("h5").textContent : "",
          why ? why.textContent : "",
          check ? check.dataset.s : "",
        ]);
      }
      const [title, why, level] = heads.get(group);
      entries.push({ row, verdict: group.dataset.v, severity: level, text: `${title} ${why} ${row.textContent}`.toLowerCase() });
    }
    return entries;
  };

  const show = (element, visible) => element.classList.toggle("out", !visible);

  const apply = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdicts = new Set([...form.querySelectorAll("[name=v]:checked")].map((box) => box.value));
    const narrowed = words.length > 0 || severity.value !== "" || verdicts.size < 4;
    let shown = 0;
    for (const entry of read()) {
      const fits = verdicts.has(entry.verdict) &&
        (severity.value === "" || entry.severity === severity.value) &&
        words.every((word) => entry.text.includes(word));
      show(entry.row, fits);
      if (fits) shown++;
    }
    const holds = (part) => part.querySelector("[data-v] > .rows > li:not(.out)") !== null;
    for (const part of document.querySelectorAll(".group, .check, .promise, .clause, #passed details")) {
      show(part, !narrowed || (part.matches("[data-v]") ? part.querySelector(".rows > li:not(.out)") !== null : holds(part)));
    }
    if (passed && words.length > 0) passed.open = true;
    status.textContent = status.dataset.text.replace("{shown}", shown).replace("{total}", entries.length);
  };

  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(apply);
  };
  form.addEventListener("input", soon);
  form.addEventListener("reset", soon);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();

  // a link into a closed list opens it
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (let part = target && target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // paper shows everything
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const part of closed) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of closed) part.open = false;
  });
})();
