// What the page does by itself: it passes on what was clicked, scrolls to what was opened, copies,
// keeps the address up to date, and moves the focus to where the asker goes on.
(() => {
  if (window.presscite) return;

  const NARROW = matchMedia("(max-width: 899px)");
  const BEHIND = "#presscite-title, #presscite-asking, #presscite-foot, .tab-wrapper";
  const ASKS = ["q", "since", "until", "outlet", "article"];
  let opener = null;
  let moveFocus = false;
  let following = "";

  const byId = (id) => document.getElementById(id);
  const whole = (text) => (text === undefined || text === "" ? null : Number(text));

  // Copying: the clipboard of the browser is there on secure pages only.
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    tell(byId("presscite-log")?.dataset.copied ?? "");
  };

  const tell = (text) => {
    let toast = byId("presscite-toast");
    if (!toast) {
      toast = Object.assign(document.createElement("div"), { id: "presscite-toast" });
      toast.setAttribute("role", "status");
      (document.querySelector(".gradio-container") ?? document.body).append(toast);
    }
    toast.textContent = text;
    toast.classList.add("presscite-shown");
    setTimeout(() => toast.classList.remove("presscite-shown"), 2000);
  };

  const address = (link) => {
    const url = new URL(location.href);
    ASKS.forEach((name) => url.searchParams.delete(name));
    new URLSearchParams(link).forEach((value, name) => url.searchParams.append(name, value));
    url.hash = "";
    return url.href;
  };

  // The article lies over the conversation on a narrow page; what is behind it cannot be reached then.
  const showArticle = (shown) => {
    const over = shown && NARROW.matches;
    document.querySelectorAll(BEHIND).forEach((element) => (element.inert = over));
    const panel = byId("presscite-reading");
    if (!panel) return;
    panel.classList.toggle("presscite-over", over);
    if (over) panel.setAttribute("role", "dialog");
    else panel.removeAttribute("role");
    panel.setAttribute("aria-labelledby", "presscite-opened");
  };

  const closeArticle = () => {
    showArticle(false);
    opener?.isConnected && opener.focus();
  };

  const openQuote = (trigger, { turn, quote }, from) => {
    if (from) opener = from;
    moveFocus = Boolean(from);
    showArticle(true);
    trigger("open_quote", { turn: whole(turn), quote: whole(quote) });
    // The server sends nothing new for a quote that is open already.
    if (byId("presscite-opened")?.dataset.quote === `${turn} ${quote}`) focusOpened();
  };

  const focusOpened = () => {
    bringUp(byId("presscite-text"), byId("presscite-open"), 0.3);
    const panel = byId("presscite-article");
    const lost = panel?.contains(document.activeElement) && document.activeElement.disabled;
    if (moveFocus || lost) byId("presscite-opened")?.focus({ preventScroll: true });
    moveFocus = false;
  };

  const closeMenus = (except) =>
    document.querySelectorAll("details.presscite-menu[open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.presscite-menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details.presscite-menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.target.closest?.("#presscite-reading")) closeArticle();
  });
  NARROW.addEventListener("change", () => showArticle(false));

  const bringUp = (scroller, element, share) => {
    if (!scroller || !element) return;
    const offset = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    scroller.scrollTop += offset - scroller.clientHeight * share;
  };

  // One question at a time: while one is looked for, no other one is asked.
  const isBusy = () => document.querySelector(".presscite-turn[aria-busy]") !== null;

  // The card as a whole can be clicked, unless text in it is being selected.
  const cardOf = (event) => {
    const selected = !getSelection().isCollapsed;
    return selected || event.target.closest("a, button, summary, input") ? null : event.target.closest(".presscite-quote");
  };

  const conversation = (element, trigger, watch) => {
    element.classList.add("presscite-scroller");
    element.tabIndex = 0;
    element.addEventListener("click", (event) => {
      const target = event.target.closest("button[data-do]");
      const data = target?.dataset;
      const card = cardOf(event);
      if (card) openQuote(trigger, card.dataset, card.querySelector("button.presscite-open"));
      else if (!target) return;
      else if (data.do === "open") openQuote(trigger, data, target);
      else if (data.do === "copy") copy(data.copy);
      else if (data.do === "link") copy(address(data.link));
      else if (data.do === "ask") isBusy() || trigger("ask", { question: data.question });
      else if (data.do === "mark") trigger("mark", { turn: whole(data.turn), verdict: data.verdict });
      else if (data.do === "correct") trigger("correct", { turn: whole(data.turn), quote: whole(data.quote) });
      else if (data.do === "stop") trigger("stop", {});
      if (target && data.do !== "open") closeMenus(null);
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const sent = Object.fromEntries(new FormData(event.target));
      const { do: action, turn } = event.target.dataset;
      if (action === "ask") isBusy() || trigger("ask", { question: sent.question });
      else if (action === "correct" && sent.words.trim()) trigger("correct", { turn: whole(turn), words: sent.words });
    });
    watch("value", () => {
      document.documentElement.lang = byId("presscite-log")?.dataset.language ?? "en";
      const turns = element.querySelectorAll(".presscite-turn");
      const last = turns[turns.length - 1];
      const state = last ? `${last.id} ${last.hasAttribute("aria-busy")}` : "";
      element.querySelector(".presscite-wrong")?.scrollIntoView({ block: "nearest" });
      if (state === following) return;
      following = state;
      bringUp(element, last, 0);
      if (!last || last.dataset.link) history.replaceState(history.state, "", address(last?.dataset.link ?? ""));
      if (!last) document.querySelector("#presscite-question :is(textarea, input)")?.focus();
    });
  };

  const article = (element, trigger, watch) => {
    element.classList.add("presscite-panel");
    element.addEventListener("click", (event) => {
      const target = event.target.closest("button[data-do]");
      if (target?.dataset.do === "open") openQuote(trigger, target.dataset, null);
      else if (target?.dataset.do === "close") closeArticle();
    });
    watch("value", focusOpened);
  };

  const earlier = (element, trigger) => {
    element.addEventListener("click", (event) => {
      const data = event.target.closest("button[data-do]")?.dataset;
      if (!data || (data.do !== "forget" && isBusy())) return;
      trigger(data.do, { conversation: whole(data.conversation) });
      closeMenus(null);
    });
  };

  window.presscite = { conversation, article, earlier };
})();
