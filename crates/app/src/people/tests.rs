//! Signing in.
#![allow(clippy::unwrap_used)]

use crate::testing::on_both;

#[test]
fn smoke() {
    on_both(|mend| {
        let home = mend.as_("amara").get("/m/sample");
        assert_eq!(home.code(), 200, "{}", home.text());
        println!("{}", home.text());
        println!("{:?}", mend.other_steward().get("/m/other/circles").text());
        println!("{:?}", mend.visitor().get("/").headers);
        println!("{:?}", mend.as_("amara").get("/m/nowhere").body());
        println!("{:?}", mend.as_("amara").get("/m/other").body());
        println!(
            "{:?}",
            mend.as_("amara").ask(crate::testing::client::Ask {
                method: axum::http::Method::DELETE,
                ..crate::testing::client::Ask::get("/m/sample")
            })
        );
    });
}
