// Runs before anything is drawn, so that chosen letters and colours do not flash in late.
// It imports nothing: it is loaded as a classic script. The key is that of device.ts.
{
  const root = document.documentElement;
  root.classList.add("scripted");
  try {
    const kept: unknown = JSON.parse(localStorage.getItem("altteul.settings") ?? "{}");
    const chosen = (kept ?? {}) as Record<string, unknown>;
    for (const name of ["large", "contrast", "easy"]) {
      if (chosen[name] === true) root.classList.add(name);
    }
    if (chosen["colours"] === "light" || chosen["colours"] === "dark") {
      root.classList.add(chosen["colours"]);
    }
  } catch {
    // Storage may be forbidden; the page then looks as it does for everybody.
  }
}
