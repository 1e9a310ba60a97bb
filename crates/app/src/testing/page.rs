//! A page as a person and a browser see it, read without a browser: text, tags and attributes.

/// The text of a page or a part of it, with one space between words.
pub fn text(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    tidy(&unescaped(&text))
}

/// A text with one space between words.
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// Every attribute of a page: tag, name, value. The pages here quote all values.
pub fn attributes(markup: &str) -> Vec<(String, String, String)> {
    tags(markup)
        .into_iter()
        .flat_map(|tag| {
            let name = tag
                .split([' ', '\n', '/'])
                .next()
                .unwrap_or_default()
                .to_owned();
            values(&tag[name.len()..])
                .into_iter()
                .map(move |(key, value)| (name.clone(), key, value))
        })
        .collect()
}

/// The inside of every opening tag, in order.
pub fn tags(markup: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = markup;
    while let Some((_, after)) = rest.split_once('<') {
        let end = end_of_tag(after);
        if !after.starts_with(['/', '!']) {
            tags.push(after[..end].to_owned());
        }
        rest = &after[end..];
    }
    tags
}

/// A `>` inside of a quoted value does not end a tag.
fn end_of_tag(after: &str) -> usize {
    let mut quoted = false;
    for (at, c) in after.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    after.len()
}

fn values(inside: &str) -> Vec<(String, String)> {
    let mut values = Vec::new();
    let mut rest = inside.trim_start();
    while !rest.is_empty() && rest != "/" {
        let end = rest.find(['=', ' ', '\n']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let quoted = after
            .strip_prefix("=\"")
            .and_then(|value| value.split_once('"'));
        let (value, after) = quoted.unwrap_or(("", after));
        values.push((name.to_lowercase(), unescaped(value)));
        rest = after.trim_start();
        if name.is_empty() {
            break;
        }
    }
    values
}
