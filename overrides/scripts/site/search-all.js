// @ts-check
/* Searches all trusts with the index that Pagefind made. The words stand in the address, so that a search can be sent. From a
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
  const MOST_READ = 500; // pages, the best first, that are looked through for one trust

  const fromFolder = location.protocol === "file:";

  let index = null;
  let waiting = [];
  let asked = 0;

  async function open() {
    if (!index) {
      index = await import(new URL("../pagefind/pagefind.js", location.href).href);
      await index.options({ baseUrl: new URL("../", location.href).pathname, excerptLength: 30 });
      await index.init();
    }
    return index;
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

  /* Pagefind's own filters are written in another order by every run, and builds are to give the same bytes: so we look ourselves. */
  async function ofTrust(all, trust) {
    const read = await Promise.all(all.slice(0, MOST_READ).map(one => one.data()));
    return read.filter(one => one.meta.trust === trust).map(one => ({ data: () => Promise.resolve(one) }));
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
      const answer = await (await open()).search(words);
      if (number !== asked) { return; }
      const all = answer.results.length && fits(await answer.results[0].data(), words) ? answer.results : [];
      waiting = trust ? await ofTrust(all, trust) : all;
      if (number !== asked) { return; }
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
