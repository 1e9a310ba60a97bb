//! Every page there is, as a browser would get it: hardened, without a script or style of its own,
//! and without a word that is missing.
#![allow(clippy::unwrap_used)]

use mend_store::testing::engines;

use super::headers::trouble;
use super::routes::{Filler, Relation};
use crate::testing::cast::{Cast, Role, open};
use crate::testing::client::Reply;
use crate::testing::{TestMend, on_both, page};
use crate::web::policy::{Action, Method, POLICIES};

/// Every route that shows something, in a role, with what came back.
fn pages(mend: &TestMend, role: Role) -> Vec<(Action, Reply)> {
    let cast = Cast::new(mend);
    let player = cast.player(role);
    let filler = Filler {
        mend,
        cast: &cast,
        player,
    };
    let mut pages = Vec::new();
    for policy in POLICIES
        .iter()
        .filter(|policy| policy.method == Method::Get)
    {
        for relation in Relation::of(policy) {
            for ask in filler.asks(policy, relation) {
                pages.push((policy.action, open(mend, player.account).ask(ask)));
            }
        }
    }
    pages
}

fn each_page(role: Role, wrong: impl Fn(&TestMend, Action, &Reply) -> Vec<String>) {
    on_both(|mend| {
        let mut all = Vec::new();
        for (action, reply) in pages(mend, role) {
            let wrong = wrong(mend, action, &reply).into_iter();
            all.extend(wrong.map(|wrong| format!("{action:?} ({}): {wrong}", reply.code())));
        }
        assert!(all.is_empty(), "as {role:?}:\n{}", all.join("\n"));
    });
}

fn hardened(_: &TestMend, action: Action, reply: &Reply) -> Vec<String> {
    let mut trouble = trouble(reply, action == Action::Asset && reply.code() == 200);
    // The list of outside help may be kept, so that it opens without a line.
    let kept = |one: &String| action == Action::Help && one.contains("private, max-age=604800");
    trouble.retain(|one| !kept(one));
    trouble
}

#[test]
fn every_page_is_hardened_for_a_visitor() {
    each_page(Role::Visitor, hardened);
}

#[test]
fn every_page_is_hardened_for_a_steward() {
    each_page(Role::Steward, hardened);
}

/// What a strict policy would have to let through, or another host would learn of.
fn foreign(mend: &TestMend, _: Action, reply: &Reply) -> Vec<String> {
    if !reply.header("content-type").starts_with("text/html") {
        return Vec::new();
    }
    let mut wrong = Vec::new();
    for (tag, name, value) in page::attributes(reply.body()) {
        let to = value.split_once("://").map(|_| value.as_str());
        let away = to.is_some_and(|to| !to.starts_with(&mend.app.base.origin));
        let odd = value.starts_with("//")
            || value.starts_with("javascript:")
            || value.starts_with("data:");
        if name.starts_with("on") || name == "style" || name == "srcdoc" || away || odd {
            wrong.push(format!("<{tag} {name}=\"{value}\">"));
        }
    }
    for tag in page::tags(reply.body()) {
        let name = tag.split(' ').next().unwrap_or_default();
        if matches!(name, "style" | "iframe" | "object" | "embed" | "base") {
            wrong.push(format!("<{tag}>"));
        }
    }
    wrong.extend(inline_scripts(reply.body()));
    wrong
}

fn inline_scripts(body: &str) -> Vec<String> {
    let scripts = body.split("<script").skip(1);
    let inside = scripts.filter_map(|rest| rest.split_once("</script>"));
    let opened = inside.filter_map(|(script, _)| script.split_once('>'));
    let inline = opened.filter(|(tag, text)| !tag.contains("src=") || !text.is_empty());
    inline
        .map(|(tag, _)| format!("an inline <script{tag}>"))
        .collect()
}

#[test]
fn no_page_names_another_host_or_has_a_script_or_style_inside_for_a_visitor() {
    each_page(Role::Visitor, foreign);
}

#[test]
fn no_page_names_another_host_or_has_a_script_or_style_inside_for_a_steward() {
    each_page(Role::Steward, foreign);
}

/// A text that is missing shows its key in brackets; one whose argument is missing, its braces.
fn unsaid(_: &TestMend, _: Action, reply: &Reply) -> Vec<String> {
    if !reply.header("content-type").starts_with("text/html") {
        return Vec::new();
    }
    let text = reply.text();
    let is_key = |word: &&str| {
        let inside = word.strip_prefix('[').and_then(|word| word.split_once(']'));
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        inside.is_some_and(|(key, _)| key.contains('-') && key.chars().all(plain))
    };
    let words = text.split_whitespace();
    words
        .filter(|word| is_key(word) || word.starts_with("{$"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_word_on_every_page_has_a_text_for_a_steward() {
    each_page(Role::Steward, unsaid);
}

#[test]
fn every_word_on_every_page_has_a_text_for_a_keeper() {
    each_page(Role::Keeper, unsaid);
}

/// The next page after a link of a page is there, so no link leads into the void.
#[test]
fn every_link_on_a_page_leads_somewhere() {
    on_both(|mend| {
        for role in [Role::Visitor, Role::Newcomer, Role::Keeper, Role::Steward] {
            every_link_leads_somewhere(mend, role);
        }
    });
}

/// Twelve steps have the same pages, and so have all their texts: the first step and its title stand
/// for the others.
fn is_more_of_steps(link: &str) -> bool {
    let (step, text) = (link.split("/steps/").nth(1), link.split("/words/").nth(1));
    let other = |step: &str| step.split('/').next() != Some("1");
    step.is_some_and(other) || text.is_some_and(|text| text != "title")
}

fn every_link_leads_somewhere(mend: &TestMend, role: Role) {
    let cast = Cast::new(mend);
    let client = open(mend, cast.player(role).account);
    let here = format!("/m/{}", cast.here.address);
    let mut known = vec!["/".to_owned(), "/about".into(), "/sign-in".into()];
    if role != Role::Visitor {
        known.extend([here, "/movements?all".into(), "/account".into()]);
    }
    let mut at = 0;
    while let Some(path) = known.get(at).cloned() {
        at += 1;
        let reply = client.get(&path);
        assert!(
            reply.code() < 400,
            "{role:?} is led to {path}: {}",
            reply.code()
        );
        if !reply.header("content-type").starts_with("text/html") {
            continue;
        }
        for (tag, name, link) in page::attributes(reply.body()) {
            let link = link.trim_start_matches(&mend.app.base.origin).to_owned();
            let is_new = link.starts_with('/') && !known.contains(&link);
            // Answer links on sheets are for one person each; one is as good as another.
            let is_sheet = link.contains("/i/");
            if tag == "a" && name == "href" && is_new && !is_sheet && !is_more_of_steps(&link) {
                known.push(link);
            }
        }
    }
    assert!(
        at > if role == Role::Visitor { 2 } else { 8 },
        "{role:?} found {at} pages only"
    );
}

/// What the lost key sealed stays closed, and nothing else does.
#[test]
fn every_page_still_opens_after_the_column_key_was_lost() {
    for engine in engines() {
        let mut mend = TestMend::new(engine);
        mend.key_is_lost();
        let broken = |(action, reply): (Action, Reply)| (reply.code() >= 500).then_some(action);
        let broken: Vec<_> = pages(&mend, Role::Steward)
            .into_iter()
            .filter_map(broken)
            .collect();
        assert!(broken.is_empty(), "{broken:?}");
    }
}
