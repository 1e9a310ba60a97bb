//! A circle as tests open it.

use mend_rules::live::Setting;

pub fn setting() -> Setting {
    Setting {
        on: None,
        minutes: 60,
        seats: 6,
        hybrid: false,
        steps: vec![1],
        few: false,
        inventory: false,
    }
}
