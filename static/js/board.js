// Comfort for the board, the list and the page of one application. Everything works without this file: cards have
// forms, lists have boxes, and the neighbours of an application are links.
(function () {
  "use strict";

  // Dragging a card onto a column chooses that step in the card's own form and sends it.
  function dragging() {
    var dragged = null;
    document.querySelectorAll("[data-card]").forEach(function (card) {
      if (!card.querySelector("form")) { return; }
      card.draggable = true;
      card.addEventListener("dragstart", function (event) {
        dragged = card;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", "");
      });
      card.addEventListener("dragend", function () { dragged = null; });
    });
    document.querySelectorAll("[data-step]").forEach(function (column) {
      function choice() {
        var select = dragged && dragged.querySelector("select");
        return select && Array.prototype.find.call(select.options, function (option) {
          return option.value === column.dataset.step;
        });
      }
      column.addEventListener("dragover", function (event) {
        if (choice()) { event.preventDefault(); column.classList.add("cn-column--over"); }
      });
      column.addEventListener("dragleave", function () { column.classList.remove("cn-column--over"); });
      column.addEventListener("drop", function (event) {
        var option = choice();
        column.classList.remove("cn-column--over");
        if (option) { event.preventDefault(); option.selected = true; dragged.querySelector("form").requestSubmit(); }
      });
    });
  }

  // One box that ticks all boxes of the page.
  function choosing() {
    var all = document.querySelector("[data-all]");
    if (!all) { return; }
    all.hidden = false;
    all.addEventListener("change", function () {
      document.querySelectorAll("input[name=pick]").forEach(function (box) { box.checked = all.checked; });
    });
  }

  // j and the right arrow go on, k and the left arrow go back, ? shows the help. Never while somebody writes.
  var KEYS = { j: "next", ArrowRight: "next", k: "previous", ArrowLeft: "previous" };

  function writes(element) {
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT|IFRAME|VIDEO)$/.test(element.tagName);
  }

  function moving() {
    var help = document.querySelector("[data-keys]");
    if (!help) { return; }
    document.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) { return; }
      if (event.key === "?") { help.open = !help.open; event.preventDefault(); return; }
      var link = KEYS[event.key] && document.querySelector('[data-key="' + KEYS[event.key] + '"]');
      if (link) { event.preventDefault(); link.click(); }
    });
  }

  document.addEventListener("DOMContentLoaded", function () { dragging(); choosing(); moving(); });
})();
