//! What the user calls things, found in the catalog.

use std::io::{self, Write};

use polycord_types::catalog::{self, Structure};

/// The most names that an error suggests.
const SUGGESTIONS: usize = 6;
/// The fewest letters that a word must have to be looked for.
const MIN_WORD: usize = 3;

/// The data of an event, however the user writes its name: `MESSAGE_CREATE` or `MessageCreate`.
pub(super) fn event(name: &str) -> Result<&'static Structure, String> {
    catalog::events()
        .iter()
        .find(|event| bare(event.documented()) == bare(name))
        .ok_or_else(|| unknown("event", name, catalog::events()))
}

pub(super) fn structure(name: &str) -> Result<&'static Structure, String> {
    catalog::structure(name).ok_or_else(|| unknown("structure", name, catalog::structures()))
}

/// The data of an event, by its name on the wire.
pub(super) fn find_event(name: &str) -> Option<&'static Structure> {
    catalog::events()
        .iter()
        .find(|event| event.documented() == name)
}

/// Writes all names, one a line.
pub(super) fn list(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "Events (--event):")?;
    for event in catalog::events() {
        writeln!(out, "  {}", event.documented())?;
    }
    writeln!(
        out,
        "\nStructures (--as), and their types in polycord-types:"
    )?;
    for structure in catalog::structures() {
        writeln!(out, "  {}  ({})", structure.documented(), structure.rust())?;
    }
    Ok(())
}

/// Says so, and what may have been meant: the shortest names that have all its words.
fn unknown(what: &str, name: &str, known: &[Structure]) -> String {
    let words: Vec<_> = name
        .split(|char: char| !char.is_alphanumeric())
        .map(bare)
        .filter(|word| word.len() >= MIN_WORD)
        .collect();
    let mut similar: Vec<_> = known
        .iter()
        .map(Structure::documented)
        .filter(|known| {
            let known = bare(known);
            !words.is_empty() && words.iter().all(|word| known.contains(word))
        })
        .collect();
    similar.sort_by_key(|known| known.len());
    similar.dedup();
    similar.truncate(SUGGESTIONS);
    let hint = if similar.is_empty() {
        String::new()
    } else {
        format!(", but {}", quoted(&similar))
    };
    format!("no {what} has this name{hint}; `polycord inspect --list` lists them")
}

fn quoted(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// The letters and digits of a name, in lower case.
fn bare(name: &str) -> String {
    name.chars()
        .filter(|char| char.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_found_however_it_is_written() {
        for name in ["MESSAGE_CREATE", "message_create", "MessageCreate"] {
            assert_eq!(event(name).unwrap().documented(), "MESSAGE_CREATE");
        }
    }

    #[test]
    fn a_wrong_name_comes_with_those_that_may_have_been_meant() {
        let error = event("MESSAGE").unwrap_err();
        assert!(error.contains("but `MESSAGE_CREATE`, "), "{error}");
        let error = structure("guild member").unwrap_err();
        assert!(
            error.contains("`resources/guild#Guild Member Structure`"),
            "{error}"
        );
        let error = structure("no such thing").unwrap_err();
        assert!(error.starts_with("no structure has this name; "), "{error}");
    }
}
