// Puts a chart that answers to the pointer in place of its picture, once it comes near the screen.
// Without script, or where anything fails, the picture stays.
(() => {
  const cut = (text) => {
    const number = Number(text);
    return text !== "" && Number.isFinite(number) && !Number.isInteger(number) ? number.toPrecision(4) : text;
  };

  const formatTooltip = (value, escaped) => {
    const rows = Object.entries(Object(value)).map(
      ([name, cell]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(cut(String(cell)))}</td></tr>`,
    );
    return `<table>${rows.join("")}</table>`;
  };

  const options = {
    ast: true, // expressions are interpreted: the content policy allows no eval
    actions: false,
    defaultStyle: false,
    renderer: "svg",
    mode: "vega",
    logLevel: 1, // errors
    tooltip: { disableDefaultStyle: true, formatTooltip },
  };

  const draw = async (picture) => {
    const answer = await fetch(picture.dataset.chart, { credentials: "same-origin" });
    if (!answer.ok) return;
    const room = document.createElement("div");
    room.className = "wf-chart__live";
    room.setAttribute("aria-hidden", "true"); // the room around it is labelled with what it says
    await document.fonts.ready; // labels are measured in the typeface that they are drawn in
    await window.vegaEmbed(room, await answer.json(), options);
    picture.replaceChildren(room);
    picture.dataset.drawn = "yes";
  };

  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        near.unobserve(entry.target);
        draw(entry.target).catch((error) => console.warn("The chart stays a picture:", error.message));
      }
    },
    { rootMargin: "400px" },
  );
  document.querySelectorAll("[data-chart]").forEach((picture) => near.observe(picture));
})();
