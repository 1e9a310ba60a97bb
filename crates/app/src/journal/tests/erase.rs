//! Erasing oneself takes sealed writing along; taking one's own data along names it.

use serde_json::json;

use super::{ONE, keep, with_keyring};
use crate::testing::tables::dump;
use crate::testing::vault::begin;
use crate::testing::{TestMend, on_both};

const TABLES: [&str; 5] = [
    "keyring",
    "keyring_way",
    "keyring_door",
    "writing",
    "writing_gone",
];

fn rows(mend: &TestMend) -> usize {
    let all = dump(mend);
    TABLES.iter().map(|table| all[*table].len()).sum()
}

#[test]
fn whoever_erases_themselves_leaves_no_sealed_writing() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        keep(&ana, ONE, 0, "mine");
        assert!(rows(mend) > 3);
        ana.post("/account/erase", &[("handle", "ana")])
            .goes_to("/?told=erased");
        assert_eq!(rows(mend), 0);
    });
}

#[test]
fn ones_own_data_holds_what_one_has_sealed() {
    on_both(|mend| {
        let mina = mend.as_("mina");
        let account = mend.account_of("mina");
        mend.write(mend_store::Scope::Instance, move |tx| {
            let ways = [("words", vec![5; 40]), ("code", vec![6; 40])];
            let pieces = [([1; 16], b"sealed".to_vec())];
            crate::journal::set_up_sample(tx, account, (vec![3; 32], vec![4; 40]), ways, &pieces)
        });
        let own = mina.get("/m/sample/me/export").json();
        let sealed = &own["sealed writing"];
        assert_eq!(sealed["pieces"][0]["sealed"], "c2VhbGVk");
        assert_eq!(sealed["pieces"].as_array().map(Vec::len), Some(1));
        let other = mend.as_("amara").get("/m/sample/me/export").json();
        assert_eq!(other["sealed writing"]["pieces"], json!([]));
    });
}

#[test]
fn signing_out_closes_the_door_of_that_session() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        assert_eq!(dump(mend)["keyring_door"].len(), 1);
        ana.post("/sign-out", &[]).goes_to("/");
        assert_eq!(dump(mend)["keyring_door"].len(), 0);
        let again = mend
            .as_account("ana")
            .post_json("/api/vault/begin", &begin());
        assert_eq!(again.code(), 409);
    });
}
