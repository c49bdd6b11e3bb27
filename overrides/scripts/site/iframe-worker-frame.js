/* What a frame needs to stand in for a worker: see iframe-worker.js, from which these lines come (npm iframe-worker 1.0.4, MIT). */
"use strict";

var frameWorkerUrl = document.currentScript.dataset.worker;

function postMessage(message, target) { parent.postMessage(message, target || "*"); }

function importScripts() {
  return Array.prototype.reduce.call(arguments, function (before, address) {
    return before.then(function () {
      return new Promise(function (loaded) {
        var script = document.createElement("script");
        script.src = address;
        script.onload = loaded;
        document.body.appendChild(script);
      });
    });
  }, Promise.resolve());
}

addEventListener("error", function (event) {
  parent.dispatchEvent(new ErrorEvent("error", { filename: frameWorkerUrl, error: event.error }));
});
