"use strict";
// Makes each long table searchable and sortable. Texts reach the page through textContent alone.
(() => {
  const PAGE = 50;
  const FEW = 12;

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const number = (text) => {
    const plain = text.replace(/[,≥ %]/g, "");
    return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : null;
  };

  const compare = (a, b) => {
    const [x, y] = [number(a), number(b)];
    if (x !== null && y !== null) return x - y;
    if ((x === null) !== (y === null)) return x === null ? 1 : -1;
    return a < b ? -1 : a > b ? 1 : 0;
  };

  const enliven = (holder) => {
    const columns = JSON.parse(document.getElementById(holder.dataset.table).textContent);
    const rows = columns.length ? columns[0].codes.length : 0;
    const cell = (column, row) => columns[column].values[columns[column].codes[row]];
    const style = (column, text) => figures[column] === "n" ? "n"
      : text && text.length <= (/^\d/.test(text) ? 24 : 14) ? "s" : figures[column];
    const figures = [...holder.querySelectorAll("thead th")].map((th) => th.className);
    const state = { words: "", chosen: new Map(), by: -1, down: false, page: 0 };
    const search = element("input", { type: "search", placeholder: "Search", ariaLabel: "Search this table" });
    const count = element("span", { ariaLive: "polite" });
    const back = element("button", { type: "button", textContent: "Back" });
    const on = element("button", { type: "button", textContent: "Next" });
    const body = element("tbody");

    const found = () => {
      const words = state.words.toLowerCase().split(/\s+/).filter(Boolean);
      const fits = (row) =>
        [...state.chosen].every(([column, value]) => cell(column, row) === value) &&
        words.every((word) => columns.some((_, column) => cell(column, row).toLowerCase().includes(word)));
      const kept = [...Array(rows).keys()].filter(fits);
      if (state.by < 0) return kept;
      const rank = new Map([...columns[state.by].values].sort(compare).map((value, place) => [value, place]));
      const sign = state.down ? -1 : 1;
      return kept.sort((a, b) => sign * (rank.get(cell(state.by, a)) - rank.get(cell(state.by, b))) || a - b);
    };

    const show = () => {
      const kept = found();
      const last = Math.max(0, Math.ceil(kept.length / PAGE) - 1);
      state.page = Math.min(state.page, last);
      const from = state.page * PAGE;
      const part = kept.slice(from, from + PAGE);
      body.replaceChildren(
        ...part.map((row) =>
          element("tr", {}, ...columns.map((_, column) =>
            element("td", { textContent: cell(column, row), className: style(column, cell(column, row)) })))),
      );
      const shown = part.length ? `${from + 1}–${from + part.length} of ` : "";
      count.textContent = `${shown}${kept.length.toLocaleString("en")}`;
      back.disabled = state.page === 0;
      on.disabled = state.page === last;
    };

    const heads = columns.map((column, place) => {
      const button = element("button", { type: "button", textContent: column.title });
      const head = element("th", { scope: "col", className: figures[place] || "" }, button);
      button.addEventListener("click", () => {
        state.down = state.by === place && !state.down;
        state.by = place;
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
        show();
      });
      return head;
    });

    const filters = columns.flatMap((column, place) => {
      if (column.values.length < 2 || column.values.length > FEW || figures[place]) return [];
      const select = element("select", { ariaLabel: column.title },
        new Option(`${column.title}: all`, ""),
        ...column.values.filter(Boolean).map((value) => new Option(value, value)));
      select.addEventListener("change", () => {
        if (select.value) state.chosen.set(place, select.value);
        else state.chosen.delete(place);
        state.page = 0;
        show();
      });
      return [select];
    });

    search.addEventListener("input", () => { state.words = search.value; state.page = 0; show(); });
    back.addEventListener("click", () => { state.page -= 1; show(); });
    on.addEventListener("click", () => { state.page += 1; show(); });
    const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body);
    const tools = element("div", { className: "tools" }, search, ...filters.slice(0, 4), count, back, on);
    holder.append(element("div", { className: "live" }, tools, element("div", { className: "scroll" }, table)));
    holder.querySelector(".printed").style.display = "none";
    show();
  };

  document.querySelectorAll("[data-table]").forEach(enliven);
})();
