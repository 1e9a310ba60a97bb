//! One letter now, to see whether mail goes out: from the console, and for the steward's page.

use clap::Subcommand;
use lettre::address::Address;
use mend_rules::time::Time;

use crate::post::Trouble;
use crate::post::message::{Content, build};
use crate::post::smtp::{Failed, Patience, WAITING};
use crate::post::way::{Asked, Out, Way};
use crate::tongue::Tongue;
use crate::with;

/// Letters by command.
#[derive(Subcommand)]
pub enum Mail {
    /// Send a letter that says nothing to an address, and tell how it went.
    Test {
        /// Where to.
        address: String,
        #[command(flatten)]
        asked: Asked,
    },
}

impl Mail {
    pub fn carry_out(&self, now: Time) -> Result<(), String> {
        let Self::Test { address, asked } = self;
        let Some(way) = asked.way()? else {
            return Err("Say how letters go out: --smtp and --mail-from, or --mail-to.".into());
        };
        let tongue = Tongue::english();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|why| format!("The program cannot start its threads: {why}."))?;
        let sent = runtime.block_on(send(&way, address, &sample(&tongue, now), WAITING));
        match sent {
            Ok(()) => {
                let said = match way.out {
                    Out::Folder(_) => "mail-written",
                    Out::Smtp(_) => "mail-accepted",
                };
                println!("{}", tongue.say(said));
                Ok(())
            }
            Err(failed) => Err(told(&tongue, &failed)),
        }
    }
}

/// A letter that only shows whether mail goes out.
pub fn sample(tongue: &Tongue, now: Time) -> Content {
    Content {
        id: crate::app::fresh(),
        made: now,
        subject: tongue.say("letter-subject"),
        text: tongue.say("letter-sample") + "\n",
        stop: None,
    }
}

/// Sends one letter while somebody waits.
pub async fn send(
    way: &Way,
    to: &str,
    content: &Content,
    patience: Patience,
) -> Result<(), Failed> {
    let wrong = || Failed::from(Trouble::Address);
    let to: Address = to.parse().map_err(|_| wrong())?;
    let bytes = build(&way.from, &to, content).map_err(|_| wrong())?;
    let opened = way.open(&to, patience).await?;
    let name = mend_rules::id::PersonId(content.id).to_string();
    opened.hand(name, bytes).await
}

/// What went wrong, in plain words, with what the server said.
pub fn told(tongue: &Tongue, failed: &Failed) -> String {
    let trouble = tongue.say(&format!("trouble-{}", failed.trouble.word()));
    match &failed.said {
        None => trouble,
        Some(said) => {
            let said = with![said = said.as_str()];
            format!("{trouble} {}", tongue.say_with("mail-server-said", &said))
        }
    }
}
