// Names of drafts: what stands after "#/" in the address of the page on which each was begun.

/** A change of a piece that is there, a piece begun from another, or a new one. */
export function draftName(place: string, id?: string, from?: string): string {
  if (id) return `${place}/${id}`;
  if (from) return `${place}/new/${from}`;
  return ["line", "page", "check"].includes(place) ? place : `${place}/new`;
}

/** The piece that a draft changes. */
export const pieceOf = (name: string): string | undefined => /^[a-z]+\/([0-9a-f]{32})$/.exec(name)?.[1];
