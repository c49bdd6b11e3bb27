/* A form whose choices are a view of the page: they are kept in the address, so that a view can be sent, and read from it.
   `what` has each field's noun by its name; `apply` is called with the choices: lists of values by the fields' names. */
window.clausebookView = (function () {
  "use strict";

  function list(found) { return Array.prototype.slice.call(found); }
  function fieldsOf(form) { return list(form.querySelectorAll("input[name], select[name]")); }

  function decoded(text) {
    try { return decodeURIComponent(text.replace(/\+/g, " ")); } catch (malformed) { return text; }
  }

  // What the form says. A field that asks for nothing is left out.
  function chosenIn(form) {
    var chosen = {};
    fieldsOf(form).forEach(function (field) {
      var value = field.type === "checkbox" && !field.checked ? "" : field.value.trim();
      if (value) { chosen[field.name] = (chosen[field.name] || []).concat(value); }
    });
    return chosen;
  }

  function fragmentOf(chosen) {
    return Object.keys(chosen).map(function (name) {
      return name + "=" + chosen[name].map(encodeURIComponent).join(",").replace(/%20/g, "+");
    }).join("&");
  }

  function clear(form) {
    fieldsOf(form).forEach(function (field) {
      if (field.type === "checkbox") { field.checked = false; } else { field.value = ""; }
    });
  }

  // Gives one of the fields of a name a value, if it has it: a box is ticked, the next free list takes it.
  function choose(fields, value) {
    var boxes = fields[0].type === "checkbox";
    var field = fields.filter(function (one) { return boxes ? one.value === value : !one.value; })[0];
    if (!field) { return false; }
    if (boxes) { field.checked = true; return true; }
    if (field.tagName === "SELECT" && !list(field.options).some(function (one) { return one.value === value; })) { return false; }
    field.value = value;
    return true;
  }

  // Sets the form to what a fragment says, and returns what it asks for in vain, in words.
  function restore(form, fragment, what) {
    var unknown = [], met = [];
    clear(form);
    fragment.split("&").filter(Boolean).forEach(function (part) {
      var name = decoded(part.split("=")[0]), value = part.slice(part.split("=")[0].length + 1);
      var fields = fieldsOf(form).filter(function (field) { return field.name === name; });
      if (!fields.length) { unknown.push("no choice “" + name + "”"); return; }
      if (met.indexOf(name) >= 0) { unknown.push("no place for a second “" + name + "”"); return; }
      met.push(name);
      var several = fields.length > 1 || fields[0].type === "checkbox";
      (several ? value.split(",") : [value]).map(decoded).filter(Boolean).forEach(function (one) {
        if (!choose(fields, one)) { unknown.push("no " + (what[name] || name) + " “" + one + "”" + (several && isFull(fields) ? " beside the others" : "")); }
      });
    });
    return unknown;
  }

  function isFull(fields) {
    return fields[0].type !== "checkbox" && fields.every(function (field) { return field.value; });
  }

  // A link to a place in what was put together here leads there without a change of the address, which holds the view.
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("[data-cb-result] a[href^='#']");
    var target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target) { return; }
    event.preventDefault();
    target.setAttribute("tabindex", "-1");
    target.focus();
    target.scrollIntoView();
  });

  return function (form, what, apply) {
    var problem = form.querySelector("[data-cb-problem]"), copied = form.querySelector("[data-cb-copied]");
    var writing;

    function address() {
      var fragment = fragmentOf(chosenIn(form));
      return location.href.split("#")[0] + (fragment && "#" + fragment);
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
      var fragment = location.hash.slice(1), isView = !fragment || fragment.indexOf("=") >= 0;
      var target = !isView && document.getElementById(decoded(fragment));
      var unknown = isView ? restore(form, fragment, what) : target ? [] : ["nothing called “" + decoded(fragment) + "”"];
      var jumps = target && (!event || target.closest("[hidden]"));
      window.clearTimeout(writing);
      if (jumps) { clear(form); }
      problem.hidden = !unknown.length;
      problem.textContent = unknown.length ? "There is " + unknown.join(" and ") + " here; " +
        (Object.keys(chosenIn(form)).length ? "the rest was applied." : form.dataset.cbOtherwise) : "";
      apply(chosenIn(form));
      if (jumps) { target.scrollIntoView(); }
    }

    function copy() {
      write();
      function say(words) { copied.textContent = words; window.setTimeout(function () { copied.textContent = ""; }, 4000); }
      if (!navigator.clipboard) { say("Copy it from the address bar."); return; }
      navigator.clipboard.writeText(address()).then(function () { say("Link copied."); }, function () { say("Copy it from the address bar."); });
    }

    form.addEventListener("input", function (event) { if (event.target.name) { changed(); } });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.querySelector("[data-cb-all]").addEventListener("click", function () { clear(form); changed(); });
    form.querySelector("[data-cb-copy-view]").addEventListener("click", copy);
    window.addEventListener("hashchange", read);
    form.hidden = false;
    read();
  };
})();
