// A piece that cannot be read: why, and letting it go by itself.

import type { Item, Vault } from "../open";
import { t } from "../texts/en";
import { crumb, h } from "./dom";
import { destroying } from "./saving";

export const unread = (vault: Vault, item: Item): HTMLElement =>
  h("div.narrow.stack", {}, crumb("#/", t.listTitle), h("h1", {}, t.listUnread), h("p.lead", {}, t.unread[item.unread!]), destroying(vault, item));
