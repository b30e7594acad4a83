// What every page does more where scripts run. Each part looks for its place and leaves the page as
// the server drew it where there is none; large parts are loaded only by the screens that use them.
import { watchNetwork } from "./network";
import { fillChosen } from "./chosen";
import { showProgress } from "./progress";
import { readAloud } from "./voice_out";
import { listen } from "./voice_in";
import { share } from "./share";
import { sayEasily } from "./easy";
import { findMe } from "./position";
import { find } from "./elements";

function start(): void {
  sayEasily();
  watchNetwork();
  fillChosen();
  showProgress();
  readAloud();
  listen();
  share();
  findMe();
  if (find("#my-list")) void import("./list").then((list) => list.open());
  if (find("#settings-form")) void import("./settings").then((page) => page.open());
  if (find("[data-take-along]")) void import("./take_along").then((part) => part.open());
  if (find("[data-chart]")) void import("./chart").then((chart) => chart.draw());
  if (find("[data-tiles]")) void import("./map").then((map) => map.draw());
}

start();
performance.mark("altteul-usable"); // benchmarks/page.py reads it
