//! Flag sets as text: names joined by ` | `, and numbers for bits without a name.

use std::fmt;

use bitflags::Flags;

/// Writes the names; `none` for the empty set, a hexadecimal number for bits without a name.
pub(crate) fn write<F: Flags<Bits = u64>>(flags: &F, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if flags.is_empty() {
        return f.write_str("none");
    }
    let mut names = flags.iter_names();
    let mut separator = "";
    for (name, _) in names.by_ref() {
        write!(f, "{separator}{name}")?;
        separator = " | ";
    }
    match names.remaining().bits() {
        0 => Ok(()),
        rest => write!(f, "{separator}{rest:#x}"),
    }
}

/// Reads names in any case, decimal and `0x` numbers, `all`, `none`, and the words that `special`
/// knows (it gets them in upper case), separated by `|`, commas or spaces. The error is the word that
/// means nothing.
pub(crate) fn parse<F: Flags<Bits = u64>>(
    text: &str,
    special: impl Fn(&str) -> Option<F>,
) -> Result<F, String> {
    let words = text.split(|c: char| c == '|' || c == ',' || c.is_whitespace());
    words
        .filter(|word| !word.is_empty())
        .try_fold(F::empty(), |sum, word| {
            let name = word.to_ascii_uppercase();
            number(&name)
                .map(F::from_bits_retain)
                .or_else(|| match name.as_str() {
                    "ALL" => Some(F::all()),
                    "NONE" => Some(F::empty()),
                    _ => special(&name).or_else(|| F::from_name(&name)),
                })
                .map(|flags| sum.union(flags))
                .ok_or_else(|| word.to_owned())
        })
}

fn number(word: &str) -> Option<u64> {
    let (digits, radix) = match word.strip_prefix("0X") {
        Some(digits) => (digits, 16),
        None => (word, 10),
    };
    // `from_str_radix` alone would take a plus sign.
    let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain
        .then(|| u64::from_str_radix(digits, radix).ok())
        .flatten()
}
