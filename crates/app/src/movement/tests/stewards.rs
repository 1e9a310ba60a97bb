//! Stewards: what they may change, and that their term ends.
#![allow(clippy::unwrap_used)]

use mend_rules::movement::STEWARD_DAYS;
use mend_store::Scope;

use crate::movement;
use crate::testing::client::{Ask, at_once};
use crate::testing::tables::{count, dump_but};
use crate::testing::{on_both, on_both_empty};
use crate::with;

#[test]
fn a_steward_serves_for_a_year_and_not_a_minute_longer() {
    on_both(|mend| {
        mend.minutes(STEWARD_DAYS * 24 * 60 - 1);
        assert_eq!(mend.as_("amara").get("/m/sample/people").code(), 200);
        mend.minutes(1);
        mend.as_("amara").get("/m/sample/people").is_not_found();
        assert_eq!(
            mend.as_("amara").get("/m/sample").code(),
            200,
            "the place stays theirs"
        );
    });
}

#[test]
fn whoever_is_appointed_acts_on_the_next_request() {
    on_both(|mend| {
        let (amara, mina) = (mend.as_("amara"), mend.as_("mina"));
        mina.get("/m/sample/people").is_not_found();
        let id = mend.id("mina").to_string();
        let appointed = amara.post("/m/sample/stewards", &[("person", &id)]);
        appointed.goes_to("/m/sample/movement?told=steward");
        assert_eq!(mina.get("/m/sample/people").code(), 200);
    });
}

#[test]
fn only_whoever_has_taken_their_place_can_be_appointed() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        let before = dump_but(mend, &[]);
        let id = mend.id("tomas").to_string();
        let refused = amara.post("/m/sample/stewards", &[("person", &id)]);
        assert!(refused.code() == 409 && refused.says(&mend.t("steward-unclaimed")));
        for nobody in ["", "x", &crate::testing::random_id()] {
            amara
                .post("/m/sample/stewards", &[("person", nobody)])
                .is_not_found();
        }
        assert_eq!(dump_but(mend, &[]), before);
    });
}

#[test]
fn a_steward_changes_the_movement_and_says_what_is_wrong() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        let fields = [
            ("name", "River"),
            ("zone", "Africa/Lagos"),
            ("source", "care"),
            ("size", "7"),
        ];
        amara
            .post("/m/sample/movement", &fields)
            .goes_to("/m/sample/movement?told=saved");
        let changed = mend.movement("sample");
        assert_eq!((changed.name.as_str(), changed.circle_size), ("River", 7));
        for (field, value, key) in [
            ("name", "", "begin-name-wrong"),
            ("zone", "Mars/Olympus", "begin-zone-wrong"),
            ("size", "2", "begin-size-wrong"),
            ("size", "13", "begin-size-wrong"),
            ("size", "many", "begin-size-wrong"),
        ] {
            let mut wrong = fields.to_vec();
            wrong.retain(|(name, _)| *name != field);
            wrong.push((field, value));
            let reply = amara.post("/m/sample/movement", &wrong);
            assert!(
                reply.code() == 422 && reply.says(&mend.t(key)),
                "{field}={value}"
            );
        }
        assert_eq!(mend.movement("sample").circle_size, 7);
    });
}

#[test]
fn a_movement_is_begun_with_answers_that_fit() {
    on_both_empty(|mend| {
        let ana = mend.signed_in(mend.account("ana"));
        let reply = ana.post("/movements/new", &[]);
        assert_eq!(reply.code(), 422);
        for key in [
            "begin-name-wrong",
            "begin-by-wrong",
            "begin-zone-wrong",
            "age-unsaid",
        ] {
            assert!(reply.says(&mend.t(key)), "{key}");
        }
        let fields = [
            ("name", "River"),
            ("by", "Ana"),
            ("zone", "UTC"),
            ("source", "plain"),
            ("groups", "A\na\nB\n\n"),
            ("age", "adult"),
        ];
        assert_eq!(ana.post("/movements/new", &fields).code(), 303);
        assert_eq!(
            (count(mend, "movement"), count(mend, "working_group")),
            (1, 2)
        );
    });
}

#[test]
fn an_address_belongs_to_one_person_of_a_movement() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        let path = format!("/m/sample/people/{}", mend.id("ravi"));
        let taken = amara.post(
            &path,
            &[("name", "Ravi Menon"), ("email", "BRAM@example.org")],
        );
        assert!(
            taken.code() == 422 && taken.says(&mend.t("person-email-taken")),
            "{}",
            taken.text()
        );
        let odd = amara.post(&path, &[("name", "Ravi Menon"), ("email", "nothing")]);
        assert!(odd.code() == 422 && odd.says(&mend.t("person-email-wrong")));
        let elsewhere = mend.other_steward();
        let added = elsewhere.post(
            "/m/other/people/new",
            &[("name", "Bram"), ("email", "bram@example.org")],
        );
        assert_eq!(
            added.code(),
            303,
            "another movement may have the same address"
        );
    });
}

#[test]
fn of_two_stewards_who_give_one_address_at_once_one_is_told() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        let ask = |name: &str| {
            let fields = [("name", name), ("email", "shared@example.org")];
            (amara.clone(), Ask::form("/m/sample/people/new", &fields))
        };
        let replies = at_once(mend, ["Ana", "Bo", "Cy", "Di"].map(ask).into());
        let mut codes: Vec<u16> = replies.iter().map(|reply| reply.code()).collect();
        codes.sort_unstable();
        assert_eq!(codes, [303, 422, 422, 422]);
    });
}

#[test]
fn what_belongs_to_somebody_who_claimed_their_place_is_theirs() {
    on_both(|mend| {
        mend.as_("mina");
        let path = format!("/m/sample/people/{}", mend.id("mina"));
        mend.as_("amara")
            .post(&path, &[("name", "Somebody else"), ("languages", "xx")]);
        assert_eq!(mend.name("mina"), "Mina Petrova");
    });
}

/// A row that nobody claimed can be taken out; a place that is somebody's own cannot.
#[test]
fn only_a_place_that_nobody_claimed_can_be_taken_out() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        mend.as_("mina");
        let path = |key: &str| format!("/m/sample/people/{}/remove", mend.id(key));
        let refused = amara.post(&path("mina"), &[]);
        assert!(refused.code() == 409 && refused.says(&mend.t("person-remove-claimed")));
        let before = count(mend, "person");
        amara
            .post(&path("graca"), &[])
            .goes_to("/m/sample/people?told=removed");
        assert_eq!(count(mend, "person"), before - 1);
        amara.post(&path("graca"), &[]).is_not_found();
    });
}

#[test]
fn a_group_is_renamed_and_taken_out_and_its_people_stay() {
    on_both(|mend| {
        let (amara, sample) = (mend.as_("amara"), mend.sample);
        let groups = mend.read(Scope::Movement(sample.0), |tx| {
            movement::group_names(tx, sample)
        });
        let (id, _) = groups.iter().find(|(_, name)| *name == "Outreach").unwrap();
        let path = format!("/m/sample/groups/{id}");
        amara
            .post(&path, &[("name", "Reaching out")])
            .goes_to("/m/sample/movement?told=saved");
        let taken = amara.post(&path, &[("name", "LITIGATION ")]);
        assert!(
            taken.code() == 422 && taken.says(&mend.t("group-name-taken")),
            "{}",
            taken.text()
        );
        assert_eq!(amara.post(&path, &[("name", "")]).code(), 422);
        let people = count(mend, "person");
        amara
            .post(&format!("{path}/remove"), &[])
            .goes_to("/m/sample/movement?told=removed");
        assert_eq!(count(mend, "person"), people);
        amara.get(&path).is_not_found();
    });
}

/// A long list is shown in pages, and every page says where it is.
#[test]
fn people_are_found_by_name_and_group_and_listed_in_pages() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let rows: String = (0..230)
            .map(|at| format!("Person {at:03},Group {}\n", at % 3))
            .collect();
        let taken = steward.upload(
            "/m/other/people/import",
            format!("name,groups\n{rows}").as_bytes(),
        );
        let upload = taken.location().rsplit_once('/').unwrap().1.to_owned();
        steward.post("/m/other/people/import/confirm", &[("upload", &upload)]);
        let at = |page: usize| mend.tw("pager-at", &with![page = page, pages = 3]);
        let last = steward.get("/m/other/people?page=3");
        assert!(last.says(&at(3)) && last.says("Person 229") && !last.says("Person 001"));
        for odd in ["0", "-1", "x", "99999999999999999999"] {
            assert_eq!(
                steward.get(&format!("/m/other/people?page={odd}")).code(),
                200,
                "{odd}"
            );
        }
        assert!(steward.get("/m/other/people?page=77").says(&at(3)));
        let found = steward.get("/m/other/people?q=GROUP+1");
        assert!(found.says("Person 001") && !found.says("Person 002"));
        assert!(
            steward
                .get("/m/other/people?q=zzz")
                .says(&mend.t("people-none"))
        );
    });
}
