// Looks again every three seconds while something is being put together; without this file there is a link for it.
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    if (document.querySelector("[data-progress]")) {
      window.setTimeout(function () { window.location.reload(); }, 3000);
    }
  });
})();
