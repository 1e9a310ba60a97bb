//! One `INSERT` for many rows, made of the literal for one: only its places for values are repeated.

use crate::Sql;

/// The text of `sql`, whose last `VALUES (…)` stands for `rows` rows, with all their values in order.
pub(super) fn text(sql: &Sql, rows: usize) -> String {
    let Some((head, tuple)) = sql.text.rsplit_once("VALUES") else {
        return sql.text.to_owned();
    };
    let tuples: Vec<String> = (0..rows)
        .map(|row| moved_on(tuple, row * sql.values.len()))
        .collect();
    format!("{head}VALUES{}", tuples.join(","))
}

/// The tuple with every `$n` as `$(n + by)`.
fn moved_on(tuple: &str, by: usize) -> String {
    let mut parts = tuple.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let after = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let number: usize = part[..part.len() - after.len()].parse().unwrap_or(0);
        text.push_str(&format!("${}{after}", number + by));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_places_of_its_own() {
        let sql = Sql::new("INSERT INTO t (a, b, c) VALUES ($1, $2, lower($2))")
            .int(1)
            .int(2);
        assert_eq!(
            text(&sql, 2),
            "INSERT INTO t (a, b, c) VALUES ($1, $2, lower($2)), ($3, $4, lower($4))"
        );
    }
}
