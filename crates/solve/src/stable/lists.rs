//! Many short lists in one piece of memory.
//! Never: knows what its numbers mean.
//! See: `super::Problem`, which holds the preferences of both sides so.

/// Lists of numbers, one for each owner `0..len()`, stored back to back ("compressed sparse
/// rows"): 4 bytes per entry and 8 per list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// Where each list ends; it begins where the one before ends.
    ends: Vec<usize>,
    items: Vec<u32>,
}

impl Lists {
    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no list at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The list of `owner`, who must be below [`Lists::len`].
    pub fn of(&self, owner: usize) -> &[u32] {
        let start = owner.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start..self.ends[owner]]
    }

    /// How many entries all lists have together.
    pub fn entries(&self) -> usize {
        self.items.len()
    }

    /// All entries, list after list.
    pub fn items(&self) -> &[u32] {
        &self.items
    }

    /// Put `item` at the end of the list that [`Lists::close`] will end.
    pub fn push(&mut self, item: u32) {
        self.items.push(item);
    }

    /// End a list; what is pushed from here on belongs to the next.
    pub fn close(&mut self) {
        self.ends.push(self.items.len());
    }
}

impl<L: AsRef<[u32]>> FromIterator<L> for Lists {
    fn from_iter<I: IntoIterator<Item = L>>(lists: I) -> Lists {
        let mut all = Lists::default();
        for list in lists {
            all.items.extend_from_slice(list.as_ref());
            all.close();
        }
        all
    }
}
