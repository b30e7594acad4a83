// The service worker: the pages of before without a network, each with the moment it was kept.
// The server writes SHELL before this text. It imports nothing (service workers run alone).
interface Shell {
  version: string;
  root: string;
  files: string[];
}
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asking extends Lasting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  addEventListener(kind: "install" | "activate", listener: (event: Lasting) => void): void;
  addEventListener(kind: "fetch", listener: (event: Asking) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}
declare const SHELL: Shell;

{
  const worker = self as unknown as Scope;
  const SHELL_CACHE = `altteul-shell-${SHELL.version}`;
  const PAGES_CACHE = "altteul-pages";
  const MOST_PAGES = 40;
  const PATIENCE_MS = 6_000;
  const KEPT_AT = "x-altteul-kept";
  const KEPT_SCREENS = /^($|plan|item|today|dishes|record|sources|about|api\/prices|api\/goods)(\/|$)/;
  const LOOSELY = { ignoreVary: true };

  const path = (url: string): string => new URL(url).pathname.slice(SHELL.root.length);

  worker.addEventListener("install", (event) => {
    event.waitUntil(
      caches
        .open(SHELL_CACHE)
        .then((cache) => cache.addAll(SHELL.files.map((file) => new Request(file, { cache: "reload" }))))
        .then(() => worker.skipWaiting()),
    );
  });

  worker.addEventListener("activate", (event) => {
    const old = async (): Promise<void> => {
      for (const name of await caches.keys()) {
        if (name.startsWith("altteul-shell-") && name !== SHELL_CACHE) await caches.delete(name);
      }
      await worker.clients.claim();
    };
    event.waitUntil(old());
  });

  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
    const where = path(request.url);
    if (where.startsWith("static/")) event.respondWith(fileOf(request));
    else if (request.mode === "navigate" || KEPT_SCREENS.test(where)) {
      event.respondWith(answer(event, where));
    }
  });

  /** Files never change under their name: what is kept is right. */
  async function fileOf(request: Request): Promise<Response> {
    const found = await caches.match(request, LOOSELY);
    if (found) return found;
    const response = await fetch(request);
    if (response.ok) await (await caches.open(SHELL_CACHE)).put(request, response.clone());
    return response;
  }

  /** From the network; what was kept where that fails, breaks off or takes too long. */
  async function answer(event: Asking, where: string): Promise<Response> {
    const fresh = fetch(event.request).then((response) => {
      if (response.status >= 502) throw new Error("no server behind the proxy");
      if (response.ok && !response.redirected && KEPT_SCREENS.test(where)) {
        event.waitUntil(keepPage(event.request, response.clone()));
      }
      return response;
    });
    const late = new Promise<undefined>((done) => setTimeout(done, PATIENCE_MS));
    try {
      const first = await Promise.race([fresh, late]);
      return first ?? (await keptPage(event.request)) ?? (await fresh);
    } catch {
      return (await keptPage(event.request)) ?? (await fallback(event.request, where));
    }
  }

  async function keepPage(request: Request, response: Response): Promise<void> {
    const headers = new Headers(response.headers);
    headers.set(KEPT_AT, String(Date.now()));
    const cache = await caches.open(PAGES_CACHE);
    await cache.delete(request, LOOSELY);
    await cache.put(request, new Response(await response.blob(), { status: 200, headers }));
    const known = await cache.keys();
    for (const old of known.slice(0, Math.max(0, known.length - MOST_PAGES))) await cache.delete(old);
  }

  async function keptPage(request: Request): Promise<Response | undefined> {
    const found = await (await caches.open(PAGES_CACHE)).match(request, LOOSELY);
    return found && stamped(found, found.headers.get(KEPT_AT) ?? "0");
  }

  /** The screens that need no server; else the page that says what can be done without one. */
  async function fallback(request: Request, where: string): Promise<Response> {
    if (request.mode !== "navigate") return Response.error();
    const shell = await caches.open(SHELL_CACHE);
    const known = await shell.match(SHELL.root + where, { ...LOOSELY, ignoreSearch: true });
    const page = known ?? (await shell.match(`${SHELL.root}offline`, LOOSELY));
    return page ? stamped(page, "0") : Response.error();
  }

  /** The page with the moment at which it was kept in its first tag, for the page to tell. */
  async function stamped(page: Response, keptAt: string): Promise<Response> {
    if (!(page.headers.get("content-type") ?? "").startsWith("text/html")) return page;
    const text = await page.text();
    const headers = new Headers(page.headers);
    for (const name of ["content-encoding", "content-length"]) headers.delete(name);
    return new Response(text.replace("<html ", `<html data-kept="${Number(keptAt)}" `), { headers });
  }
}
