//! What has no place in the project: who makes it, where, and on whose machine.

use crate::tree::{files, read, report};

fn plain(text: &str) -> String {
    let word = |c: char| {
        if c.is_alphanumeric() || c == '.' || c == '-' {
            c
        } else {
            ' '
        }
    };
    format!(
        " {} ",
        text.chars()
            .map(word)
            .collect::<String>()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    )
}

/// Who develops where, and how, is no part of the project.
fn elsewhere(path: &str, text: &str) -> Vec<String> {
    let hosts = [
        "crates.io",
        "docs.rs",
        "github",
        "gitlab",
        "codeberg",
        "npmjs",
        "pypi",
        "dockerhub",
        "docker.io",
    ];
    let makers = [
        "ai",
        "llm",
        "llms",
        "gpt",
        "chatgpt",
        "claude",
        "copilot",
        "assistant",
        "assistants",
        "agent",
        "agents",
        "chatbot",
    ];
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let said = plain(&line.to_lowercase());
        let host = hosts.iter().filter(|host| said.contains(*host));
        let maker = makers
            .iter()
            .filter(|word| said.split([' ', '.']).any(|it| it == **word));
        found.extend(
            host.chain(maker)
                .map(|word| format!("{path}:{} {word}", at + 1)),
        );
    }
    found
}

#[test]
fn documents_speak_of_mend() {
    let findings = files("", &["md"])
        .iter()
        .flat_map(|path| elsewhere(path, &read(path)))
        .collect();
    report(
        findings,
        "leave it out: a reader needs what Mend is, not where or by whom it is made.",
    );
}

/// Paths of somebody's machine.
fn machine(path: &str, text: &str) -> Vec<String> {
    let homes = [
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/"),
        concat!("/Us", "ers/"),
    ];
    let is_own = |line: &str| {
        homes.iter().any(|home| {
            line.match_indices(home).any(|(at, _)| {
                !line[..at].ends_with(|c: char| c.is_alphanumeric() || "})_.$-".contains(c))
            })
        })
    };
    text.lines()
        .enumerate()
        .filter(|(_, line)| is_own(line))
        .map(|(at, _)| format!("{path}:{}", at + 1))
        .collect()
}

#[test]
fn nothing_names_a_path_of_a_machine() {
    let kinds = [
        "md", "rs", "toml", "ftl", "css", "js", "mjs", "sql", "py", "sh", "html", "json", "yml",
    ];
    let mut all = files("", &kinds);
    all.extend([".ci/run".to_owned(), "test".to_owned()]);
    let findings = all
        .iter()
        .flat_map(|path| machine(path, &read(path)))
        .collect();
    report(findings, "name it from the root of the project.");
}

#[test]
fn these_tests_can_fail() {
    let text = "See GitHub.com.\nAn AI wrote\nThe agenda, the User-Agent and aid\n";
    assert_eq!(elsewhere("a.md", text).len(), 2);
    let text = concat!("cd /ro", "ot/x\nsrc/wo", "rk/y\n");
    assert_eq!(machine("a.md", text), ["a.md:1"]);
}
