// @ts-check
/* Searches all trusts with the index that Pagefind made, or the part of it that has one trust's pages. The words stand in the address, so that a search can be sent. From a
   folder no page can read the index: there it finds everyday words alone. */
(() => {
  "use strict";

  const {first} = clausebookDom;
  const form = first(document, "[data-cb-search-all]");
  const found = first(document, "[data-cb-found]");
  const more = first(document, "[data-cb-more]");
  const everyday = first(document, "[data-cb-everyday]");
  const status = form.querySelector("[data-cb-status]");
  const names = Array.from(form.elements.trust.options, option => option.value);
  const AT_ONCE = 10;
  const NOT_STATED = "Not stated here. That does not mean it is allowed: ask first.";

  const fromFolder = location.protocol === "file:";

  const opened = new Map(); // what was opened to search all trusts, or one
  let waiting = [];
  let asked = 0;

  const at = path => new URL(`../pagefind/${path}`, location.href).href;

  async function read(path) {
    const answer = await fetch(at(path));
    if (!answer.ok) { throw new Error(path); }
    return answer.json();
  }

  /* The index of `parts`, as one. */
  async function join(parts) {
    const [main, ...others] = parts;
    const how = { baseUrl: new URL("../", location.href).pathname, excerptLength: 30 };
    const { createInstance } = await import(at("0/pagefind.js"));
    const index = createInstance({ basePath: at(`${main}/`), ...how });
    await index.init();
    await Promise.all(others.map(part => index.mergeIndex(at(`${part}/`), how)));
    return index;
  }

  /* What can be searched: all, or the part that has the trust's pages, with what it calls these. */
  async function open(trust) {
    const { parts, trusts } = await read("parts.json");
    if (!trust) { return { index: await join([...Array(parts).keys()]), pages: null }; }
    const [index, pages] = await Promise.all([join([trusts[trust]]), read(`${trusts[trust]}/trusts.json`)]);
    return { index, pages: new Set(pages[trust]) };
  }

  /* As `open`, once for each trust; what failed is tried again. */
  function openOnce(trust) {
    if (!opened.has(trust)) {
      opened.set(trust, open(trust));
      opened.get(trust).catch(() => opened.delete(trust));
    }
    return opened.get(trust);
  }

  /* Pagefind gives the excerpt as HTML with <mark>; only these marks are kept, all else becomes text. */
  function excerptOf(html) {
    const paragraph = document.createElement("p");
    html.split(/<mark>(.*?)<\/mark>/).forEach((text, place) => {
      const plain = new DOMParser().parseFromString(`<p>${text}`, "text/html").body.textContent; // in a paragraph, or a blank at its start is lost
      const part = place % 2 ? document.createElement("mark") : document.createTextNode(plain);
      if (place % 2) { part.textContent = plain; }
      paragraph.append(part);
    });
    return paragraph;
  }

  /* What stands below a heading, without the heading itself: the link above says it. */
  function without(title, excerpt) {
    const marked = title.trim().split(/\s+/).map(word => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return excerpt.replace(new RegExp(`^\\s*(?:<mark>)?${marked.join("(?:</mark>)?\\s+(?:<mark>)?")}(?:</mark>)?[.#\\s]*`), "");
  }

  function show(result) {
    const item = document.createElement("li");
    const heading = document.createElement("h2");
    const link = document.createElement("a");
    link.href = result.url;
    link.textContent = result.meta.title;
    heading.append(link);
    const where = document.createElement("p");
    where.className = "cb-cite";
    where.textContent = names.includes(result.meta.trust) ? result.meta.trust : "Comparison of all trusts";
    item.append(heading, where);
    const places = result.sub_results.filter(one => one.url !== result.url && one.title !== result.meta.title).slice(0, 3);
    if (!places.length) { item.append(excerptOf(without(result.meta.title, result.excerpt))); }
    places.forEach(one => {
      const line = excerptOf(without(one.title, one.excerpt));
      const place = document.createElement("a");
      place.href = one.url;
      place.textContent = one.title;
      line.prepend(place, ": ");
      item.append(line);
    });
    found.append(item);
  }

  /* Where a word stands nowhere, Pagefind finds pages by its first letters: the best of them then marks another word. */
  function fits(best, words) {
    const marked = [best.excerpt, ...best.sub_results.map(one => one.excerpt)].join(" ").toLowerCase().match(/(?<=<mark>).*?(?=<\/mark>)/g) || [];
    const asks = words.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    return asks.some(word => marked.some(one => one.startsWith(word.slice(0, Math.max(3, word.length - 3)))));
  }

  async function showMore() {
    const number = asked;
    const next = await Promise.all(waiting.splice(0, AT_ONCE).map(one => one.data()));
    if (number !== asked) { return; }
    next.forEach(show);
    more.hidden = !waiting.length;
  }

  /* What the everyday words among them come under; says in the status what that means. */
  function tell(words, trust, count) {
    const number = asked;
    status.textContent = count ? `${count} page${count === 1 ? "" : "s"} found.` : NOT_STATED;
    clausebookEveryday.load(known => {
      if (number === asked && clausebookEveryday.show(everyday, known, words, !count, trust) && !count) { status.textContent = "Found in other words."; }
    });
  }

  async function search(typed, trust) {
    const words = clausebookPlain(typed).trim();
    asked += 1;
    const number = asked;
    found.textContent = "";
    everyday.textContent = "";
    more.hidden = true;
    if (!words) { status.textContent = ""; return; }
    if (fromFolder) { tell(words, trust, 0); return; }
    status.textContent = "Searching…";
    try {
      const { index, pages } = await openOnce(trust && form.elements.trust.selectedOptions[0].dataset.trust);
      const answer = await index.search(words);
      if (number !== asked) { return; }
      // Pagefind's own filters are written in another order by every run, and builds are to give the same bytes: so we filter ourselves.
      const all = answer.results.filter(one => !pages || pages.has(one.id));
      const fit = all.length > 0 && fits(await all[0].data(), words);
      if (number !== asked) { return; }
      waiting = fit ? all : [];
      const count = waiting.length;
      await showMore();
      if (number !== asked) { return; }
      tell(words, trust, count);
    } catch (error) {
      status.textContent = "The index could not be read. Try again, or use the search of a trust's own site.";
    }
  }

  function fromAddress() {
    const asks = new URLSearchParams(location.search);
    form.elements.words.value = asks.get("words") || "";
    form.elements.trust.value = asks.get("trust") || "";
    search(form.elements.words.value.trim(), form.elements.trust.value);
  }

  first(document, "[data-cb-from-folder]").hidden = !fromFolder;
  form.hidden = false;
  form.addEventListener("submit", event => {
    event.preventDefault();
    const words = form.elements.words.value.trim();
    const asks = new URLSearchParams({ words, ...(form.elements.trust.value && { trust: form.elements.trust.value }) });
    history.pushState(null, "", words ? `?${asks}` : location.pathname);
    search(words, form.elements.trust.value);
  });
  more.addEventListener("click", showMore);
  addEventListener("popstate", fromAddress);
  fromAddress();
})();
