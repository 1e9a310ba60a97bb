//! Texts: every sentence that people read comes from `i18n/`, so that it can be translated.
//! Never: builds a sentence from parts in code; falls silent over a missing text (tests find it).

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

/// The texts of one language.
pub struct Tongue(FluentBundle<FluentResource>);

/// The files of a language, by room.
pub const ENGLISH: &[(&str, &str)] = &[
    ("web", include_str!("../i18n/en/web.ftl")),
    ("people", include_str!("../i18n/en/people.ftl")),
    ("movement", include_str!("../i18n/en/movement.ftl")),
    ("roster", include_str!("../i18n/en/roster.ftl")),
    ("meeting", include_str!("../i18n/en/meeting.ftl")),
    ("circle", include_str!("../i18n/en/circle.ftl")),
    ("live", include_str!("../i18n/en/live.ftl")),
    ("draft", include_str!("../i18n/en/draft.ftl")),
    ("step", include_str!("../i18n/en/step.ftl")),
    ("ask", include_str!("../i18n/en/ask.ftl")),
    ("letters", include_str!("../i18n/en/letters.ftl")),
    ("journal", include_str!("../i18n/en/journal.ftl")),
];

/// Arguments of a text: `with![name = person.name, count = 3]`.
#[macro_export]
macro_rules! with {
    ($($name:ident = $value:expr),* $(,)?) => {{
        let mut args = fluent_bundle::FluentArgs::new();
        $(args.set(stringify!($name), $value);)*
        args
    }};
}

impl Tongue {
    /// English, the first language and the one others fall back to.
    pub fn english() -> Self {
        let english: LanguageIdentifier = "en".parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![english]);
        bundle.set_use_isolating(false);
        for (room, text) in ENGLISH {
            let resource = FluentResource::try_new((*text).to_owned())
                .unwrap_or_else(|(_, errors)| panic!("texts of {room}: {errors:?}"));
            bundle
                .add_resource(resource)
                .unwrap_or_else(|errors| panic!("texts of {room}: {errors:?}"));
        }
        Self(bundle)
    }

    /// A text without arguments.
    pub fn say(&self, key: &str) -> String {
        self.tell(key, None)
    }

    /// A text with arguments.
    pub fn say_with(&self, key: &str, args: &FluentArgs<'_>) -> String {
        self.tell(key, Some(args))
    }

    /// "Tuesday, 8 December 2026".
    pub fn long_day(&self, day: jiff::civil::Date) -> String {
        let weekday = day.weekday().to_monday_one_offset();
        let day = with![
            weekday = self.say(&format!("weekday-{weekday}")),
            day = i64::from(day.day()),
            month = self.say(&format!("month-{}", day.month())),
            year = day.year().to_string(),
        ];
        self.say_with("day-long", &day)
    }

    fn tell(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.0.get_message(key).and_then(|message| message.value()) else {
            return format!("[{key}]");
        };
        let mut errors = Vec::new();
        let text = self.0.format_pattern(pattern, args, &mut errors);
        debug_assert!(errors.is_empty(), "text {key}: {errors:?}");
        text.into_owned()
    }
}

impl std::fmt::Debug for Tongue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tongue")
    }
}
