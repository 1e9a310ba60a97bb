//! Who speaks after whom: announced at the beginning, and held to the end.

use std::collections::HashMap;

use crate::id::PersonId;

/// Everybody with a seat, from the one who begins at this meeting: each time one seat further on,
/// in the same direction. `meeting` is how many circles were held before.
pub fn ring_of(seats: &[PersonId], meeting: usize) -> Vec<PersonId> {
    let mut ring = seats.to_vec();
    if !ring.is_empty() {
        ring.rotate_left(meeting % seats.len());
    }
    ring
}

/// The spoken order of those who are here, each with whether they are on the line. It follows the
/// ring; whoever has no seat in it comes last. With some in the room and some on the line, those on
/// the line speak first and last, so that nobody is forgotten at the other end of a wire.
pub fn announced(ring: &[PersonId], here: &[(PersonId, bool)], hybrid: bool) -> Vec<PersonId> {
    let place: HashMap<PersonId, usize> = ring.iter().copied().zip(0..).collect();
    let mut order = here.to_vec();
    order.sort_by_key(|(id, _)| place.get(id).copied().unwrap_or(usize::MAX));
    let (line, room): (Vec<_>, Vec<_>) = order.into_iter().partition(|(_, remote)| *remote);
    let ids = |some: &[(PersonId, bool)]| some.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    if !hybrid || line.is_empty() || room.is_empty() {
        let mut all = [ids(&line), ids(&room)].concat();
        all.sort_by_key(|id| place.get(id).copied().unwrap_or(usize::MAX));
        return all;
    }
    let (first, last) = line.split_at(line.len().div_ceil(2));
    [ids(first), ids(&room), ids(last)].concat()
}
