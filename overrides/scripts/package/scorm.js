/* What both versions of SCORM share: where the platform's object is, and how it is called. */
(function () {
  "use strict";

  var FARTHEST = 500; // frames upwards, as many as SCORM 2004 4th edition allows (RTE 3.3.6.1)

  function upwards(start, name) {
    var frame = start;
    for (var count = 0; frame && count <= FARTHEST; count += 1) {
      try { if (frame[name]) { return frame[name]; } } catch (error) { return null; } // a frame of another host says nothing
      if (frame === frame.parent) { return null; }
      frame = frame.parent;
    }
    return null;
  }

  /* The object `name` of this window's parents, or else of whoever opened it. */
  function find(name) {
    var found = upwards(window, name);
    var opener = null;
    try { opener = window.opener || window.top.opener; } catch (error) { opener = null; }
    return found || (opener ? upwards(opener, name) : null);
  }

  /* The object's calls by the names of one version. No answer, and an exception, are both "". */
  function speak(api, names) {
    function call(name, first, second) {
      try { return String(second === undefined ? api[name](first) : api[name](first, second)); } catch (error) { return ""; }
    }
    var trouble = false;
    var refused = 0;
    return {
      begin: function () { return call(names.begin, "") === "true"; },
      get: function (element) { var value = call(names.get, element); return value === "undefined" || value === "null" ? "" : value; },
      set: function (element, value) { if (call(names.set, element, String(value)) !== "true") { trouble = true; } },
      offer: function (element, value) { if (call(names.set, element, String(value)) !== "true") { refused += 1; } }, // what a platform need not take: answers
      refused: function () { return refused > 0; },
      commit: function () { var done = call(names.commit, "") === "true" && !trouble; trouble = false; return done; },
      end: function () { return call(names.end, ""); }
    };
  }

  function two(number) { return (number < 10 ? "0" : "") + number; }

  window.clausebookScorm = {
    find: find,
    speak: speak,
    // An id that every platform takes: Moodle refuses others than letters, digits, underscores and dots.
    id: function (id) { return id.replace(/-/g, "_"); },
    split: function (seconds) { return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60]; },
    two: two
  };
})();
