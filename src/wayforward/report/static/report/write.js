// Writing a section: the text as it reads beside the box while one writes, and what can be quoted put in by a button.
// Without script the buttons Preview and Search do the same.
const form = document.querySelector("[data-write]");
const box = document.getElementById("body");
const search = document.getElementById("q");
const said = document.getElementById("said");
const PAUSE = 700; // milliseconds after the last letter

const asking = {};

// One part of the page anew, from what stands in the form now.
const ask = async (part) => {
  asking[part]?.abort();
  asking[part] = new AbortController();
  const sent = new FormData(form);
  sent.set("do", part === "preview" ? "preview" : "find");
  const here = document.getElementById(part);
  here.setAttribute("aria-busy", "true");
  try {
    const told = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(sent),
      credentials: "same-origin",
      headers: { "Wayforward-Part": part },
      signal: asking[part].signal,
    });
    if (told.redirected || !told.ok) throw new Error(`status ${told.status}`);
    const page = new DOMParser().parseFromString(await told.text(), "text/html");
    const made = page.getElementById(part);
    if (!made) throw new Error("not the part that was asked for");
    here.replaceWith(made);
    if (part === "quotable") reveal();
  } catch (error) {
    if (error.name === "AbortError") return;
    here.removeAttribute("aria-busy"); // signed out, or the server is gone: the buttons will say so
  }
};

const soon = (part) => {
  let waiting = 0;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(part), PAUSE);
  };
};

// A figure stands in a paragraph of its own, a value in the sentence.
const insert = (text) => {
  const apart = text.startsWith("!");
  const before = box.value.slice(0, box.selectionStart);
  const start = apart && before && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
  box.focus();
  box.setRangeText(`${start}${text}${apart ? "\n\n" : ""}`, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  said.textContent = "Put into the text.";
};

const reveal = () => {
  for (const quote of document.querySelectorAll("#quotable [data-quote]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "wf-quotes__insert";
    button.append("Insert");
    const what = document.createElement("span");
    what.className = "govuk-visually-hidden";
    what.append(` ${quote.previousElementSibling?.textContent ?? ""}`);
    button.append(what);
    button.addEventListener("click", () => insert(quote.textContent));
    quote.after(button);
  }
};

box.addEventListener("input", soon("preview"));
search.addEventListener("input", soon("quotable"));
search.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault(); // the first button of the form, which saves, would be pressed
  ask("quotable");
});
form.querySelector("[data-find]").addEventListener("click", (event) => {
  event.preventDefault();
  ask("quotable");
});
reveal();
