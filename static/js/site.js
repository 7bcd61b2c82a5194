// Small comforts only: every page reads and every form works without this file.
(function () {
  "use strict";
  // Set before the page is painted, so that a folded menu never flashes open.
  document.documentElement.classList.add("scripted");

  function foldMenu() {
    var button = document.querySelector(".menu-button");
    var nav = document.getElementById("site-nav");
    if (!button || !nav) { return; }
    function show(open) {
      nav.classList.toggle("open", open);
      button.setAttribute("aria-expanded", String(open));
    }
    button.addEventListener("click", function () { show(!nav.classList.contains("open")); });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && nav.classList.contains("open")) { show(false); button.focus(); }
    });
  }

  function readErrorsFirst() {
    var summary = document.querySelector(".error-summary");
    if (summary) { summary.focus(); }
  }

  function offerPrint() {
    document.querySelectorAll("[data-print]").forEach(function (element) {
      element.hidden = false;
      element.addEventListener("click", function () { window.print(); });
    });
  }

  document.addEventListener("DOMContentLoaded", function () { foldMenu(); readErrorsFirst(); offerPrint(); });
})();
