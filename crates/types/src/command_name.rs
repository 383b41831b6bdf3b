//! The names of commands and their options.

/// The longest name, in characters.
const MAX: usize = 32;

/// Whether it can be the name of a command or an option: `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`.
///
/// Letters and digits are those of the standard library, which counts a few more characters as such
/// (combining vowels, letters in circles): nothing valid is refused.
pub(crate) fn is_valid(name: &str) -> bool {
    let count = name.chars().take(MAX + 1).count();
    (1..=MAX).contains(&count) && name.chars().all(is_allowed)
}

fn is_allowed(c: char) -> bool {
    let devanagari =
        matches!(c, '\u{900}'..='\u{97f}' | '\u{a8e0}'..='\u{a8ff}' | '\u{11b00}'..='\u{11b09}');
    let thai = matches!(c, '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e5b}');
    matches!(c, '-' | '_' | '\'') || c.is_alphanumeric() || devanagari || thai
}
