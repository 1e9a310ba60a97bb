//! A movement: its people, working groups and stewards, and one's own place in it.
//! Never: shows a person's hours, wishes or languages to other members; lists who left.
//! See: `mend_rules::movement`, `mend_rules::roster`.

mod acts;
pub mod age;
pub mod asking;
pub mod claim;
pub mod groups;
pub mod help;
pub mod import;
pub mod joining;
pub mod lockdown;
pub mod me;
pub mod pages;
pub mod people;
mod rows;
pub mod safeguarding;
pub mod surge;
#[cfg(test)]
mod tests;

pub use acts::needs;
pub use acts::{SealedEmail, open_email as email, open_link, sealed_email};
pub use rows::help::{noticed, set_help_list as set_help};
pub use rows::joining::{Asking, Link, add as add_asking, set_link};
pub use rows::own::{More, come_back, leave, more, own_more, remember_not, step_back};
pub use rows::person::{
    Person, add as add_row, add_wish, candidates, let_go_of, list as everybody, mark_asked,
    memberships, names, one as person, places, set_groups, set_own, take_place, wishes,
    wishes_between,
};
pub use rows::safeguarding::minors;
pub use rows::{
    add, at, every, group_named, group_names, is_empty, me, of_account, set_steward, stewards,
    sweep, wave,
};
