/* A former address leads on, to the same part of the page as was asked for. */
location.replace(document.currentScript.dataset.to + location.hash);
