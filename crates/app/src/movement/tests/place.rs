//! One's own place: what one says of oneself, and who reads it.
#![allow(clippy::unwrap_used)]

use crate::testing::tables::dump_but;
use crate::testing::{on_both, page};

/// The value of an input, read as a browser would.
fn value(body: &str, name: &str) -> String {
    let mut named = false;
    for (_, key, value) in page::attributes(body) {
        match key.as_str() {
            "name" => named = value == name,
            "value" if named => return value,
            _ => {}
        }
    }
    String::new()
}

#[test]
fn what_is_saved_stands_there_again() {
    on_both(|mend| {
        let mina = mend.as_("mina");
        let fields = [
            ("name", "  Mina   <b>P.</b> "),
            ("languages", "BG, en"),
            ("zone", "Europe/Sofia"),
        ];
        mina.post("/m/sample/me", &fields)
            .goes_to("/m/sample/me?told=saved");
        let page = mina.get("/m/sample/me?told=saved");
        assert!(page.says(&mend.t("told-saved")));
        assert_eq!(value(page.body(), "name"), "Mina <b>P.</b>");
        assert_eq!(value(page.body(), "languages"), "bg, en");
        assert_eq!(value(page.body(), "zone"), "Europe/Sofia");
        assert!(!page.body().contains("<b>P."), "a name is never markup");
    });
}

#[test]
fn what_cannot_be_saved_is_said_and_nothing_is_lost() {
    on_both(|mend| {
        let mina = mend.as_("mina");
        let before = dump_but(mend, &[]);
        let long = "x".repeat(81);
        for (name, zone, key) in [
            ("", "", "person-name-wrong"),
            (long.as_str(), "", "person-name-wrong"),
            ("Mina", "Europe/Nowhere", "begin-zone-wrong"),
        ] {
            let reply = mina.post(
                "/m/sample/me",
                &[("name", name), ("zone", zone), ("languages", "xx")],
            );
            assert!(
                reply.code() == 422 && reply.says(&mend.t(key)),
                "{}",
                reply.text()
            );
            assert_eq!(value(reply.body(), "languages"), "xx");
        }
        assert_eq!(dump_but(mend, &[]), before);
    });
}

#[test]
fn odd_hours_are_passed_over() {
    on_both(|mend| {
        let mina = mend.as_("mina");
        let odd = [
            ("h", "20"),
            ("h", "168"),
            ("h", "-1"),
            ("h", "x"),
            ("h", "99999999999999999999"),
            ("h", "20"),
        ];
        mina.post("/m/sample/me/hours", &odd)
            .goes_to("/m/sample/me?told=saved");
        let said = mend.tw("hours-known", &crate::with![count = 1]);
        assert!(mina.get("/m/sample/me").says(&said));
    });
}

#[test]
fn a_wish_is_read_by_nobody_but_whoever_has_it() {
    on_both(|mend| {
        let (mina, bram) = (mend.as_("mina"), mend.id("bram").to_string());
        let stewards_pages = |mend: &crate::testing::TestMend| {
            let amara = mend.as_("amara");
            let paths = [
                format!("/m/sample/people/{}", mend.id("mina")),
                format!("/m/sample/people/{bram}"),
                "/m/sample/people".into(),
                "/m/sample/movement".into(),
                "/m/sample/circles".into(),
            ];
            paths.map(|path| amara.get(&path).body)
        };
        let before = stewards_pages(mend);
        mina.post("/m/sample/me/wishes", &[("person", &bram)])
            .goes_to("/m/sample/me?told=saved");
        assert_eq!(stewards_pages(mend), before);
        let mine = mina.get("/m/sample/me/wishes");
        assert!(mine.body().contains("checked"));
        assert!(
            !mend
                .as_("bram")
                .get("/m/sample/me/wishes")
                .body()
                .contains("checked")
        );
    });
}

#[test]
fn the_page_of_wishes_names_nobody_unasked_and_no_search_stands_in_an_address() {
    on_both(|mend| {
        let (mina, path) = (mend.as_("mina"), "/m/sample/me/wishes");
        let bram = mend.name("bram");
        assert!(!mina.get(path).says(&bram));
        let find = |part: &str| mina.post(path, &[("find", "1"), ("q", part)]);
        for part in ["", bram.get(..1).unwrap(), "nobody of this name"] {
            let page = find(part);
            assert!(page.code() == 200 && !page.says(&bram), "{part}");
        }
        let found = find(&bram.to_uppercase()[..3]);
        assert!(found.says(&bram) && !found.body().contains("checked"));
        assert!(
            !find(&mend.name("mina")[..3]).body().contains("checkbox"),
            "not oneself"
        );
        let ticked = [
            ("find", "1"),
            ("q", "zz"),
            ("person", &mend.id("bram").to_string()),
        ];
        let kept = mina.post(path, &ticked);
        assert!(
            kept.says(&bram) && kept.body().contains("checked"),
            "a tick is not lost"
        );
        assert!(!mina.get(path).says(&bram), "nothing is saved by looking");
    });
}

#[test]
fn a_wish_about_oneself_or_about_somebody_elsewhere_is_passed_over() {
    on_both(|mend| {
        let mina = mend.as_("mina");
        let other = mend.other;
        let people = mend.read(mend_store::Scope::Movement(other.0), |tx| {
            crate::movement::names(tx, other)
        });
        let elsewhere = people[0].0.to_string();
        let before = dump_but(mend, &[]);
        let fields = [
            ("person", mend.id("mina").to_string()),
            ("person", elsewhere),
            ("person", "x".into()),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        mina.post("/m/sample/me/wishes", &fields)
            .goes_to("/m/sample/me?told=saved");
        assert_eq!(dump_but(mend, &[]), before);
    });
}

#[test]
fn a_pause_is_told_to_nobody() {
    on_both(|mend| {
        let (amara, bram) = (mend.as_("amara"), mend.as_("bram"));
        let path = format!("/m/sample/people/{}", mend.id("bram"));
        let before = [amara.get(&path).body, amara.get("/m/sample/people").body];
        let fields = [
            ("name", "Bram Verhoeven"),
            ("languages", "nl en"),
            ("pause", "on"),
        ];
        let zone = value(bram.get("/m/sample/me").body(), "zone");
        let fields = [fields.as_slice(), &[("zone", zone.as_str())]].concat();
        bram.post("/m/sample/me", &fields)
            .goes_to("/m/sample/me?told=saved");
        assert_eq!(
            [amara.get(&path).body, amara.get("/m/sample/people").body],
            before
        );
    });
}
