// @ts-check
/* A form whose choices are a view of the page: they are kept in the address, so that a view can be sent, and read from it.
   `what` has each field's noun by its name; `apply` is called with the choices: lists of values by the fields' names. */
const clausebookView = (() => {
  "use strict";

  const {all, within} = clausebookDom;
  function fieldsOf(form) { return all(form, "input[name], select[name]"); }

  function decoded(text) {
    try { return decodeURIComponent(text.replace(/\+/g, " ")); } catch (malformed) { return text; }
  }

  // What the form says. A field that asks for nothing is left out.
  function chosenIn(form) {
    const chosen = {};
    fieldsOf(form).forEach(field => {
      const value = field.type === "checkbox" && !field.checked ? "" : field.value.trim();
      if (value) { chosen[field.name] = (chosen[field.name] || []).concat(value); }
    });
    return chosen;
  }

  function fragmentOf(chosen) {
    return Object.keys(chosen).map(name => `${name}=${chosen[name].map(encodeURIComponent).join(",").replace(/%20/g, "+")}`).join("&");
  }

  function clear(form) {
    fieldsOf(form).forEach(field => {
      if (field.type === "checkbox") { field.checked = false; } else { field.value = ""; }
    });
  }

  // Gives one of the fields of a name a value, if it has it: a box is ticked, the next free list takes it.
  function choose(fields, value) {
    const boxes = fields[0].type === "checkbox";
    const field = fields.find(one => boxes ? one.value === value : !one.value);
    if (!field) { return false; }
    if (boxes) { field.checked = true; return true; }
    if (field.tagName === "SELECT" && !Array.from(field.options).some(one => one.value === value)) { return false; }
    field.value = value;
    return true;
  }

  // Sets the form to what a fragment says, and returns what it asks for in vain, in words.
  function restore(form, fragment, what) {
    const unknown = [], met = [];
    clear(form);
    fragment.split("&").filter(Boolean).forEach(part => {
      const name = decoded(part.split("=")[0]), value = part.slice(part.split("=")[0].length + 1);
      const fields = fieldsOf(form).filter(field => field.name === name);
      if (!fields.length) { unknown.push(`no choice “${name}”`); return; }
      if (met.includes(name)) { unknown.push(`no place for a second “${name}”`); return; }
      met.push(name);
      const several = fields.length > 1 || fields[0].type === "checkbox";
      (several ? value.split(",") : [value]).map(decoded).filter(Boolean).forEach(one => {
        if (!choose(fields, one)) { unknown.push(`no ${what[name] || name} “${one}”${several && isFull(fields) ? " beside the others" : ""}`); }
      });
    });
    return unknown;
  }

  function isFull(fields) {
    return fields[0].type !== "checkbox" && fields.every(field => field.value);
  }

  // On a narrow screen what is shown comes first, and the choices are folded.
  function fold(choices) {
    const narrow = window.matchMedia("(max-width: 44.99em)");
    function follow() { choices.open = !narrow.matches; }
    if (!choices) { return; }
    narrow.addEventListener("change", follow);
    follow();
  }

  // A link to a place in what was put together here leads there without a change of the address, which holds the view.
  document.addEventListener("click", event => {
    const link = within(event, "[data-cb-result] a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target) { return; }
    event.preventDefault();
    for (let around = target.closest("details"); around; around = around.parentElement.closest("details")) { around.open = true; }
    target.setAttribute("tabindex", "-1");
    target.focus();
    target.scrollIntoView();
  });

  return function (form, what, apply) {
    const problem = form.querySelector("[data-cb-problem]"), copied = form.querySelector("[data-cb-copied]");
    let writing;

    function address() {
      const fragment = fragmentOf(chosenIn(form));
      return location.href.split("#")[0] + (fragment && `#${fragment}`);
    }

    function write() { window.clearTimeout(writing); history.replaceState(history.state, "", address()); }

    function changed() {
      problem.hidden = true;
      apply(chosenIn(form));
      window.clearTimeout(writing);
      writing = window.setTimeout(write, 200); // browsers refuse an address that changes at every key
    }

    // A fragment with "=" is a view; any other is a place on the page, which is shown whatever is chosen.
    function read(event) {
      const fragment = location.hash.slice(1), isView = !fragment || fragment.includes("=");
      const target = !isView && document.getElementById(decoded(fragment));
      const unknown = isView ? restore(form, fragment, what) : target ? [] : [`nothing called “${decoded(fragment)}”`];
      const jumps = target && (!event || target.closest("[hidden]"));
      window.clearTimeout(writing);
      if (jumps) { clear(form); }
      problem.hidden = !unknown.length;
      problem.textContent = unknown.length ? `There is ${unknown.join(" and ")} here; ${ 
        Object.keys(chosenIn(form)).length ? "the rest was applied." : form.dataset.cbOtherwise}` : "";
      apply(chosenIn(form));
      if (jumps) { target.scrollIntoView(); }
    }

    function copy() {
      write();
      clausebookDom.copy(address(), isCopied => {
        copied.textContent = isCopied ? "Link copied." : "Copy it from the address bar.";
        window.setTimeout(() => { copied.textContent = ""; }, 4000);
      });
    }

    form.addEventListener("input", event => { if (event.target.name) { changed(); } });
    form.addEventListener("submit", event => { event.preventDefault(); });
    form.querySelector("[data-cb-all]").addEventListener("click", () => { clear(form); changed(); });
    form.querySelector("[data-cb-copy-view]").addEventListener("click", copy);
    window.addEventListener("hashchange", read);
    form.hidden = false;
    fold(form.querySelector("[data-cb-fold]"));
    read();
  };
})();
